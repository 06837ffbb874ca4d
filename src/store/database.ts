import type { Kysely, Transaction } from 'kysely';
import type { fromPglite } from 'pg-boss';
import type { Tables } from './schema.ts';

/** Anything a statement can run on: the database, or the transaction that is open. */
export type Queries = Kysely<Tables> | Transaction<Tables>;

/** An open database: the tables, what the queue needs of it, and its end. */
export type Database = {
  readonly kind: 'postgres' | 'pglite';
  readonly db: Kysely<Tables>;
  /** The queue's own way in; null: it opens its pool by itself from `connectionString`. */
  readonly queue: {
    readonly db: ReturnType<typeof fromPglite> | null;
    readonly connectionString: string | null;
    readonly schema: string;
  };
  close(): Promise<void>;
};

/** JSON for a jsonb column: as text, which both drivers take as it is. */
export function json(value: unknown): string {
  return JSON.stringify(value ?? null);
}
