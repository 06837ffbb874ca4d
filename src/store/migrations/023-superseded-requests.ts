import { sql, type Kysely } from 'kysely';

/** A request is read with the one that it replaces. An older release ignores the index. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`create index approval_request_superseded on approval_request (dialog_id) where state = 'superseded'`)
    .execute(db);
}
