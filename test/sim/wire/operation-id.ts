import type { Exchange } from './exchange.ts';

const OPERATION =
  /\/(?:backupOperations|backupOperationResults|operationResults|operationsStatus|operationStatus|operations)\/([^/?]+)/i;

/**
 * The id of the operation that a URL follows; undefined where it follows none. A vault's own have
 * the singular `operationStatus`.
 */
export function operationIn(url: string): string | undefined {
  return OPERATION.exec(url)?.[1];
}

/**
 * The operation that an exchange follows although nothing in it makes the operation: neither its write is recorded, nor
 * an answer that names it, so it cannot be laid. Null: there is none.
 */
export function unmadeOperation({ request, responses }: Exchange): string | null {
  if (request.method !== 'GET') return null;
  const named = responses.map(({ body }) => (body as { name?: string } | null)?.name);
  const followed = [request, ...responses.flatMap(({ poll }) => poll ?? [])].map(({ path }) => operationIn(path));
  return followed.find((id) => id !== undefined && !named.includes(id)) ?? null;
}
