import type { CompiledQuery } from 'kysely';
import type { Queries } from './database.ts';

/** The parameters of statements whose outcome nobody waits for: the drivers hand them on as they are. */
const waiting = new WeakSet<object>();

/** What a query builder gives, or a text in SQL. */
type Statement = { compile(q: Queries): CompiledQuery };

/**
 * Executes a statement of which only matters that it takes place. In a transaction on PostgreSQL it travels with the
 * next statement, at the latest the commit, and that one fails where it does.
 */
export async function executeLater(q: Queries, statement: Statement): Promise<void> {
  const compiled = statement.compile(q);
  letWait(compiled.parameters);
  await q.executeQuery(compiled);
}

/** Marks the parameters of such a statement. */
export function letWait(parameters: readonly unknown[]): void {
  waiting.add(parameters);
}

/** Whether these are the parameters of a statement that may travel with the next one. */
export function mayWait(parameters: unknown): boolean {
  return typeof parameters === 'object' && parameters !== null && waiting.has(parameters);
}
