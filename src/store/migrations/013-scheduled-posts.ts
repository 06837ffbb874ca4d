import { sql, type Kysely } from 'kysely';

/**
 * What is posted by the clock. A row of `scheduled_look` is a kind of post, with when somebody looks next whether one
 * is due, and who does; one of `scheduled_post` is a place that gets it, with the day for which it was made there last,
 * so that it is made once a day, whatever restarts and however many replicas there are.
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
