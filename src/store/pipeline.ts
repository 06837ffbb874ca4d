import type { CompiledQuery } from 'kysely';
import type { Queries } from './database.ts';

/** The parameters of statements whose outcome nobody waits for: kysely and pg-boss hand them on as they are. */
const pipelined = new WeakSet<object>();

/** What a query builder gives, or a text in SQL. */
type Statement = { compile(q: Queries): CompiledQuery };

/**
 * Executes a statement of which only matters that it takes place. In a transaction on PostgreSQL it is sent, and nobody
 * waits for its answer; the next statement, at the latest the commit, fails where it does.
 */
export async function pipeline(q: Queries, statement: Statement): Promise<void> {
  const compiled = statement.compile(q);
  markPipelined(compiled.parameters);
  await q.executeQuery(compiled);
}

/** Marks the parameters of such a statement. */
export function markPipelined(parameters: readonly unknown[]): void {
  pipelined.add(parameters);
}

/** Whether these are the parameters of such a statement. */
export function isPipelined(parameters: readonly unknown[]): boolean {
  return pipelined.has(parameters);
}
