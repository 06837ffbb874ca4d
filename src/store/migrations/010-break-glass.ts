import { sql, type Kysely } from 'kysely';

/**
 * Who started a request without its approvals, and the review of that. Each break-glass is counted in its own table,
 * since a request that wasn't started in the end counts too.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table approval_request add column glass jsonb`,
  `create index approval_request_review on approval_request (remind_at)
     where state = 'started' and glass is not null and glass ->> 'review' is null`,
  `create table break_glass (request_id uuid not null, at timestamptz not null default now())`,
  `create index break_glass_at on break_glass (at)`,
];
