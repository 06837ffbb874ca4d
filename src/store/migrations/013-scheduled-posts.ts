import { sql, type Kysely } from 'kysely';

/**
 * Scheduled posts. A row of `scheduled_look` is a kind of post, with when and by whom it is next checked whether one is
 * due; a row of `scheduled_post` is a channel that gets it, with the day of its last one, so that it is posted once a
 * day, whatever restarts and however many replicas there are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table scheduled_look (
     kind text primary key, due_at timestamptz not null default now(), held_until timestamptz,
     fence integer not null default 0)`,
  `insert into scheduled_look (kind) values ('forecast'), ('digest')`,
  `create table scheduled_post (
     kind text not null, conversation_id text not null, since timestamptz not null default now(), made_for text,
     told jsonb not null default '{}', primary key (kind, conversation_id))`,
];
