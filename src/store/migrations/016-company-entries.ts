import { sql, type Kysely } from 'kysely';

/** What administrators wrote about errors that the knowledge doesn't have, by the error's key. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table company_entry (
         key text primary key, body jsonb not null, written_by text not null,
         written_at timestamptz not null default now())`,
    )
    .execute(db);
}
