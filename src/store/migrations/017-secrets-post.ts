import { sql, type Kysely } from 'kysely';

/** Somebody looks whether it is to be posted that secrets end. An older release passes the row over. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`insert into scheduled_look (kind) values ('secrets')`).execute(db);
}
