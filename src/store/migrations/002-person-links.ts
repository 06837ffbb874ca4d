import { sql, type Kysely } from 'kysely';

/** Which Entra user a chat platform's user is, by their own sign-in, and the tickets that a sign-in begins with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table person_link (
     platform_id text primary key, entra text not null, linked_at timestamptz not null default now())`,
  `create unique index person_link_entra on person_link (entra)`,
  `create table link_ticket (
     hash text primary key, platform_id text not null, name text not null, sign_in jsonb,
     expires_at timestamptz not null, used_at timestamptz)`,
  `create index link_ticket_expiry on link_ticket (expires_at)`,
];
