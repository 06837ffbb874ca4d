import { sql, type Kysely } from 'kysely';

/** The ticket with which a request is made; a dialog keeps it until it asks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [`alter table dialog add column ticket text`, `alter table approval_request add column ticket text`];
