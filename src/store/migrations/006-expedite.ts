import { sql, type Kysely } from 'kysely';

/**
 * A column says what is processed before it is due. Before, its due time was one of two days in 1970; those stay, for
 * replicas of the previous release.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table operation add column expedite integer`,
  `update operation set expedite = fence where status = 'running' and due_at <= '1970-01-02Z'`,
];
