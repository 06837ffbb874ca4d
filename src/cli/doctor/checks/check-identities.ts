import type { TokenCredential } from '@azure/core-auth';
import { mapFault } from '../../../azure/arm/map-fault.ts';
import type { AzureLine } from '../azure-line.ts';
import { entraReason } from '../entra-reasons.ts';
import { ok, problem, type Finding } from '../finding.ts';
import { claimsOf, type TokenClaims } from '../token-claims.ts';

const about = 'Identity';
const scope = 'https://management.azure.com/.default';

/** Who the identities are, according to their tokens; null if one can't sign in. */
type Identities = Readonly<Record<'operate' | 'grant' | 'restore', TokenClaims | null>>;

/** Signs in with each identity. The tokens are only read for who they are and then thrown away. */
export async function checkIdentities(
  { operate, grant, restore }: Pick<AzureLine, 'operate' | 'grant' | 'restore'>,
  tenantId: string | null,
): Promise<{ readonly identities: Identities; readonly findings: readonly Finding[] }> {
  const first = await signIn('the operating identity', operate, tenantId);
  const second = grant === null ? null : await signIn('the grant identity', grant, tenantId);
  const third = restore === null ? null : await signIn('the restore identity', restore, tenantId);
  const identities = { operate: first.claims, grant: second?.claims ?? null, restore: third?.claims ?? null };
  const findings = [first, second, third].flatMap((one) => one?.findings ?? []);
  return { identities, findings: [...findings, ...shared(identities)] };
}

type SignedIn = { readonly claims: TokenClaims | null; readonly findings: readonly Finding[] };

async function signIn(who: string, credential: TokenCredential, tenantId: string | null): Promise<SignedIn> {
  try {
    const token = await credential.getToken(scope);
    if (!token) throw Object.assign(new Error(), { code: 'an empty answer' });
    const claims = claimsOf(token.token);
    return { claims, findings: [ok(about, `${who} signs in${named(claims)}`), ...foreign(who, claims, tenantId)] };
  } catch (error) {
    return { claims: null, findings: [noToken(who, error)] };
  }
}

function named({ appid, tid }: TokenClaims): string {
  return appid ? ` as application ${appid}${tid ? ` of tenant ${tid}` : ''}` : '';
}

function foreign(who: string, { tid }: TokenClaims, tenantId: string | null): readonly Finding[] {
  if (!tid || tenantId === null || tid.toLowerCase() === tenantId) return [];
  return [
    problem(
      about,
      `${who} belongs to tenant ${tid}, and AZURE_TENANT_ID is another`,
      'Correct AZURE_TENANT_ID or the identity',
    ),
  ];
}

function noToken(who: string, error: unknown): Finding {
  const { why, remedy } = entraReason(error);
  if (why.includes('AADSTS')) return problem(about, `${who} can't sign in: ${why}`, remedy);
  const { code, kind } = mapFault(error, 'signing in').facts;
  const none = code === 'CredentialUnavailableError' || code === 'AggregateAuthenticationError';
  // Instead of a code it may be a whole text from the SDK.
  const word = code !== null && /^[\w.-]{1,60}$/.test(code) ? code : kind;
  const found = none ? 'there is no identity here to sign in with' : word;
  const set = 'Give this machine a managed identity, or set AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_CLIENT_SECRET';
  return problem(about, `${who} can't sign in: ${found}`, none ? set : remedy);
}

/** The settings can't tell if the operating identity is the machine's own; its token can. */
function shared({ operate, grant, restore }: Identities): readonly Finding[] {
  const isOne = (first: TokenClaims | null, second: TokenClaims | null) => !!first?.oid && first.oid === second?.oid;
  const told = (which: string, risk: string) =>
    problem(about, `${which} are the same, so Kluis ${risk}`, 'Create an identity for each; docs/security.md says why');
  const keys = 'permanently holds a key to every key vault';
  const disks = 'can permanently copy every disk';
  return [
    ...(isOne(operate, grant) ? [told('the operating and the grant identity', keys)] : []),
    ...(isOne(operate, restore) ? [told('the operating and the restore identity', disks)] : []),
    ...(isOne(grant, restore) ? [told('the grant and the restore identity', keys)] : []),
  ];
}
