import { sql } from 'kysely';
import type { Actor, Locale, Person } from '../core/person.ts';
import { json, type Queries } from './database.ts';
import { hasCome, isFree, maxWaitMs } from './due.ts';
import { leaseFor } from './lease.ts';

/** An operation as it is stored. `plan` and `parts` are the documents of `operations`; the store does not read them. */
export type StoredOperation = {
  readonly id: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly dialogId: string | null;
  readonly status: string;
  readonly plan: unknown;
  readonly digest: string;
  readonly parts: unknown;
  readonly requester: Actor;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly createdAt: Date;
  /** Who requested to cancel what is running; null: nobody. */
  readonly cancelAsked: Person | null;
  /** It was started without the approvals that its plan needs; null: it wasn't. */
  readonly glass: BrokenGlass | null;
  /** On whose approval it runs, and the ticket of that request; null: it needed none. */
  readonly approval: ApprovedBy | null;
};

/** The names of those who approved a request, and its ticket (null: none). */
type ApprovedBy = { readonly approvers: readonly string[]; readonly ticket: string | null };

/** Who started an operation without its approvals and why, and who reviewed that (null: nobody yet). */
type BrokenGlass = {
  readonly name: string;
  readonly reason: string;
  readonly review: { readonly name: string } | null;
};

/** A claim (a lease) on an operation. `fence` is a fencing token: every write of the run says `where fence = mine`. */
export type Claim = { readonly id: string; readonly fence: number };

/**
 * The result of a claim. `expedited`: it is due before its time; `overdueMs`: how long it has been due without being
 * saved.
 */
export type Claimed = {
  readonly claim: Claim;
  readonly operation: StoredOperation;
  readonly expedited: boolean;
  readonly overdueMs: number;
};

/**
 * `expedite` is the fence under which somebody requested that; null: nobody did. So a claim can distinguish requests
 * before it, which its save clears, from those during it; and what a crash interrupts is still there for the next
 * claim.
 */
const isDue = (earlyMs = 0) => sql<boolean>`(${hasCome('due_at', earlyMs)} or expedite is not null)`;

const columns = [
  'id',
  'conversation_id',
  'message_id',
  'dialog_id',
  'status',
  'plan',
  'digest',
  'parts',
  'requester',
  'locale',
  'time_zone',
  'created_at',
  'cancel_asked',
] as const;

/** What the request that it runs on says about a break-glass, and about who approved it. */
const requestOfIt = sql<unknown>`(select jsonb_build_object('glass', glass, 'votes', votes, 'ticket', ticket)
  from approval_request where operation_id = operation.id limit 1)`.as('request');
const read = [...columns, requestOfIt] as const;

/** The same next to the columns of other tables. */
export const operationColumns = [...columns.map((column) => `operation.${column}` as const), requestOfIt] as const;

