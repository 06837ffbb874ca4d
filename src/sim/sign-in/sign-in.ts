import { createHash, randomBytes } from 'node:crypto';
import type { World } from '../state/world.ts';
import { newSigningKey, signedToken, type SigningKey } from './id-token.ts';
import { signInPage, troublePage } from './page.ts';

/** A parsed request to the sign-in; `form` is the body of a post. */
export type SignInRequest = {
  readonly method: string;
  readonly path: string;
  readonly base: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
};

/** The sign-in's response: a page, JSON, or a redirect (`location`). */
export type SignInReply =
  | { readonly status: number; readonly page: string }
  | { readonly status: number; readonly json: Readonly<Record<string, unknown>> }
  | { readonly status: 302; readonly location: string };

/** What a code stands for; it can be used once, within five minutes. */
type Granted = {
  readonly account: string;
  readonly client: string;
  readonly redirect: string;
  readonly challenge: string;
  readonly nonce: string | null;
  readonly until: number;
};

const route =
  /^\/([^/]+)\/(v2\.0\/\.well-known\/openid-configuration|discovery\/v2\.0\/keys|oauth2\/v2\.0\/(?:authorize|token))$/i;
const codeMs = 5 * 60_000;

/** Whether this path is part of the sign-in. */
export function isSignIn(path: string): boolean {
  return route.test(path);
}

/**
 * The sign-in of Microsoft Entra ID as far as OpenID Connect with a code and PKCE needs it: metadata, keys, the page
 * that asks who somebody is, and the token endpoint. It checks what Entra checks: that a code is used once, its
 * redirect URL, its client and its verifier.
 */
export function signIn(world: World): (request: SignInRequest) => SignInReply {
  const codes = new Map<string, Granted>();
  let key: SigningKey | null = null;
  const signing = () => (key ??= newSigningKey());
  return (request) => {
    const [, tenant = '', place = ''] = route.exec(request.path) ?? [];
    const issuer = `${request.base}/${tenant}/v2.0`;
    if (place.endsWith('openid-configuration')) return { status: 200, json: metadata(request.base, tenant) };
    if (place.endsWith('keys')) return { status: 200, json: { keys: [signing().shown] } };
    if (place.endsWith('authorize')) return authorize(world, codes, request);
    return token({ world, codes, issuer, tenant, signing }, request.form);
  };
}

function metadata(base: string, tenant: string) {
  return {
    issuer: `${base}/${tenant}/v2.0`,
    authorization_endpoint: `${base}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${base}/${tenant}/discovery/v2.0/keys`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'oid', 'tid'],
  };
}

/** An invalid request redirects nobody: the URL may be an attacker's. */
function authorize(world: World, codes: Map<string, Granted>, { method, query, form }: SignInRequest): SignInReply {
  const asked = (name: string) => query.get(name) ?? '';
  const { people } = world.state.directory;
  if (asked('response_type') !== 'code') return trouble('AADSTS900144', "response_type must be 'code'.");
  if (!asked('client_id')) return trouble('AADSTS900144', "The request must contain 'client_id'.");
  if (!isLoopback(asked('redirect_uri')))
    return trouble('AADSTS50011', 'The redirect URI does not match one of those configured for the application.');
  if (!asked('code_challenge') || asked('code_challenge_method') !== 'S256')
    return trouble('AADSTS9002325', 'Proof Key for Code Exchange is required.');
  if (method !== 'POST') return { status: 200, page: signInPage(people) };
  const account = people.find(({ id }) => id === form.get('account'));
  if (!account) return trouble('AADSTS50034', 'The user account does not exist in the directory.');
  if (account.disabled) return trouble('AADSTS50057', 'The user account is disabled.');
  const code = randomBytes(32).toString('base64url');
  codes.set(code, {
    account: account.id,
    client: asked('client_id'),
    redirect: asked('redirect_uri'),
    challenge: asked('code_challenge'),
    nonce: query.get('nonce'),
    until: Date.now() + codeMs,
  });
  const back = new URL(asked('redirect_uri'));
  back.searchParams.set('code', code);
  if (query.has('state')) back.searchParams.set('state', asked('state'));
  return { status: 302, location: back.href };
}

type Issuing = {
  readonly world: World;
  readonly codes: Map<string, Granted>;
  readonly issuer: string;
  readonly tenant: string;
  readonly signing: () => SigningKey;
};

function token({ world, codes, issuer, tenant, signing }: Issuing, form: URLSearchParams): SignInReply {
  const code = form.get('code') ?? '';
  const granted = codes.get(code);
  codes.delete(code);
  const verifier = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  const isGood =
    granted &&
    granted.until > Date.now() &&
    granted.redirect === form.get('redirect_uri') &&
    granted.challenge === verifier &&
    (form.get('client_id') ?? granted.client) === granted.client;
  const person = isGood && world.state.directory.people.find(({ id }) => id === granted.account);
  if (!isGood || !person)
    return { status: 400, json: { error: 'invalid_grant', error_description: 'AADSTS70008: The code is not valid.' } };
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    aud: granted.client,
    sub: createHash('sha256').update(`${granted.client}/${person.id}`).digest('base64url'),
    oid: person.id,
    tid: tenant,
    name: person.name,
    preferred_username: person.mail,
    ...(granted.nonce !== null && { nonce: granted.nonce }),
    iat: now,
    nbf: now,
    exp: now + 3600,
    ver: '2.0',
  };
  const access = randomBytes(24).toString('base64url');
  const id_token = signedToken(signing(), claims);
  return { status: 200, json: { token_type: 'Bearer', expires_in: 3600, access_token: access, id_token } };
}

function trouble(code: string, why: string): SignInReply {
  return { status: 400, page: troublePage(code, why) };
}

function isLoopback(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
}
