import { sql, type Kysely } from 'kysely';

/** Why a vault's jobs can't be read, since when, and how often that was tried. An older release ignores it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `alter table vault_poll add column unread jsonb, add column unread_since timestamptz,
         add column unread_at timestamptz, add column unread_polls int not null default 0`,
    )
    .execute(db);
}