/** Stores a new operation, due at once. A dialog starts only one operation; false if it has one already. */
export async function insertOperation(
  q: Queries,
  operation: Omit<StoredOperation, 'createdAt' | 'cancelAsked' | 'glass' | 'approval'>,
): Promise<boolean> {
  const done = await q
    .insertInto('operation')
    .values({
      id: operation.id,
      conversation_id: operation.conversationId,
      message_id: operation.messageId,
      dialog_id: operation.dialogId,
      status: operation.status,
      plan: json(operation.plan),
      digest: operation.digest,
      parts: json(operation.parts),
      requester: json(operation.requester),
      locale: operation.locale,
      time_zone: operation.timeZone,
      due_at: sql`now()`,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Claims a running operation that is due; null if it isn't, or somebody else has it. */
export async function claimOperation(q: Queries, id: string, forMs: number): Promise<Claimed | null> {
  const row = await q
    .updateTable('operation')
    .set(leaseFor(forMs))
    .where('id', '=', id)
    .where('status', '=', 'running')
    .where(isDue(20))
    .where(isFree())
    .returning([...read, 'fence', sql<boolean>`expedite is not null`.as('expedited')])
    .returning(sql<string>`extract(epoch from now() - due_at) * 1000`.as('overdue'))
    .executeTakeFirst();
  if (!row) return null;
  const { fence, expedited, overdue } = row;
  return { claim: { id, fence }, operation: operationFrom(row), expedited, overdueMs: Number(overdue) };
}

/**
 * Saves a run's progress and releases the claim; null if the claim is lost, and then nothing is written. If it was
 * expedited during the claim, it is due at once, otherwise at its time.
 */
export async function saveOperation(
  q: Queries,
  claim: Claim,
  now: { parts: unknown; status: string; dueInMs: number | null },
): Promise<{ readonly dueInMs: number | null } | null> {
  const dueInMs = now.dueInMs === null ? null : Math.min(now.dueInMs, maxWaitMs);
  const later = sql`clock_timestamp() + ${dueInMs} * interval '1 millisecond'`;
  const row = await q
    .updateTable('operation')
    .set({
      parts: json(now.parts),
      status: now.status,
      held_until: null,
      due_at: dueInMs === null ? null : sql<Date>`${later}`,
      expedite: dueInMs === null ? null : sql<number | null>`case when expedite = fence then expedite end`,
      ...(now.status === 'running' ? {} : { ended_at: sql<Date>`now()` }),
      revision: sql`revision + 1`,
    })
    .where('id', '=', claim.id)
    .where('fence', '=', claim.fence)
    .returning(sql<boolean>`expedite is not null`.as('expedited'))
    .executeTakeFirst();
  return row ? { dueInMs: row.expedited ? 0 : dueInMs } : null;
}

/** Makes a running operation due now, also if somebody has it: something that it waits for has happened. */
export async function expediteOperation(q: Queries, id: string): Promise<void> {
  await q
    .updateTable('operation')
    .set({ expedite: sql<number>`fence` })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute();
}

/** Records who requested a cancel, and makes the operation due; false if it has ended. */
export async function askCancel(q: Queries, id: string, person: Person): Promise<boolean> {
  const done = await q
    .updateTable('operation')
    .set({ cancel_asked: json(person), expedite: sql<number>`fence` })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/**
 * Reads an operation. Whoever starts something that follows it locks it until their transaction ends (`toFollow`), so
 * that of two at the same time the second sees what the first has started.
 */
export async function operationById(q: Queries, id: string, how?: 'toFollow'): Promise<StoredOperation | null> {
  const query = q.selectFrom('operation').select(read).where('id', '=', id);
  const row = await (how ? query.forUpdate() : query).executeTakeFirst();
  return row ? operationFrom(row) : null;
}

/** The operation that runs on a request's approval; null: none was started on it. */
export async function operationOfRequest(q: Queries, requestId: string): Promise<StoredOperation | null> {
  const row = await q
    .selectFrom('operation')
    .select(read)
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('approval_request').select('operation_id').where('approval_request.id', '=', requestId),
    )
    .executeTakeFirst();
  return row ? operationFrom(row) : null;
}

/** The running operations, oldest first. */
export async function runningOperations(q: Queries): Promise<StoredOperation[]> {
  const rows = await q
    .selectFrom('operation')
    .select(read)
    .where('status', '=', 'running')
    .orderBy('created_at')
    .execute();
  return rows.map(operationFrom);
}

/** The operations whose parts contain this text, such as a job's ID; the newest first, and not all. */
export async function operationsNaming(q: Queries, text: string): Promise<StoredOperation[]> {
  const rows = await q
    .selectFrom('operation')
    .select(read)
    .where(sql<boolean>`position(${text} in parts::text) > 0`)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute();
  return rows.map(operationFrom);
}

/** Running operations that are due and unclaimed. */
export function operationsToAdvance(q: Queries, limit: number) {
  const running = q.selectFrom('operation').select('id').where('status', '=', 'running');
  return running.where(isDue()).where(isFree()).limit(limit);
}

/** Releases every claim: for the only holder of an embedded database, at its start. */
export async function freeEverything(q: Queries): Promise<void> {
  await q.updateTable('operation').set({ held_until: null }).where('status', '=', 'running').execute();
  await q.updateTable('conversation').set({ held_until: null }).execute();
  await q.updateTable('vault_poll').set({ held_until: null }).execute();
  await q
    .updateTable('dialog')
    .set({ look_due_at: sql`now()` })
    .where('look_due_at', 'is not', null)
    .execute();
}

/** Its columns as they are read. */
type Row = {
  [column in (typeof columns)[number] | 'request']: unknown;
};

/** An operation from its columns. */
export function operationFrom(row: Row): StoredOperation {
  return {
    id: row.id as string,
    conversationId: row.conversation_id as string,
    messageId: row.message_id as string,
    dialogId: row.dialog_id as string | null,
    status: row.status as string,
    plan: row.plan,
    digest: row.digest as string,
    parts: row.parts,
    requester: row.requester as Actor,
    locale: row.locale as Locale,
    timeZone: row.time_zone as string,
    createdAt: row.created_at as Date,
    cancelAsked: row.cancel_asked as Person | null,
    ...approvalIn(row.request as OfRequest | null),
  };
}

type OfRequest = {
  readonly glass: BrokenGlass | null;
  readonly votes: readonly { readonly name: string; readonly decision: string }[];
  readonly ticket: string | null;
};

/** What an operation's cards say of the request that it runs on; null: there is none. */
export function approvalIn(request: OfRequest | null): Pick<StoredOperation, 'glass' | 'approval'> {
  if (!request) return { glass: null, approval: null };
  const approvers = request.votes.filter(({ decision }) => decision === 'approve').map(({ name }) => name);
  return { glass: request.glass, approval: { approvers, ticket: request.ticket } };
}
