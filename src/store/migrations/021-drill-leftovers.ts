import { sql, type Kysely } from 'kysely';

/** Somebody looks whether drills left something behind. An older release passes the row over. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`insert into scheduled_look (kind) values ('drill-left')`).execute(db);
}
