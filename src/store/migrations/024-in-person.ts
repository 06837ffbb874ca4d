import { sql, type Kysely } from 'kysely';

/** Whom a request asks in person and whose chat is unknown, and when opening their chats is tried next. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table approval_request add column unreached jsonb not null default '[]', add column reach_at timestamptz`,
  `create index approval_request_reach on approval_request (reach_at) where reach_at is not null`,
];
