import { sql, type Kysely } from 'kysely';

/**
 * When each vault is to be looked at for more than its jobs, and what the look before noted: the high-water mark of
 * what is told as a change. `looks` counts the claims, so that one that was overtaken writes nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table vault_look (
         vault_id text primary key, due_at timestamptz not null, looks integer not null, noted jsonb,
         noted_at timestamptz)`,
    )
    .execute(db);
}
