import { sql } from 'kysely';
import type { Locale, Person } from '../core/person.ts';
import type { DialogState } from '../dialog/state.ts';
import { json, type Queries } from './database.ts';
import { fromNow, hasCome, maxWaitMs } from './due.ts';
import { pipeline } from './pipeline.ts';

/**
 * A reading that a dialog waits for. `byItself`: it was not a person who asked for it. `silentSince`: since when Azure
 * has not answered it, an ISO time. `claimId`: whose result counts; absent while no worker has claimed it. `begun`: the
 * claims under which it was begun since it last came to an end, in a result or in Azure's silence, and of which nothing
 * was heard after they were lost.
 */
type AwaitedLookup = {
  readonly step: string;
  readonly basis: string;
  readonly byItself?: boolean;
  readonly silentSince?: string;
  readonly claimId?: string;
  readonly begun?: readonly string[];
};

/**
 * A worker's claim on the reading that a dialog waits for. It is lost when another worker claims the reading, and when
 * the dialog waits for another one, even one of the same step: that is a new request, made after something was done.
 */
export type LookupClaim = { readonly id: string; readonly claimId: string };

/**
 * A dialog with where it takes place, who opened it and the card that shows it. `lookup` is the reading it waits for.
 */
export type StoredDialog = {
  readonly id: string;
  readonly conversationId: string;
  /** The channel of that conversation, as it is known now; null where it is in none. */
  readonly channel: string | null;
  /** Whether one person alone reads it. */
  readonly isPersonal: boolean;
  readonly messageId: string;
  readonly state: DialogState;
  readonly openedBy: Person;
  /** Everybody else who changed its answers; absent: nobody did. */
  readonly changedBy?: readonly Person[];
  /** The person who acted last: anyone other than `openedBy` has taken the dialog over. */
  readonly actor: Person;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly lookup: AwaitedLookup | null;
  /** When it checks again automatically, if it waits for a person and does that; an ISO time. */
  readonly checksAgain?: string | null;
  /** The ticket with which it will request approval. */
  readonly ticket?: string | null;
  /** Why it will be requested: as somebody typed it, or as the alert says from whose card it was opened. */
  readonly reason?: string | null;
};

const columns = [
  'dialog.id',
  'conversation_id',
  'conversation.channel',
  'conversation.kind',
  'message_id',
  'state',
  'opened_by',
  'changed_by',
  'actor',
  'dialog.locale',
  'dialog.time_zone',
  'look',
  'ticket',
  'reason',
] as const;

/** The people who began a dialog in a channel, or in this conversation where it is in none, the newest first. */
export async function peopleIn(
  q: Queries,
  { id, channel }: { readonly id: string; readonly channel: string | null },
  limit: number,
): Promise<Person[]> {
  const dialogs = q.selectFrom('dialog').innerJoin('conversation', 'conversation.id', 'dialog.conversation_id');
  const here =
    channel === null ? dialogs.where('conversation.id', '=', id) : dialogs.where('conversation.channel', '=', channel);
  const rows = await here
    .select(sql<unknown>`(array_agg(opened_by order by dialog.created_at desc))[1]`.as('person'))
    .groupBy(sql`opened_by ->> 'id'`)
    .orderBy(sql`max(dialog.created_at)`, 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ person }) => person as Person);
}

function stored(q: Queries) {
  return q.selectFrom('dialog').innerJoin('conversation', 'conversation.id', 'dialog.conversation_id').select(columns);
}

/** Writes a new dialog. It expires `hours` after its last change. */
export async function insertDialog(q: Queries, dialog: StoredDialog, hours: number): Promise<void> {
  const statement = q.insertInto('dialog').values({
    id: dialog.id,
    conversation_id: dialog.conversationId,
    message_id: dialog.messageId,
    opened_by: json(dialog.openedBy),
    locale: dialog.locale,
    time_zone: dialog.timeZone,
    ...changing(dialog),
    expires_at: expiry(dialog, hours),
  });
  await pipeline(q, statement);
}

/**
 * Writes a dialog's next revision, under optimistic locking: false where somebody else wrote since it was read, and
 * then nothing is changed.
 */
