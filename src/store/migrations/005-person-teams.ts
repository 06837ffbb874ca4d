import { sql, type Kysely } from 'kysely';

/**
 * Members of Slack by workspace and ID. Until now there was one workspace, so everybody belongs to the one that was
 * used last; people who are linked but never wrote anything can't be assigned to one, and sign in again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const team = `coalesce((select address ->> 'team' from conversation where platform = 'slack'
  order by seen_at desc limit 1), '')`;

const statements = [
  `alter table person_link add column team text not null default ''`,
  `update person_link set team = ${team}`,
  `alter table person_link drop constraint person_link_pkey, add primary key (team, platform_id)`,
  `drop index person_link_entra`,
  `create unique index person_link_entra on person_link (team, entra)`,
  `alter table link_ticket add column team text not null default ''`,
  `update link_ticket set team = ${team}`,
];
