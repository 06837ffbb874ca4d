import { sql, type Kysely } from 'kysely';

/**
 * How often a check was begun since one last ended: one that ends its process isn't begun for ever. An older release
 * ignores it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table scheduled_look add column claims integer not null default 0').execute(db);
}