export async function updateDialog(
  q: Queries,
  dialog: StoredDialog,
  from: { readonly revision: number; readonly hours: number },
): Promise<boolean> {
  const done = await q
    .updateTable('dialog')
    .set({ ...changing(dialog), expires_at: expiry(dialog, from.hours) })
    .where('id', '=', dialog.id)
    .where('revision', '=', from.revision)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Reads a dialog. */
export async function dialogById(q: Queries, id: string): Promise<StoredDialog | null> {
  const row = await stored(q).where('dialog.id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** The dialog that started what a message shows; null: none did. */
export async function dialogThatStarted(q: Queries, messageId: string): Promise<StoredDialog | null> {
  const row = await stored(q)
    .where('message_id', '=', messageId)
    .where('status', '=', 'done')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** The newest open dialog of a conversation. */
export async function newestOpenDialog(q: Queries, conversationId: string): Promise<StoredDialog | null> {
  const row = await stored(q)
    .where('conversation_id', '=', conversationId)
    .where('status', 'in', ['open', 'checking'])
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Dialogs whose reading is overdue, so its wake-up was lost, and those that are due to check again. */
export function dialogsToLookUp(q: Queries, limit: number) {
  return q.selectFrom('dialog').select('id').where(hasCome('look_due_at')).limit(limit);
}

/** Claims a due reading for `forMs`; false if it isn't due, or another worker has it. */
export async function claimLookup(q: Queries, { id, claimId }: LookupClaim, forMs: number): Promise<boolean> {
  const done = await q
    .updateTable('dialog')
    .set({
      look: sql<string>`look || jsonb_build_object('claimId', ${claimId}::text,
        'begun', coalesce(look -> 'begun', '[]') || to_jsonb(${claimId}::text))`,
      look_due_at: fromNow(forMs),
    })
    .where('id', '=', id)
    .where(hasCome('look_due_at'))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Prolongs a claim by `forMs` from now; false if it is lost. */
export async function renewLookup(q: Queries, claim: LookupClaim, forMs: number): Promise<boolean> {
  const done = await q
    .updateTable('dialog')
    .set({ look_due_at: fromNow(forMs) })
    .where('id', '=', claim.id)
    .where(isClaimedBy(claim))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** The process of a claim that was lost still lives: that it began is no sign that the reading ends processes. */
export async function outliveLookup(q: Queries, { id, claimId }: LookupClaim): Promise<void> {
  await q
    .updateTable('dialog')
    .set({ look: sql<string>`jsonb_set(look, '{begun}', (look -> 'begun') - ${claimId}::text)` })
    .where('id', '=', id)
    .where(sql<boolean>`jsonb_exists(look -> 'begun', ${claimId})`)
    .execute();
}

type Postponed = { readonly inMs: number; readonly lookup: AwaitedLookup };

/**
 * Puts a reading off that did not succeed, keeps since when none did, and ends the claim on it; false if that is lost.
 */
export async function postponeLookup(q: Queries, claim: LookupClaim, { inMs, lookup }: Postponed): Promise<boolean> {
  const { claimId: _, begun: __, ...unclaimed } = lookup;
  const done = await q
    .updateTable('dialog')
    .set({
      look: json(unclaimed),
      look_due_at: fromNow(Math.min(inMs, maxWaitMs)),
    })
    .where('id', '=', claim.id)
    .where(isClaimedBy(claim))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

function isClaimedBy({ claimId }: LookupClaim) {
  return sql<boolean>`look ->> 'claimId' = ${claimId}`;
}

/** Open dialogs that nobody touched for too long. */
export function expiredDialogs(q: Queries, limit: number) {
  const open = q.selectFrom('dialog').select('id').where('status', 'in', ['open', 'checking']);
  return open.where('expires_at', '<', sql<Date>`now()`).limit(limit);
}

/** Ends a dialog that nobody can read any more, so that it is not looked at in each sweep. */
export async function endUnknown(q: Queries, id: string): Promise<void> {
  const ended = { status: 'expired', look: null, look_due_at: null, expires_at: null };
  await q.updateTable('dialog').set(ended).where('id', '=', id).where('status', 'in', ['open', 'checking']).execute();
}

function changing(dialog: StoredDialog) {
  return {
    actor: json(dialog.actor),
    changed_by: json(dialog.changedBy ?? []),
    revision: dialog.state.revision,
    status: dialog.state.status,
    state: json(dialog.state),
    ticket: dialog.ticket ?? null,
    reason: dialog.reason ?? null,
    ...lookupColumns(dialog),
  };
}

/** The columns are still called look: releases run side by side on them. */
function lookupColumns({ lookup, checksAgain }: StoredDialog) {
  if (lookup) return { look: json(lookup), look_due_at: sql<Date>`now()` };
  if (!checksAgain) return { look: null, look_due_at: null };
  return { look: json({ checksAgain }), look_due_at: sql<Date>`${checksAgain}::timestamptz` };
}

function expiry(dialog: StoredDialog, hours: number) {
  const open = dialog.state.status === 'open' || dialog.state.status === 'checking';
  return open ? sql<Date>`now() + ${hours} * interval '1 hour'` : null;
}

function fromRow(row: {
  id: string;
  conversation_id: string;
  channel: string | null;
  kind: string;
  message_id: string;
  state: unknown;
  opened_by: unknown;
  changed_by: unknown;
  actor: unknown;
  locale: string;
  time_zone: string;
  look: unknown;
  ticket: string | null;
  reason: string | null;
}): StoredDialog {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    channel: row.channel,
    isPersonal: row.kind === 'personal',
    messageId: row.message_id,
    state: row.state as DialogState,
    openedBy: row.opened_by as Person,
    changedBy: row.changed_by as readonly Person[],
    actor: row.actor as Person,
    locale: row.locale as Locale,
    timeZone: row.time_zone,
    ...(row.ticket !== null && { ticket: row.ticket }),
    ...(row.reason !== null && { reason: row.reason }),
    ...lookupFrom(row.look as AwaitedLookup | { checksAgain: string } | null),
  };
}

function lookupFrom(
  look: AwaitedLookup | { checksAgain: string } | null,
): Pick<StoredDialog, 'lookup' | 'checksAgain'> {
  if (look === null) return { lookup: null };
  return 'checksAgain' in look ? { lookup: null, checksAgain: look.checksAgain } : { lookup: look };
}
