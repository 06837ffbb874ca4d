import { sql, type Kysely } from 'kysely';

/**
 * When each vault is next checked for more than its jobs, and what the last check noted: the high-water mark of what is
 * reported as a change. `looks` counts the claims, so that an overtaken one writes nothing.
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
