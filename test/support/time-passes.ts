import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../src/store/schema.ts';

const earlier = (at: string, ms: number) => sql`${sql.ref(at)} - ${ms} * interval '1 millisecond'`;

/**
 * Makes every write older, as if time had passed: the reconcile window of those in doubt is over sooner, and each is
 * still older than the next.
 */
export async function writesAge(db: Kysely<Tables>, ms: number): Promise<void> {
  await sql`update attempt set made_at = ${earlier('made_at', ms)}`.execute(db);
}

/**
 * Makes what a bot left older, as if time had passed since it ended: what it had claimed, what it was sending, and its
 * writes. Not for one that is only suspended: it would still take its claims for its own.
 */
export async function timePasses(db: Kysely<Tables>, ms: number): Promise<void> {
  const ages = (table: keyof Tables, at: string) =>
    sql`update ${sql.table(table)} set ${sql.ref(at)} = ${earlier(at, ms)} where ${sql.ref(at)} is not null`.execute(
      db,
    );
  for (const table of ['operation', 'conversation', 'vault_poll', 'scheduled_look'] as const)
    await ages(table, 'held_until');
  await ages('dialog', 'look_due_at');
  await sql`update message set due_at = ${earlier('due_at', ms)} where sent_rev < wanted_rev`.execute(db);
  await writesAge(db, ms);
}
