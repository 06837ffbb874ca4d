import { sql, type Kysely } from 'kysely';

/**
 * Drills that start on a schedule. A row of `drill_approval` is a standing approval of an entry of `drills`, bound to
 * the entry's digest; one of `drill_turn` is a VM: when its last drill ended, and why none could be started; one of
 * `drill_entry` is locked by whoever starts an entry's drills, and has what was last reported about it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table drill_approval (
     operation_id uuid primary key, entry text not null, shape text not null, until timestamptz not null,
     asked_by jsonb not null, request jsonb, allowed_by text not null, ended_at timestamptz, ended_by text,
     created_at timestamptz not null default now())`,
  `create index drill_approval_entry on drill_approval (entry, created_at)`,
  `create table drill_turn (
     vm_id text primary key, operation_id uuid, ended_at timestamptz, result text, refused jsonb, tried_on text)`,
  `create table drill_entry (name text primary key, told text)`,
  `insert into scheduled_look (kind) values ('drills')`,
];
