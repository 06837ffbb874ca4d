import { sql, type Kysely } from 'kysely';

/**
 * Alerts, the channels that receive them, and the ended jobs already processed: `told` is a job's status at that time,
 * so each is processed once, whatever restarts and however many replicas there are. There is at most one open alert per
 * cause.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table alert (
     id uuid primary key, cause_key text not null, body jsonb not null, copies jsonb not null default '[]',
     snoozed_until timestamptz, created_at timestamptz not null default now(), closed_at timestamptz)`,
  `create unique index alert_open on alert (cause_key) where closed_at is null`,
  `create index alert_snoozed on alert (snoozed_until) where snoozed_until is not null and closed_at is null`,
  `create index alert_closed on alert (closed_at) where closed_at is not null`,
  `create table alert_watch (
     conversation_id text primary key, scope jsonb not null, watched_by jsonb not null,
     at timestamptz not null default now())`,
  `alter table job add column told text`,
  `create index job_untold on job (vault_id) where operation = 'Backup' and told is distinct from status`,
];
