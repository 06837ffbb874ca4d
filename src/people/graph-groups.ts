import type { GroupFault, GroupReads, InDirectory } from './groups.ts';

/**
 * Requests to Microsoft Graph, signed and sent by the caller's client: the status and the parsed body, or they reject.
 */
type Graph = {
  readonly post: (path: string, body: unknown) => Promise<Answered>;
  readonly get: (path: string) => Promise<Answered>;
};
type Answered = { readonly status: number; readonly body: unknown };

/** How many groups Graph accepts in one request. */
const groupsPerCall = 20;

/**
 * Asks Microsoft Graph whether a person has an account that is enabled, whether they are a guest, and which groups they
 * are in, nested ones too. It needs User.Read.All, and for groups GroupMember.Read.All.
 */
export function graphGroups({ post, get }: Graph): GroupReads {
  return {
    async memberOf(person, among) {
      const [account, ...answers] = await Promise.all([
        accountOf(get, person),
        ...inChunks(among).map((groupIds) => askGraph(post, person, groupIds)),
      ]);
      const fault = answers.find((answer) => typeof answer === 'string');
      if (typeof fault === 'string') return { fault };
      return typeof account === 'string' ? { fault: account } : { ...account, groups: answers.flatMap((each) => each) };
    },
  };
}

/**
 * Whether a person can sign in, and whether they are a guest of the tenant, by Entra's `accountEnabled` and `userType`.
 * https://learn.microsoft.com/graph/api/resources/user
 */
async function accountOf(get: Graph['get'], person: string): Promise<Omit<InDirectory, 'groups'> | GroupFault> {
  const path = `/v1.0/users/${encodeURIComponent(person)}?$select=userType,accountEnabled`;
  const answer = await get(path).catch(() => null);
  if (answer === null) return 'unavailable';
  if (answer.status === 401 || answer.status === 403) return 'forbidden';
  if (answer.status === 404) return isGraphError(answer.body) ? { guest: false, account: 'gone' } : 'garbled';
  if (answer.status !== 200) return 'unavailable';
  // An account from before there were guests has no type.
  const { userType, accountEnabled } = (answer.body ?? {}) as { userType?: unknown; accountEnabled?: unknown };
  if (typeof accountEnabled !== 'boolean') return 'garbled';
  const guest = typeof userType === 'string' && userType.toLowerCase() === 'guest';
  return { guest, account: accountEnabled ? 'enabled' : 'disabled' };
}

async function askGraph(
  post: Graph['post'],
  person: string,
  groupIds: readonly string[],
): Promise<readonly string[] | GroupFault> {
  const path = `/v1.0/users/${encodeURIComponent(person)}/checkMemberGroups`;
  const answer = await post(path, { groupIds }).catch(() => null);
  if (answer === null) return 'unavailable';
  if (answer.status === 401 || answer.status === 403) return 'forbidden';
  // Graph doesn't know the person (a guest who was removed), so they are in none of the groups.
  if (answer.status === 404) return isGraphError(answer.body) ? [] : 'garbled';
  if (answer.status !== 200) return 'unavailable';
  return groupsIn(answer.body, groupIds) ?? 'garbled';
}

function groupsIn(body: unknown, asked: readonly string[]): readonly string[] | null {
  const value = typeof body === 'object' && body !== null ? (body as { value?: unknown }).value : undefined;
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'string')) return null;
  const known = new Set(asked.map((id) => id.toLowerCase()));
  return value.filter((id) => known.has(id.toLowerCase()));
}

// A gateway in between can answer 404 as well; only Graph's own error envelope says something about the person.
function isGraphError(body: unknown): boolean {
  const error = typeof body === 'object' && body !== null ? (body as { error?: unknown }).error : undefined;
  return (
    typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 'Request_ResourceNotFound'
  );
}

function inChunks(ids: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(ids.length / groupsPerCall);
  return Array.from({ length: count }, (_, index) => ids.slice(index * groupsPerCall, (index + 1) * groupsPerCall));
}
