import { sql } from 'kysely';
import type { Queries } from './database.ts';

/**
 * What a PostgreSQL has done since it was created: transactions in this database, including each query outside of one,
 * and the bytes of its write-ahead log.
 */
type ServerWork = { readonly transactions: number; readonly walBytes: number };

/** Reads it; the embedded database has no such counts. */
export async function serverWork(q: Queries): Promise<ServerWork> {
  const counts = sql<{ transactions: string; bytes: string }>`select xact_commit + xact_rollback as transactions,
    pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bytes
    from pg_stat_database where datname = current_database()`;
  const [row] = (await counts.execute(q)).rows;
  return { transactions: Number(row?.transactions), walBytes: Number(row?.bytes) };
}
