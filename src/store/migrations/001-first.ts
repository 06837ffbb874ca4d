import { sql, type Kysely } from 'kysely';

/** The tables of the first release. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table inbound (
     key text primary key, at timestamptz not null default now(), answer jsonb)`,
  `create index inbound_at on inbound (at)`,
  `create table conversation (
     id text primary key, platform text not null, kind text not null, channel text, address jsonb not null,
     locale text not null, time_zone text not null, blocked boolean not null default false,
     fence integer not null default 0, held_until timestamptz, seen_at timestamptz not null default now())`,
  `create table dialog (
     id uuid primary key, conversation_id text not null references conversation (id), message_id uuid not null,
     revision integer not null, status text not null, state jsonb not null, opened_by jsonb not null, actor jsonb not null,
     locale text not null, time_zone text not null, look jsonb, look_due_at timestamptz, expires_at timestamptz,
     created_at timestamptz not null default now())`,
  `create index dialog_open on dialog (conversation_id, created_at) where status in ('open', 'checking')`,
  `create index dialog_look on dialog (look_due_at) where look_due_at is not null`,
  `create index dialog_expiry on dialog (expires_at) where status in ('open', 'checking')`,
  `create table message (
     id uuid primary key, conversation_id text not null references conversation (id),
     seq bigint generated always as identity, private_to text, wanted jsonb not null, wanted_rev integer not null,
     sent_rev integer not null default 0, platform_id text, posting boolean not null default false, ended text,
     tries integer not null default 0, due_at timestamptz not null default now(), sent_at timestamptz,
     created_at timestamptz not null default now())`,
  `create index message_unsent on message (conversation_id, seq) where sent_rev < wanted_rev and ended is null`,
  `create index message_platform on message (conversation_id, platform_id)`,
  `create table operation (
     id uuid primary key, conversation_id text not null references conversation (id), message_id uuid not null,
     dialog_id uuid unique, status text not null, plan jsonb not null, digest text not null, parts jsonb not null,
     requester jsonb not null, locale text not null, time_zone text not null, revision integer not null default 0,
     fence integer not null default 0, held_until timestamptz, due_at timestamptz, cancel_asked jsonb,
     created_at timestamptz not null default now(), ended_at timestamptz)`,
  `create index operation_due on operation (due_at) where status = 'running'`,
  `create table attempt (
     id uuid primary key, operation_id uuid not null references operation (id), part text not null,
     call text not null, target text not null, fence integer not null,
     made_at timestamptz not null default now(), outcome text, receipt jsonb, settled_at timestamptz)`,
  `create index attempt_part on attempt (operation_id, part, call)`,
  `create table inventory (
     kind text not null, key text not null, name text not null, body jsonb not null,
     seen_at timestamptz not null default now(), primary key (kind, key))`,
  `create index inventory_name on inventory (kind, name)`,
  `create table audit (
     seq integer primary key, at text not null, entry jsonb not null, previous text not null, hash text not null)`,
  `create table vault_poll (
     vault_id text primary key, fence integer not null default 0, held_until timestamptz,
     due_at timestamptz not null default now(), polled_at timestamptz)`,
  `create table job (
     id text primary key, vault_id text not null, vm_name text not null, container text, operation text not null,
     status text not null, body jsonb not null, started_at timestamptz, seen_at timestamptz not null default now())`,
  `create index job_vault on job (vault_id, status)`,
  `create index job_container on job (lower(container), started_at)`,
  `create table pulse (process text primary key, at timestamptz not null default now())`,
];
