import { isEntraId } from './links.ts';

/**
 * One request to Microsoft Graph, signed and sent by the caller's client: the status and the parsed body, or it
 * rejects.
 */
type GraphPost = (path: string, body: unknown) => Promise<{ readonly status: number; readonly body: unknown }>;

/** Names of people, groups and applications by their IDs, in lower case; an ID without a name couldn't be read. */
export type DirectoryNames = Readonly<Record<string, string>>;

/** How many IDs Graph accepts in one request. */
const idsPerCall = 1000;

/**
 * Asks Microsoft Graph for the names of some IDs. Never throws: what can't be read has no name. With the permissions
 * that Kluis has anyway (User.Read.All, GroupMember.Read.All) applications have none; Directory.Read.All names those
 * too. https://learn.microsoft.com/graph/api/directoryobject-getbyids
 */
export function graphNames(post: GraphPost): (ids: readonly string[]) => Promise<DirectoryNames> {
  return async (ids) => {
    const asked = [...new Set(ids.map((id) => id.toLowerCase()).filter(isEntraId))].slice(0, idsPerCall);
    if (asked.length === 0) return {};
    const answer = await post('/v1.0/directoryObjects/getByIds', { ids: asked }).catch(() => null);
    const value = answer?.status === 200 ? (answer.body as { value?: unknown } | null)?.value : null;
    return Object.fromEntries(Array.isArray(value) ? value.flatMap((one) => named(one, asked)) : []);
  };
}

function named(one: unknown, asked: readonly string[]): [string, string][] {
  const { id, displayName } = (one ?? {}) as { id?: unknown; displayName?: unknown };
  if (typeof id !== 'string' || typeof displayName !== 'string' || displayName === '') return [];
  return asked.includes(id.toLowerCase()) ? [[id.toLowerCase(), displayName]] : [];
}
