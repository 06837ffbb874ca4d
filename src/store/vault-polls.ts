import { sql, type Expression, type RawBuilder } from 'kysely';
import type { WhyUnread } from '../alerts/alert.ts';
import { json, type Queries } from './database.ts';
import { fromNow, hasCome, isFree } from './due.ts';
import { leaseFor } from './lease.ts';
import { before, type Keeping } from './forget.ts';

/** Adds vaults to be polled, due at once; a vault that is already polled stays as it is. */
export async function pollVaults(q: Queries, vaultIds: readonly string[]): Promise<void> {
  if (vaultIds.length === 0) return;
  await q
    .insertInto('vault_poll')
    .values(vaultIds.map((vault_id) => ({ vault_id })))
    .onConflict((conflict) => conflict.column('vault_id').doNothing())
    .execute();
}

/**
 * Makes vaults due now; one that was polled just now is due `justMs` after that, so that nobody can make Azure be asked
 * all the time. Resolves with the known ones, and how soon they are due. A running poll may have missed the news.
 */
export async function expeditePolls(
  q: Queries,
  vaultIds: readonly string[],
  justMs: number,
): Promise<{ vaultId: string; inMs: number }[]> {
  const rested = sql<Date>`greatest(now(), polled_at + ${justMs} * interval '1 millisecond')`;
  const rows = await q
    .updateTable('vault_poll')
    .set({ due_at: sql`greatest(now(), least(due_at, ${rested}))` })
    .where(sql<boolean>`lower(vault_id) in (select jsonb_array_elements_text(${json(vaultIds)}::jsonb))`)
    .returning(['vault_id', dueInMs])
    .execute();
  return rows.map(({ vault_id, in_ms }) => ({ vaultId: vault_id, inMs: in_ms }));
}

const dueInMs = sql<number>`greatest(0, extract(epoch from due_at - now()) * 1000)::int`.as('in_ms');

/** Vaults whose poll is due and unclaimed. */
export function vaultsToPoll(q: Queries, limit: number) {
  return q.selectFrom('vault_poll').select('vault_id').where(hasCome('due_at')).where(isFree()).limit(limit);
}

/** Removes the polls of vaults that are no longer in the inventory. */
export async function endGonePolls(q: Queries): Promise<void> {
  const listed = q
    .selectFrom('inventory')
    .select('key')
    .where('kind', '=', 'vault')
    .where(sql<boolean>`inventory.key = lower(vault_poll.vault_id)`);
  await q
    .deleteFrom('vault_poll')
    .where((is) => is.not(is.exists(listed)))
    .execute();
}

/** `at`: when it was made, as the database writes it; `polledAt`: when the vault was last polled, null: never. */
type PollClaim = { readonly fence: number; readonly at: string; readonly polledAt: Date | null };

/**
 * Claims a due poll; null if it isn't due, or somebody else has it. Its time is then just before the claim, so that
 * expediting it meanwhile can be distinguished, even within the one millisecond that PGlite's clock resolves.
 */
