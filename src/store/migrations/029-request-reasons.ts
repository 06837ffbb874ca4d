import { sql, type Kysely } from 'kysely';

/**
 * Why a request for approval was made, as far as its plan doesn't keep that; a dialog keeps it until it asks. An older
 * release ignores it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table dialog add column reason text').execute(db);
  await sql.raw('alter table approval_request add column reason text').execute(db);
}
