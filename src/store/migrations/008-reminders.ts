import { sql, type Kysely } from 'kysely';

/**
 * Whose chat with the bot a personal conversation is, so that people can be asked in person; and an index of the
 * requests that need a reminder.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table conversation add column person text`,
  `create index conversation_person on conversation (person) where person is not null`,
  `create index approval_request_remind on approval_request (remind_at) where state = 'pending'`,
];
