import { sql, type Kysely } from 'kysely';

/** What administrators wrote of errors that the knowledge does not have, by the key of the error. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table company_entry (
         key text primary key, body jsonb not null, written_by text not null,
         written_at timestamptz not null default now())`,
    )
    .execute(db);
}
