import type { Exchange } from './exchange.ts';

const OPERATION =
  /\/(?:backupOperations|backupOperationResults|operationResults|operationsStatus|operationStatus|operations|backupValidateOperationsStatuses|backupValidateOperationResults)\/([^/?]+)/i;

/**
 * The ID of the operation that a URL polls; undefined if it polls none. A vault's own have the singular
 * `operationStatus`.
 */
export function operationIn(url: string): string | undefined {
  return OPERATION.exec(url)?.[1];
}

/**
 * The operation that an exchange polls although nothing in it starts the operation: neither its write is recorded, nor
 * an answer that names it, so it can't be prepared. Null: there is none.
 */
export function unmadeOperation({ request, responses }: Exchange): string | null {
  if (request.method !== 'GET') return null;
  const named = responses.map(({ body }) => (body as { name?: string } | null)?.name);
  const followed = [request, ...responses.flatMap(({ poll }) => poll ?? [])].map(({ path }) => operationIn(path));
  return followed.find((id) => id !== undefined && !named.includes(id)) ?? null;
}

const VAULT = /^.*?\/vaults\/[^/?]+/i;

/**
 * The same exchange in one vault: an example of the specification may be put together from two files, of which the
 * polling one names another vault, and calls its operation by an ID that the subscription has too.
 */
export function inOneVault(exchange: Exchange): Exchange {
  const vault = VAULT.exec(exchange.request.path)?.[0];
  const isOther = (path = '') => vault !== undefined && VAULT.test(path) && !path.startsWith(vault);
  if (!vault || !exchange.responses.some(({ poll }) => isOther(poll?.path))) return exchange;
  const named = (url: string) => url.replace(/\/[0-9a-f-]{36}\?/, '/example-operation?');
  const responses = exchange.responses.map((recorded) => {
    const headers = Object.fromEntries(Object.entries(recorded.headers).map(([name, value]) => [name, named(value)]));
    const { poll, body } = recorded;
    if (!poll) return { ...recorded, headers };
    const inBody = { ...(body as object), id: 'example-operation', name: 'example-operation' };
    return { ...recorded, headers, poll: { ...poll, path: named(poll.path.replace(VAULT, vault)) }, body: inBody };
  });
  return { ...exchange, responses };
}
