import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** Upserts this process's heartbeat: the proof that the database accepts writes. Resolves with the database's clock. */
export async function beat(q: Queries, process: string): Promise<Date> {
  const row = await q
    .insertInto('pulse')
    .values({ process, at: sql`clock_timestamp()` })
    .onConflict((conflict) => conflict.column('process').doUpdateSet({ at: sql`clock_timestamp()` }))
    .returning('at')
    .executeTakeFirstOrThrow();
  return row.at;
}
