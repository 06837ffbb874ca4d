import { sql, type Kysely } from 'kysely';

/** Finds what is old enough to be deleted on a large table, too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create index operation_ended on operation (ended_at) where ended_at is not null`,
  `create index dialog_created on dialog (created_at)`,
  `create index message_created on message (created_at)`,
  `create index job_started on job (started_at)`,
];
