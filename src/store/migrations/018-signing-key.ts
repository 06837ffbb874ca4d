import { sql, type Kysely } from 'kysely';

/** The key pair with which this installation signs drill reports: one row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table signing_key (
         id smallint primary key check (id = 1), private_key text not null, public_key text not null,
         created_at timestamptz not null default now())`,
    )
    .execute(db);
}
