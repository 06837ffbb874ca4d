import { sql, type Kysely } from 'kysely';

/**
 * Requests for approval of a plan. A dialog has at most one open request; `copies` are the messages that show it
 * besides the dialog's own card. Votes are in the row, so that each change of a request is one statement.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table approval_request (
     id uuid primary key, dialog_id uuid not null, plan jsonb not null, digest text not null, terms jsonb not null,
     requester jsonb not null, changed_by text, state text not null, votes jsonb not null default '[]',
     copies jsonb not null default '[]', operation_id uuid,
     created_at timestamptz not null default now(), approved_at timestamptz, started_at timestamptz,
     ends_at timestamptz, remind_at timestamptz)`,
  `create unique index approval_request_open on approval_request (dialog_id) where state in ('pending', 'approved')`,
  `create index approval_request_end on approval_request (ends_at) where state in ('pending', 'approved')`,
  `create index approval_request_operation on approval_request (operation_id)`,
];
