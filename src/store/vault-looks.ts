import { sql } from 'kysely';
import type { Noted } from '../alerts/looks/noted.ts';
import { json, type Queries } from './database.ts';
import { fromNow } from './due.ts';

/** A claimed check: which one it is, and what the previous one noted; null: it is the first. */
type LookClaim = { readonly looks: number; readonly noted: Noted | null };

/** Polled vaults whose check is due. */
export function vaultsToLookAt(q: Queries, limit: number) {
  return q
    .selectFrom('vault_poll')
    .leftJoin('vault_look', 'vault_look.vault_id', 'vault_poll.vault_id')
    .select('vault_poll.vault_id')
    .where('vault_poll.polled_at', 'is not', null)
    .where(sql<boolean>`coalesce(vault_look.due_at <= now(), true)`)
    .limit(limit);
}

/**
 * Claims a due check, and makes the next one due; null if it isn't due. The next one makes up for one that doesn't
 * finish.
 */
export async function claimLook(q: Queries, vaultId: string, nextInMs: number): Promise<LookClaim | null> {
  const due_at = fromNow(nextInMs);
  const row = await q
    .insertInto('vault_look')
    .values({ vault_id: vaultId, due_at, looks: 1 })
    .onConflict((conflict) =>
      conflict
        .column('vault_id')
        .doUpdateSet({ due_at, looks: sql<number>`vault_look.looks + 1` })
        .where(sql<boolean>`vault_look.due_at <= now()`),
    )
    .returning(['looks', 'noted'])
    .executeTakeFirst();
  return row ? { looks: row.looks, noted: row.noted as Noted | null } : null;
}

/** Stores what a check noted; false if another check was claimed since, which then counts. */
export async function noteLook(q: Queries, vaultId: string, { looks, noted }: LookClaim): Promise<boolean> {
  const { numUpdatedRows } = await q
    .updateTable('vault_look')
    .set({ noted: json(noted), noted_at: sql<Date>`now()` })
    .where('vault_id', '=', vaultId)
    .where('looks', '=', looks)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What the jobs of a vault say about one container, without the prefix of its name. */
type ContainerBook = { readonly container: string; readonly newest: Date | null; readonly longestMs: number | null };

/** By container: when its newest backup of these days began or ended, and how long the longest completed one took. */
export async function containerBooks(q: Queries, vaultId: string, days: number): Promise<ContainerBook[]> {
  const end = sql`(body ->> 'endTime')::timestamptz`;
  const took = sql`extract(epoch from (${end} - started_at)) * 1000`;
  const rows = await q
    .selectFrom('job')
    .select([
      sql<string>`regexp_replace(lower(container), '^iaasvmcontainer;', '')`.as('container'),
      sql<Date | null>`max(greatest(started_at, ${end}))`.as('newest'),
      sql<string | null>`max(${took}) filter (where status = 'Completed')`.as('longest'),
    ])
    .where('vault_id', '=', vaultId)
    .where('operation', '=', 'Backup')
    .where('container', 'is not', null)
    .where(sql<boolean>`started_at > now() - ${days} * interval '1 day'`)
    .groupBy(sql`1`)
    .execute();
  return rows.map(({ longest, ...row }) => ({ ...row, longestMs: longest === null ? null : Number(longest) }));
}

/** The jobs of a vault that were running when they were last seen. */
export async function runningJobs(q: Queries, vaultId: string): Promise<unknown[]> {
  const rows = await q
    .selectFrom('job')
    .select('body')
    .where('vault_id', '=', vaultId)
    .where('status', 'in', ['InProgress', 'Cancelling'])
    .execute();
  return rows.map(({ body }) => body);
}

/**
 * When the backups of VMs were last stopped from here, by their ids in lower case, in the given number of days: those
 * that Azure did not refuse, that are not lost, and that nobody resumed from here since.
 */
export async function vmsStoppedHere(q: Queries, days: number): Promise<ReadonlyMap<string, Date>> {
  const rows = await q
    .selectFrom('attempt')
    .select([sql<string>`lower(target)`.as('vm'), 'call', 'made_at'])
    .distinctOn(sql`lower(target)`)
    .where('call', 'in', ['stop-protection', 'resume-protection'])
    .where(sql<boolean>`coalesce(outcome, 'accepted') in ('accepted', 'adopted')`)
    .where(sql<boolean>`made_at > now() - ${days} * interval '1 day'`)
    .orderBy(sql`lower(target)`)
    .orderBy('made_at', 'desc')
    .execute();
  return new Map(rows.flatMap(({ vm, call, made_at }) => (call === 'stop-protection' ? [[vm, made_at]] : [])));
}