export async function claimPoll(q: Queries, vaultId: string, forMs: number): Promise<PollClaim | null> {
  const row = await q
    .updateTable('vault_poll')
    .set({
      ...leaseFor(forMs),
      due_at: sql`now() - interval '1 millisecond'`,
    })
    .where('vault_id', '=', vaultId)
    .where(hasCome('due_at', 20))
    .where(isFree())
    .returning(['fence', 'polled_at as polledAt', sql<string>`now()::text`.as('at')])
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Ends a poll and sets when the next one is due: at once if it was expedited meanwhile. Resolves with how soon that is;
 * if the claim is lost, nothing changes.
 */
export async function endPoll(q: Queries, claim: PollClaim & { vaultId: string }, nextInMs: number): Promise<number> {
  const next = fromNow(nextInMs);
  const row = await q
    .updateTable('vault_poll')
    .set({
      ...{ held_until: null, polled_at: sql`now()` },
      ...{ unread: null, unread_since: null, unread_at: null, unread_polls: 0 },
      due_at: sql`case when due_at >= ${claim.at}::timestamptz then now() else ${next} end`,
    })
    .where('vault_id', '=', claim.vaultId)
    .where('fence', '=', claim.fence)
    .returning(dueInMs)
    .executeTakeFirst();
  return row?.in_ms ?? nextInMs;
}

/** Records that a poll failed, and why; if its claim is lost, nothing changes. */
export async function noteUnread(q: Queries, claim: { vaultId: string; fence: number }, why: WhyUnread): Promise<void> {
  await q
    .updateTable('vault_poll')
    .set({
      ...{ unread: json(why), unread_at: sql`now()`, unread_polls: sql`unread_polls + 1` },
      unread_since: sql`coalesce(unread_since, now())`,
    })
    .where('vault_id', '=', claim.vaultId)
    .where('fence', '=', claim.fence)
    .execute();
}

/** When each vault was last polled successfully, by any process. */
export async function lastPolls(q: Queries): Promise<{ vault: string; at: Date }[]> {
  const rows = await q
    .selectFrom('vault_poll')
    .select(['vault_id', 'polled_at'])
    .where('polled_at', 'is not', null)
    .execute();
  return rows.flatMap((row) => (row.polled_at ? [{ vault: row.vault_id, at: row.polled_at }] : []));
}

/**
 * A listed vault as its polls left it. `why`: why the last one failed; null: it didn't, or there was none. `isLong`: it
 * has failed several times, the last time so long after the first.
 */
export type PolledVault = {
  readonly body: unknown;
  readonly why: WhyUnread | null;
  readonly since: Date | null;
  readonly isLong: boolean;
};

/** So that one failed poll before a stop of the process, and one after it, aren't taken for an outage. */
const minFailedPolls = 3;

/**
 * All listed vaults by name. That Azure can't find one counts only while the list that has it is complete: otherwise
 * the vault may be gone.
 */
export async function polledVaults(q: Queries, longMs: number): Promise<PolledVault[]> {
  const whole = q.selectFrom('inventory').select('key').where('kind', '=', 'whole');
  const isLong = sql<boolean>`unread_polls >= ${minFailedPolls}
    and unread_at - unread_since >= ${longMs} * interval '1 millisecond'
    and (unread ->> 'why' <> 'missing' or exists ${whole})`;
  const rows = await q
    .selectFrom('vault_poll')
    .innerJoin('inventory', (join) => join.on(sql<boolean>`lower(vault_poll.vault_id) = inventory.key`))
    .select(['inventory.body', 'unread as why', 'unread_since as since', isLong.as('isLong')])
    .where('inventory.kind', '=', 'vault')
    .orderBy('inventory.name')
    .orderBy('inventory.key')
    .execute();
  return rows.map(({ why, isLong, ...row }) => ({ ...row, why: why as WhyUnread | null, isLong: isLong === true }));
}

/** Whether the last listing covered the whole estate, and no vault was ever polled. */
export async function hasNothingToPoll(q: Queries): Promise<boolean> {
  const whole = await q.selectFrom('inventory').select('key').where('kind', '=', 'whole').executeTakeFirst();
  const vault = await q.selectFrom('vault_poll').select('vault_id').limit(1).executeTakeFirst();
  return whole !== undefined && vault === undefined;
}

/** A job as the vault's list shows it. */
type ListedJob = {
  readonly id: string;
  readonly vmName: string;
  readonly containerName: string | null;
  readonly operation: string;
  readonly status: string;
  readonly startTime: Date | null;
};

/**
 * Stores what a vault's list shows; what it no longer shows stays as it was last seen. Resolves with the IDs of those
 * that are new or have changed: only these are written, since a list covers days and each poll sees most of it again.
 */
export async function keepJobs(q: Queries, vaultId: string, jobs: readonly ListedJob[]): Promise<Set<string>> {
  const written = await q
    .insertInto('job')
    .columns(['id', 'vault_id', 'vm_name', 'container', 'operation', 'status', 'body', 'started_at'])
    // As one value that the database takes apart: a list may have thousands. A job that moved to a later page while the
    // pages were read is in it twice.
    .expression(
      sql`select distinct on (lower(job ->> 'id')) lower(job ->> 'id'), ${vaultId}, job ->> 'vmName',
          job ->> 'containerName', job ->> 'operation', job ->> 'status', job, (job ->> 'startTime')::timestamptz
        from jsonb_array_elements(${json(jobs)}::jsonb) with ordinality as listed (job, place)
        order by lower(job ->> 'id'), place desc`,
    )
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          status: (excluded) => excluded.ref('excluded.status'),
          body: (excluded) => excluded.ref('excluded.body'),
          seen_at: sql`now()`,
        })
        .where(sql<boolean>`(job.status, job.body) is distinct from (excluded.status, excluded.body)`),
    )
    .returning('id')
    .execute();
  return new Set(written.map(({ id }) => id));
}

/**
 * The subscription in a vault's ID, in lower case. A job's container names group and VM only: with the same names in
 * another subscription it is the container of another VM.
 */
export function subscriptionIn(vaultId: Expression<string>): RawBuilder<string> {
  return sql<string>`split_part(lower(${vaultId}), '/', 3)`;
}

/** How long the newest completed backups of an item took, in milliseconds, newest first. */
export async function backupDurations(
  q: Queries,
  { vaultId, container }: { readonly vaultId: string; readonly container: string },
  limit: number,
): Promise<number[]> {
  const rows = await q
    .selectFrom('job')
    .select(sql<string>`extract(epoch from ((body->>'endTime')::timestamptz - started_at)) * 1000`.as('took'))
    .where(sql<string>`lower(container)`, '=', container.toLowerCase())
    .where(subscriptionIn(sql.ref('vault_id')), '=', subscriptionIn(sql.val(vaultId)))
    .where('operation', '=', 'Backup')
    .where('status', '=', 'Completed')
    .where(sql<boolean>`body->>'endTime' is not null`)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => Math.max(0, Number(row.took)));
}

/** Deletes jobs that began longer ago, by the database's clock. */
export async function forgetJobs(q: Queries, { days, limit }: Keeping): Promise<void> {
  const old = q
    .selectFrom('job')
    .select('id')
    .where('started_at', '<', before(days))
    .orderBy('started_at')
    .limit(limit);
  await q.deleteFrom('job').where('id', 'in', old).execute();
}

/** The newest failed job whose name begins like this, as stored; null: there is none. */
export async function failedJob(q: Queries, nameBegins: string): Promise<unknown> {
  const row = await q
    .selectFrom('job')
    .select('body')
    .where(sql<boolean>`starts_with(lower(body ->> 'name'), ${nameBegins})`)
    .where('status', '=', 'Failed')
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.body ?? null;
}
