import { sql } from 'kysely';
import type { ApprovalRequest, ApprovalState, Glass, Vote } from '../approval/request.ts';
import type { ApprovalTerms } from '../core/approval-terms.ts';
import type { Person } from '../core/person.ts';
import { brokenThisMonth, isForReview } from './break-glass.ts';
import { json, type Queries } from './database.ts';
import { fromNow } from './due.ts';
import { idsOf, linkedNow } from './makers.ts';

/** A message that shows a request, and where it is. */
export type RequestCopy = {
  readonly message: string;
  readonly conversation: string;
  /** The one person who reads it there; absent: others do, too, or an earlier release posted it. */
  readonly person?: string;
  /** Who is mentioned there when it is posted; absent: it is for one person, or an earlier release posted it. */
  readonly mentions?: readonly { readonly id: string; readonly name: string }[];
  /** The people there are informed and not asked. */
  readonly quiet?: true;
  /** It shows the form of a break-glass, as long as the request waits. */
  readonly glass?: true;
};

/**
 * Somebody whom a request asks in person and whose chat with the bot is unknown. `slack`: their member there, alone or
 * after its workspace; null: none is known. `opening`: their chat in Slack is being opened; `refused`: Slack doesn't.
 */
export type Unreached = {
  readonly person: string;
  readonly name: string;
  readonly slack: string | null;
  /** They are informed and not asked. */
  readonly quiet?: true;
  readonly is: 'opening' | 'never-wrote' | 'refused';
};

/** A request with the dialog that waits for it. The plan is a document of `operations`; the store does not read it. */
export type StoredRequest = {
  readonly request: ApprovalRequest;
  readonly dialogId: string;
  readonly plan: unknown;
  /**
   * The plan of the request that this one replaces, which had changed: the newest that somebody approved, otherwise the
   * newest; null: it replaces none.
   */
  readonly replaced: unknown;
  readonly requestedBy: Person;
  /** The ticket that the requester named, and why they ask, if their plan doesn't keep that; null: they didn't say. */
  readonly ticket: string | null;
  readonly reason: string | null;
  readonly copies: readonly RequestCopy[];
  readonly unreached: readonly Unreached[];
  /** When those who can decide are reminded next; null: not again. */
  readonly remindAt: Date | null;
  /** How often the glass was broken this month, for whatever request. */
  readonly brokenThisMonth: number;
  /** The database's time at which this was read: what ends is measured by it. */
  readonly now: Date;
};

const open = ['pending', 'approved'] as const;

/** Writes a new request, as of the database's time, and reads it back. */
export async function insertRequest(
  q: Queries,
  made: Omit<StoredRequest, 'request' | 'now' | 'remindAt' | 'brokenThisMonth' | 'replaced'> & {
    readonly id: string;
    readonly digest: string;
    readonly terms: ApprovalTerms;
    /** The IDs of everybody else who opened or changed the plan, as they were. */
    readonly makers: readonly string[];
  },
): Promise<StoredRequest> {
  await q
    .insertInto('approval_request')
    .values({
      id: made.id,
      dialog_id: made.dialogId,
      plan: json(made.plan),
      digest: made.digest,
      terms: json(made.terms),
      requester: json(made.requestedBy),
      // What an earlier release reads.
      changed_by: made.makers[0] ?? null,
      makers: json(made.makers),
      ticket: made.ticket,
      reason: made.reason,
      state: 'pending',
      copies: json(made.copies),
      unreached: json(made.unreached),
      ...(made.unreached.some(({ is }) => is === 'opening') && { reach_at: sql<Date>`now()` }),
      ends_at: fromNow(made.terms.withinMs),
      remind_at: fromNow(made.terms.withinMs / 2),
    })
    .execute();
  const stored = await requestById(q, made.id);
  if (!stored) throw new Error('a request that was just written is not there');
  return stored;
}

/** Reads a request; locked until the transaction ends for a caller that will change it (`toMove`). */
export async function requestById(q: Queries, id: string, how?: 'toMove'): Promise<StoredRequest | null> {
  const query = rows(q).where('id', '=', id);
  return fromRow(await (how ? query.forUpdate() : query).executeTakeFirst());
}

/** The request that a dialog waits for; null: none is open. */
export async function openRequestOf(q: Queries, dialogId: string, how?: 'toMove'): Promise<StoredRequest | null> {
  const query = rows(q).where('dialog_id', '=', dialogId).where('state', 'in', open);
  return fromRow(await (how ? query.forUpdate() : query).executeTakeFirst());
}

/** The request whose approval an operation runs on; null: it needed none. */
export async function requestOfOperation(q: Queries, operationId: string): Promise<StoredRequest | null> {
  return fromRow(await rows(q).where('operation_id', '=', operationId).executeTakeFirst());
}

/** Writes the state of a request, when it expires (null: it has ended), and what it started. */
export async function saveRequest(
  q: Queries,
  request: ApprovalRequest,
  { openUntil, operationId }: { readonly openUntil: Date | null; readonly operationId?: string },
): Promise<void> {
  await q
    .updateTable('approval_request')
    .set({
      state: request.state,
      votes: json(request.votes),
      glass: request.glass && json(request.glass),
      terms: json(request.terms),
      approved_at: request.approvedAt,
      started_at: request.startedAt,
      ends_at: openUntil,
      ...(operationId !== undefined && { operation_id: operationId }),
    })
    .where('id', '=', request.id)
    .execute();
}

/** The newest request of somebody for this very plan that was approved and whose operation did not get through. */
export async function startedRequest(
  q: Queries,
  { digest, requester }: { readonly digest: string; readonly requester: string },
): Promise<StoredRequest | null> {
  const found = await rows(q)
    .where('digest', '=', digest)
    .where('state', '=', 'started')
    .where(sql<boolean>`requester ->> 'id' = ${requester}`)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('operation')
          .select('operation.id')
          .whereRef('operation.id', '=', 'approval_request.operation_id')
          .where('operation.status', 'in', ['failed', 'partly']),
      ),
    )
    .orderBy('started_at', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return fromRow(found);
}

