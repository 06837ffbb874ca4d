import { sql, type Kysely } from 'kysely';

/** Exceptions to the rule on the KEK that somebody ended early. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table kek_exception add column ended_at timestamptz, add column ended_by text').execute(db);
}
