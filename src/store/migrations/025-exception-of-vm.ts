import { sql, type Kysely } from 'kysely';

/** Which VM an exception to the rule on the KEK is for, among those that have had its name. Null: an older row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table kek_exception add column vm_guid text').execute(db);
}
