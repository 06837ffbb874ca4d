import type { AzureSetting } from './azure-settings.ts';
import { guidSetting, type Reading } from './environment.ts';

/** An identity for one kind of operation only, by the way it signs in. */
type SeparateIdentity =
  | { readonly by: 'simulator' }
  | (AppRegistration & { readonly by: 'secret'; readonly clientSecret: string })
  | (AppRegistration & { readonly by: 'certificate'; readonly certificatePath: string })
  | (AppRegistration & { readonly by: 'workload'; readonly tokenFilePath: string })
  | { readonly by: 'managed-identity'; readonly clientId: string };

type AppRegistration = { readonly tenantId: string; readonly clientId: string };

/** The settings of one such identity, and its wording. */
type Kind = {
  readonly id: string;
  readonly secret: string;
  readonly certificate: string;
  readonly managed: string;
  readonly who: string;
  /** What it does, as a sentence's subject, and what happens without it. */
  readonly does: string;
  readonly without: string;
};

const grant = {
  id: 'KLUIS_GRANT_CLIENT_ID',
  secret: 'KLUIS_GRANT_CLIENT_SECRET',
  certificate: 'KLUIS_GRANT_CLIENT_CERTIFICATE_PATH',
  managed: 'KLUIS_GRANT_MANAGED_IDENTITY',
  who: 'the grant identity',
  does: 'grants are',
  without: 'cards then show the commands instead of the button',
} as const satisfies Kind;

const restore = {
  id: 'KLUIS_RESTORE_CLIENT_ID',
  secret: 'KLUIS_RESTORE_CLIENT_SECRET',
  certificate: 'KLUIS_RESTORE_CLIENT_CERTIFICATE_PATH',
  managed: 'KLUIS_RESTORE_MANAGED_IDENTITY',
  who: 'the restore identity',
  does: 'restores are',
  without: 'nothing can then be restored from here',
} as const satisfies Kind;

/** The names of the settings of both. */
export const separateIdentityNames = [
  grant.id,
  grant.secret,
  grant.certificate,
  grant.managed,
  restore.id,
  restore.secret,
  restore.certificate,
  restore.managed,
] as const;

/** The second identity, which gives access to key vaults, and the third, which restores; null if not set. */
export type SeparateIdentities = {
  readonly grant: SeparateIdentity | null;
  readonly restore: SeparateIdentity | null;
};

/** Reads both. With the simulator they always exist, and are the simulator's own. */
export function readSeparateIdentities(reading: Reading, azure: AzureSetting): SeparateIdentities {
  const identities = { grant: readOne(reading, azure, grant), restore: readOne(reading, azure, restore) };
  complainOfSharing(reading, azure);
  return identities;
}

function readOne(reading: Reading, azure: AzureSetting, kind: Kind): SeparateIdentity | null {
  const clientId = guidSetting(reading, kind.id, `the app registration of ${kind.who}`);
  const managed = guidSetting(reading, kind.managed, 'the managed identity, as its client id');
  const proof = proofOf(reading, kind);
  complainOfHalves(reading, kind);
  if (azure.mode === 'simulator') return { by: 'simulator' };
  if (managed !== null) return { by: 'managed-identity', clientId: managed };
  if (clientId === null || proof === null) return null;
  if (azure.tenantId !== null) return { tenantId: azure.tenantId, clientId, ...proof };
  if (reading.text('AZURE_TENANT_ID') === null)
    reading.complain('AZURE_TENANT_ID', `it is not set, and ${kind.id} signs in to a tenant`, 'Set the tenant id');
  return null;
}

/** How an app registration authenticates: if nothing is set, with the token that Kubernetes provides. */
function proofOf(reading: Reading, { secret, certificate }: Kind) {
  const clientSecret = reading.text(secret);
  const certificatePath = reading.text(certificate);
  const tokenFilePath = reading.text('AZURE_FEDERATED_TOKEN_FILE');
  if (clientSecret !== null) return { by: 'secret', clientSecret } as const;
  if (certificatePath !== null) return { by: 'certificate', certificatePath } as const;
  return tokenFilePath === null ? null : ({ by: 'workload', tokenFilePath } as const);
}

function complainOfHalves(reading: Reading, { id, secret, certificate, managed, who }: Kind): void {
  const isSet = (name: string) => reading.text(name) !== null;
  const [proof, second] = [secret, certificate].filter(isSet);
  if (proof && !isSet(id)) reading.complain(id, `it is not set, but ${proof} is`, 'Set both, or neither');
  if (isSet(id) && !proof && !isSet('AZURE_FEDERATED_TOKEN_FILE'))
    reading.complain(secret, `it is not set, but ${id} is`, `Set it or ${certificate}, or unset ${id}`);
  if (second) reading.complain(second, `${proof} is set too`, `Keep one way for ${who}`);
  if (isSet(managed) && (isSet(id) || proof))
    reading.complain(managed, `${isSet(id) ? id : proof} is set too`, `Keep one way for ${who}`);
}

// One identity for several of these would be a permanent key to every key vault and every disk: the separation is the
// point.
function complainOfSharing(reading: Reading, azure: AzureSetting): void {
  const idsOf = ({ id, managed }: Kind) =>
    [id, managed].flatMap((name) => {
      const value = reading.text(name)?.toLowerCase();
      return value ? { name, value } : [];
    });
  const taken = new Map(azure.clientId === null ? [] : [[azure.clientId, 'AZURE_CLIENT_ID']]);
  for (const kind of [grant, restore]) {
    for (const { name, value } of idsOf(kind)) {
      const other = taken.get(value);
      if (other !== undefined)
        reading.complain(
          name,
          `it is the identity of ${other}, and ${kind.does} made by one of their own`,
          `Make a separate identity, or unset it: ${kind.without}`,
        );
    }
    for (const { name, value } of idsOf(kind)) taken.set(value, name);
  }
}
