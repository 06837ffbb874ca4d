import { sql, type Kysely } from 'kysely';

/** For how long a check was put off, so that a daily one isn't due again at once. An older release ignores it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`alter table scheduled_look add column put_off interval not null default interval '15 minutes'`)
    .execute(db);
}
