import { sql, type Kysely } from 'kysely';

/**
 * The messages of people that a message of the bot answers, by their ids on the platform:
 * they carry the mark of the end.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table message add column asked jsonb not null default '[]'`).execute(db);
}
