import { sql, type Kysely } from 'kysely';

/**
 * Who changed a dialog's answers, and everybody but the requester who had a hand in a requested plan, by all their IDs;
 * null where an earlier release requested it. A link to nobody is one that an administrator ended.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table dialog add column changed_by jsonb not null default '[]'`).execute(db);
  await sql.raw(`alter table approval_request add column makers jsonb`).execute(db);
  await sql.raw(`alter table person_link alter column entra drop not null`).execute(db);
}
