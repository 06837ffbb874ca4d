import { sql, type Kysely } from 'kysely';

/**
 * The people's messages that a message of the bot answers, by their IDs on the platform: the final reaction goes on
 * them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table message add column asked jsonb not null default '[]'`).execute(db);
}
