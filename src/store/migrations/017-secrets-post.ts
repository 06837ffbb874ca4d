import { sql, type Kysely } from 'kysely';

/** The row for the scheduled check whether secrets expire. An older release ignores it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`insert into scheduled_look (kind) values ('secrets')`).execute(db);
}
