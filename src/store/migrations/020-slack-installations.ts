import { sql, type Kysely } from 'kysely';

/** The Slack workspaces that installed the app by OAuth, and the installations in progress. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table slack_installation (
       team text primary key, name text not null, sealed_token text not null, installed_by text not null,
       installed_at timestamptz not null default now())`,
    `create table slack_install_state (hash text primary key, expires_at timestamptz not null)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
