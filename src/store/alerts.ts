import { sql } from 'kysely';
import type { Affected, Alert, Scope } from '../alerts/alert.ts';
import type { Person } from '../core/person.ts';
import { json, type Queries } from './database.ts';
import { subscriptionIn } from './vault-polls.ts';

/** A message that shows an alert, where it is, and to what that place subscribes. */
export type AlertCopy = { readonly message: string; readonly conversation: string; readonly scope: Scope };

/** An alert with the messages that show it. */
export type StoredAlert = { readonly alert: Alert; readonly copies: readonly AlertCopy[] };

/** The open alerts, the newest first; locked for a caller that will change them (`toMove`). */
export async function openAlerts(q: Queries, how?: 'toMove'): Promise<StoredAlert[]> {
  const query = q.selectFrom('alert').selectAll().where('closed_at', 'is', null).orderBy('created_at', 'desc');
  return (await (how ? query.forUpdate() : query).execute()).map(fromRow);
}

/** Whether an alert of this cause is open. */
export async function isCauseOpen(q: Queries, key: string): Promise<boolean> {
  const open = q.selectFrom('alert').select('id').where('cause_key', '=', key).where('closed_at', 'is', null);
  return (await open.executeTakeFirst()) !== undefined;
}

/** What somebody said of that it is meant to be so, in alerts of these causes. */
export async function meantToBe(q: Queries, keys: readonly string[]): Promise<readonly Affected[]> {
  const closed = q.selectFrom('alert').selectAll().where('cause_key', 'in', keys).where('closed_at', 'is not', null);
  const said = sql<boolean>`body -> 'affected' @> '[{"end":{"why":"intended"}}]'::jsonb`;
  const found = (await closed.where(said).execute()).map(fromRow);
  return found.flatMap(({ alert }) => alert.affected.filter(({ end }) => end?.why === 'intended'));
}

/** The open alert of a cause, to be redrawn. */
export async function alertsOfCause(q: Queries, key: string): Promise<StoredAlert[]> {
  const open = q.selectFrom('alert').selectAll().where('cause_key', '=', key).where('closed_at', 'is', null);
  return (await open.forUpdate().execute()).map(fromRow);
}

/** Whether an open alert is shown at fewer places than that many. */
export async function isShownAtFewer(q: Queries, places: number): Promise<boolean> {
  const fewer = sql<boolean>`jsonb_array_length(copies) < ${places}`;
  const found = q.selectFrom('alert').select('id').where('closed_at', 'is', null).where(fewer);
  return (await found.limit(1).executeTakeFirst()) !== undefined;
}

/** One alert, to be changed. */
export async function alertById(q: Queries, id: string): Promise<StoredAlert | null> {
  const row = await q.selectFrom('alert').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? fromRow(row) : null;
}

/**
 * Writes the state of an alert; the database refuses a second open one of the same cause. `cause_key` stays the key it
 * was opened under.
 */
export async function saveAlert(q: Queries, { alert, copies }: StoredAlert): Promise<void> {
  const set = {
    body: json(alert),
    copies: json(copies),
    snoozed_until: alert.snoozedUntil,
    closed_at: alert.closedAt === null ? null : sql<Date>`now()`,
  };
  await q
    .insertInto('alert')
    .values({ id: alert.id, cause_key: alert.cause.key, ...set })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(set))
    .execute();
}

/** Open alerts whose snooze has ended. */
export function alertsToWake(q: Queries, limit: number) {
  const open = q.selectFrom('alert').select('id').where('closed_at', 'is', null);
  return open.where('snoozed_until', '<=', sql<Date>`now()`).limit(limit);
}

function fromRow(row: { body: unknown; copies: unknown }): StoredAlert {
  // An earlier version knew of failed backups only, and called what they concern VMs.
  const { vms, cause, ...body } = row.body as Alert & { readonly vms?: Alert['affected'] };
  const alert = {
    ...body,
    cause: { ...cause, kind: cause.kind ?? 'backup-failed' },
    affected: body.affected ?? vms ?? [],
  };
  return { alert: alert as Alert, copies: row.copies as readonly AlertCopy[] };
}

/** A place that gets alerts because somebody there subscribed to them. */
type Watch = { readonly conversation: string; readonly scope: Scope };

/** All of them. */
export async function watches(q: Queries): Promise<Watch[]> {
  const rows = await q.selectFrom('alert_watch').select(['conversation_id', 'scope']).orderBy('at').execute();
  return rows.map(({ conversation_id, scope }) => ({ conversation: conversation_id, scope: scope as Scope }));
}

/** The subscriptions of people's own chats with the bot, and who made each. */
export async function personalWatches(
  q: Queries,
): Promise<readonly { readonly conversation: string; readonly by: Person }[]> {
  const watched = q.selectFrom('alert_watch').innerJoin('conversation', 'conversation.id', 'conversation_id');
  const rows = await watched.select(['conversation_id', 'watched_by']).where('kind', '=', 'personal').execute();
  return rows.map(({ conversation_id, watched_by }) => ({ conversation: conversation_id, by: watched_by as Person }));
}

