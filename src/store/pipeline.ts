import type { CompiledQuery } from 'kysely';
import type { Queries } from './database.ts';

/** The parameters of statements whose result nobody waits for: kysely and pg-boss pass them on as they are. */
const pipelined = new WeakSet<object>();

/** A query builder's result, or a text in SQL. */
type Statement = { compile(q: Queries): CompiledQuery };

/**
 * Executes a statement whose result doesn't matter. In a transaction on PostgreSQL it is sent, and its answer isn't
 * waited for; if it fails, the next statement fails, at the latest the commit.
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
