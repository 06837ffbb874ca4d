import type { IncomingMessage } from 'node:http';
import type { World } from '../state/world.ts';

/** The caller, as read from the bearer token; null if there is none. */
type Caller = { name: 'kluis-operate' | 'kluis-grant' | 'kluis-restore' | 'owner'; objectId: string };

/** A permission that a call needed at a scope; `policy`: one of a key vault's access policies, such as `keys/get`. */
export type NeededRight = { by: 'action' | 'data' | 'policy'; right: string; scope: string; held: boolean };

/** A parsed request: path decoded, doubled slashes removed, query names decoded and in lower case. */
export type Call = {
  world: World;
  method: string;
  /** The host that the caller addressed, which may be in `x-forwarded-host`. */
  host: string;
  /** The beginning of absolute URLs in responses. */
  base: string;
  path: string;
  /** Path and query as sent, for the log. */
  sent: string;
  params: Record<string, string>;
  query: ReadonlyMap<string, string>;
  version: string;
  body: unknown;
  caller: Caller | null;
  clientRequestId: string | null;
  /** What this call needed of its caller's permissions, in the order of the checks. */
  needed: NeededRight[];
  /** The requested version of the storage services: not in the query, unlike ARM's. */
  storageVersion: string | null;
};

/**
 * The product's identities as they sign in here: token and object ID. Any other token is the owner's. After its name a
 * token may say more, behind a dot, as those of Entra do: that is for the product to read.
 */
export const IDENTITIES: Record<Caller['name'], string> = {
  'kluis-operate': '00000000-0000-0000-0000-0000000b0001',
  'kluis-grant': '00000000-0000-0000-0000-0000000b0002',
  'kluis-restore': '00000000-0000-0000-0000-0000000b0003',
  owner: '00000000-0000-0000-0000-00000000ad01',
};

/** Parses a request. `body` is its text, parsed if it is JSON. */
export function readCall(world: World, request: IncomingMessage, text: string): Call {
  const sent = request.url ?? '/';
  const queryAt = sent.indexOf('?');
  const rawPath = queryAt < 0 ? sent : sent.slice(0, queryAt);
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(queryAt < 0 ? '' : sent.slice(queryAt)))
    query.set(name.toLowerCase(), value);
  const host = header(request, 'x-forwarded-host') ?? header(request, 'host') ?? 'localhost';
  return {
    world,
    method: request.method ?? 'GET',
    host,
    base: `${header(request, 'x-forwarded-proto') ?? ('encrypted' in request.socket ? 'https' : 'http')}://${host}`,
    path: `/${rawPath.split('/').filter(Boolean).map(decoded).join('/')}`,
    sent,
    params: {},
    query,
    version: query.get('api-version') ?? '',
    body: parsed(text),
    caller: callerOf(header(request, 'authorization')),
    clientRequestId: header(request, 'x-ms-client-request-id') ?? null,
    needed: [],
    storageVersion: header(request, 'x-ms-version') ?? null,
  };
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function callerOf(authorization: string | undefined): Caller | null {
  const token = /^bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (!token) return null;
  const [first = ''] = token.split('.');
  const name = isIdentity(first) ? first : 'owner';
  return { name, objectId: IDENTITIES[name] };
}

function isIdentity(token: string): token is Caller['name'] {
  return Object.hasOwn(IDENTITIES, token);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function parsed(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return withTemplate(text);
  }
}

/** The Azure CLI puts a template after a name without quotes, which ARM reads (azure-cli, JsonCTemplatePolicy). */
function withTemplate(text: string): unknown {
  try {
    return JSON.parse(text.replace(/, template:\s*(?=\{)/, ', "template":'));
  } catch {
    return undefined;
  }
}