/** Stores a place's subscription to alerts, replacing the previous one. */
export async function addWatch(q: Queries, { conversation, scope }: Watch, by: Person): Promise<void> {
  const set = { scope: json(scope), watched_by: json(by) };
  await q
    .insertInto('alert_watch')
    .values({ conversation_id: conversation, ...set })
    .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(set))
    .execute();
}

/** Ends it; false if the place had none. */
export async function removeWatch(q: Queries, conversation: string): Promise<boolean> {
  const { numDeletedRows } = await q
    .deleteFrom('alert_watch')
    .where('conversation_id', '=', conversation)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

type UntoldJob = { readonly id: string; readonly body: unknown };

const ended = ['Failed', 'Completed', 'CompletedWithWarnings'] as const;

/** The backups of a vault that ended and are in no alert's books yet, oldest first. */
export function untoldJobs(q: Queries, vaultId: string, limit: number): Promise<UntoldJob[]> {
  const ofVault = untold(q).where('vault_id', '=', vaultId);
  return ofVault.select(['id', 'body']).orderBy('started_at').orderBy('id').limit(limit).execute();
}

/** Locks these jobs, and resolves with those that are still in no alert's books, in the given order. */
export async function lockUntold(q: Queries, ids: readonly string[]): Promise<UntoldJob[]> {
  const locked = await untold(q)
    .select(['id', 'body'])
    .where(sql<boolean>`id in (select jsonb_array_elements_text(${json(ids)}::jsonb))`)
    // As `keepJobs` does: two transactions that lock rows in different orders would block each other.
    .orderBy('id')
    .forUpdate()
    .execute();
  const byId = new Map(locked.map((job) => [job.id, job]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The vaults that have such. */
export function vaultsWithUntold(q: Queries, limit: number) {
  return untold(q).select('vault_id').distinct().limit(limit);
}

/** Records that these were taken in with their present status. */
export async function noteTold(q: Queries, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await q
    .updateTable('job')
    .set({ told: sql<string>`status` })
    .where(sql<boolean>`id in (select jsonb_array_elements_text(${json(ids)}::jsonb))`)
    .execute();
}

/**
 * What is open for Recovery Services vaults that the inventory doesn't have. Empty as long as a part of the estate
 * couldn't be read.
 */
export async function openInGoneVaults(q: Queries): Promise<readonly Affected[]> {
  const rows = await sql<{ one: Affected }>`select one from alert,
      jsonb_array_elements(coalesce(body -> 'affected', '[]')) as one
    where closed_at is null and one ->> 'end' is null
      and lower(one ->> 'vaultId') like '%/providers/microsoft.recoveryservices/vaults/%'
      and exists (select from inventory where kind = 'whole')
      and not exists (select from inventory where kind = 'vault' and key = lower(one ->> 'vaultId'))`.execute(q);
  return rows.rows.map(({ one }) => one);
}

/** When the newest backup that completed, and that completed with warnings, began; null: none is known. */
type Newest = { readonly good: Date | null; readonly warned: Date | null };

/** It for each of these containers of a vault's subscription, by the container in lower case. */
export async function newestBackups(
  q: Queries,
  vaultId: string,
  containers: readonly string[],
): Promise<ReadonlyMap<string, Newest>> {
  if (containers.length === 0) return new Map();
  const rows = await q
    .selectFrom('job')
    .select([
      sql<string>`lower(container)`.as('container'),
      beganLast('Completed').as('good'),
      beganLast('CompletedWithWarnings').as('warned'),
    ])
    .where('operation', '=', 'Backup')
    .where('status', 'in', ['Completed', 'CompletedWithWarnings'])
    .where(subscriptionIn(sql.ref('vault_id')), '=', subscriptionIn(sql.val(vaultId)))
    .where(sql<boolean>`lower(container) in (select jsonb_array_elements_text(${json(containers)}::jsonb))`)
    .groupBy(sql`lower(container)`)
    .execute();
  return new Map(rows.map(({ container, good, warned }) => [container, { good, warned }]));
}

function beganLast(status: string) {
  return sql<Date | null>`max(started_at) filter (where status = ${status})`;
}

function untold(q: Queries) {
  return q
    .selectFrom('job')
    .where('operation', '=', 'Backup')
    .where('status', 'in', ended)
    .where(sql<boolean>`told is distinct from status`);
}

/**
 * Ends an alert's cards, and what waits below them, that nobody has seen because nothing can be posted there now. What
 * may have been posted stays.
 */
export async function endUnseen(q: Queries, copies: readonly AlertCopy[]): Promise<void> {
  if (copies.length === 0) return;
  const cards = sql.join(copies.map(({ message }) => message));
  await sql`update message set ended = 'unseen'
    from message as card join conversation as place on place.id = card.conversation_id
    where card.id in (${cards}) and place.blocked and card.platform_id is null and not card.posting
      and message.conversation_id = card.conversation_id and message.ended is null
      and (message.id = card.id or message.wanted ->> 'after' = card.id::text)`.execute(q);
}
