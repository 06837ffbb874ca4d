import { sql, type Kysely } from 'kysely';

/** The ticket of a request; a dialog keeps it until it asks for approval. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [`alter table dialog add column ticket text`, `alter table approval_request add column ticket text`];
