import * as oidc from 'openid-client';
import { memoizeSuccess } from '../core/memoize-success.ts';
import { cut } from '../core/storable.ts';
import { isEntraId } from './links.ts';

/** Where people sign in to Entra, and the application that asks. */
type SignInSettings = {
  /** Such as https://login.microsoftonline.com/<tenant>/v2.0; plain http on this machine only. */
  readonly issuer: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the response comes back to; read when somebody signs in. */
  readonly redirectUri: () => string;
};

/** What has to come back with a sign-in's response. It stays on the server. */
type SignInChecks = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** Who signed in. */
export type SignedIn = { readonly entra: string; readonly name: string };

/** A sign-in by OpenID Connect, with a code and PKCE. */
export type SignIn = {
  begin(): Promise<{ readonly url: string; readonly checks: SignInChecks }>;
  /** Who came back; throws if the response isn't to this request, or not from the one tenant. */
  finish(answer: URL, checks: SignInChecks): Promise<SignedIn>;
};

/** Makes the sign-in. The issuer's metadata is read at the first sign-in. */
export function createSignIn(settings: SignInSettings): SignIn {
  const discovered = memoizeSuccess(() => discover(settings));
  return {
    async begin() {
      const verifier = oidc.randomPKCECodeVerifier();
      const checks = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier };
      const url = oidc.buildAuthorizationUrl(await discovered(), {
        redirect_uri: settings.redirectUri(),
        scope: 'openid profile',
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        prompt: 'select_account',
      });
      return { url: url.href, checks };
    },
    async finish(answer, { state, nonce, verifier }) {
      const config = await discovered();
      const tokens = await oidc.authorizationCodeGrant(config, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      return signedIn(tokens.claims() ?? {}, settings);
    },
  };
}

function signedIn(claims: Readonly<Record<string, unknown>>, { tenantId }: SignInSettings): SignedIn {
  const { oid, tid, name } = claims;
  if (typeof oid !== 'string' || !isEntraId(oid)) throw new Error('a sign-in that names no object id');
  if (typeof tid !== 'string' || tid.toLowerCase() !== tenantId.toLowerCase())
    throw new Error('a sign-in of another tenant');
  return { entra: oid.toLowerCase(), name: typeof name === 'string' ? cut(name, 256) : oid };
}

async function discover({ issuer, clientId, clientSecret }: SignInSettings): Promise<oidc.Configuration> {
  const place = new URL(issuer);
  const plain = place.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  // The token comes straight from the issuer; its signature is checked all the same.
  const execute = [...plain, oidc.enableNonRepudiationChecks];
  const auth = oidc.ClientSecretPost(clientSecret);
  return oidc.discovery(place, clientId, undefined, auth, { execute, timeout: 10 });
}