/** Whether this very plan was ever approved, or the glass was broken for it, and it was started on that. */
export async function wasStarted(q: Queries, digest: string): Promise<boolean> {
  const started = q.selectFrom('approval_request').select('id').where('digest', '=', digest);
  return (await started.where('state', '=', 'started').limit(1).executeTakeFirst()) !== undefined;
}

/** Requests that were started by break-glass and wait for a review, the oldest first. */
export async function requestsToReview(q: Queries, limit: number): Promise<StoredRequest[]> {
  const found = await rows(q).where(isForReview).orderBy('started_at').orderBy('id').limit(limit).execute();
  return found.flatMap((row) => fromRow(row) ?? []);
}

/**
 * The requests that are open, those that end first before the others; locked until the transaction ends, and without
 * those that somebody else is changing, for a caller that draws them anew (`unlocked`).
 */
export async function openRequests(q: Queries, limit: number, how?: 'unlocked'): Promise<StoredRequest[]> {
  const query = rows(q).where('state', 'in', open).orderBy('ends_at').orderBy('id').limit(limit);
  const found = await (how ? query.forUpdate().skipLocked() : query).execute();
  return found.flatMap((row) => fromRow(row) ?? []);
}

/** Requests that wait, for a decision or a review, and for which somebody's chat is to be opened now. */
export function requestsToReach(q: Queries, limit: number) {
  const waiting = q
    .selectFrom('approval_request')
    .select('id')
    .where(sql<boolean>`(state in ('pending', 'approved') or ${isForReview})`);
  return waiting.where('reach_at', '<=', sql<Date>`now()`).limit(limit);
}

/** Requests that wait, for a decision or a review, and of which somebody is to be reminded now. */
export function requestsToRemind(q: Queries, limit: number) {
  const waiting = q
    .selectFrom('approval_request')
    .select('id')
    .where(sql<boolean>`(state = 'pending' or ${isForReview})`);
  return waiting.where('remind_at', '<=', sql<Date>`now()`).limit(limit);
}

/** Notes when the next reminder is due; null: none is. */
export async function noteReminded(q: Queries, id: string, next: Date | null): Promise<void> {
  await q.updateTable('approval_request').set({ remind_at: next }).where('id', '=', id).execute();
}

/** Open requests whose time has passed. */
export function requestsToEnd(q: Queries, limit: number) {
  const over = q.selectFrom('approval_request').select('id').where('state', 'in', open);
  return over.where('ends_at', '<=', sql<Date>`now()`).limit(limit);
}

function rows(q: Queries) {
  return q
    .selectFrom('approval_request')
    .select(['id', 'dialog_id', 'plan', 'digest', 'terms', 'requester', 'changed_by', 'makers', 'state', 'glass'])
    .select([
      'votes',
      'ticket',
      'reason',
      'created_at',
      'approved_at',
      'started_at',
      'remind_at',
      'copies',
      'unreached',
    ])
    .select([sql<Date>`now()`.as('now'), brokenThisMonth.as('broken_this_month')])
    .select(
      linkedNow(sql`jsonb_build_array(lower(requester ->> 'team' || '/' || (requester ->> 'platformId')))`).as(
        'asker_now',
      ),
    )
    .select(
      linkedNow(
        sql`jsonb_build_array(lower((glass -> 'slack' ->> 'team') || '/' || (glass -> 'slack' ->> 'user')))`,
      ).as('breaker_now'),
    )
    .select(linkedNow(sql`coalesce(makers, jsonb_build_array(changed_by))`).as('makers_now'))
    .select(
      sql<unknown>`(select earlier.plan from approval_request as earlier
        where earlier.dialog_id = approval_request.dialog_id and earlier.state = 'superseded'
          and earlier.created_at < approval_request.created_at
        order by earlier.votes <> '[]' desc, earlier.created_at desc limit 1)`.as('replaced'),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

function glassOf(stored: unknown): Glass | null {
  if (stored === null) return null;
  const { review, ...glass } = stored as Glass;
  return { ...glass, at: new Date(glass.at), review: review && { ...review, at: new Date(review.at) } };
}

function fromRow(row: Row | undefined): StoredRequest | null {
  if (!row) return null;
  const requestedBy = row.requester as Person;
  const votes = row.votes as readonly (Omit<Vote, 'at'> & { readonly at: string })[];
  const request: ApprovalRequest = {
    id: row.id,
    digest: row.digest,
    terms: row.terms as ApprovalTerms,
    requester: requestedBy.id,
    askers: [...idsOf(requestedBy), ...row.asker_now],
    makers: [...((row.makers ?? [row.changed_by].filter(Boolean)) as readonly string[]), ...row.makers_now],
    state: row.state as ApprovalState,
    glass: glassOf(row.glass),
    ...(row.breaker_now.length > 0 && { breakerNow: row.breaker_now }),
    votes: votes.map((vote) => ({ ...vote, at: new Date(vote.at) })),
    createdAt: row.created_at,
    approvedAt: row.approved_at,
    startedAt: row.started_at,
  };
  const copies = row.copies as readonly RequestCopy[];
  const unreached = row.unreached as readonly Unreached[];
  const { dialog_id: dialogId, remind_at: remindAt, plan, replaced, ticket, reason, now } = row;
  const told = { copies, unreached, remindAt, brokenThisMonth: row.broken_this_month };
  return { request, dialogId, plan, replaced, ticket, reason, requestedBy, ...told, now };
}
