/**
 * What happens when a plan that requires approvals would start: approval is requested, it keeps waiting, it is
 * replaced, or it starts.
 */
import { decideOn, hasEnough, type Voter } from '../../approval/decide.ts';
import { coversRetry, isForReview, isHeld, nextReviewReminder, openUntil } from '../../approval/request.ts';
import { entriesOf, entryKey, type ApprovalTerms } from '../../core/approval-terms.ts';
import { isRefusal, refuse, type Refusal } from '../../core/refusal.ts';
import { isLive } from '../../dialog/advance.ts';
import type { DialogState } from '../../dialog/state.ts';
import { words } from '../../message/words.ts';
import { changesBetween } from '../../operations/cards/changes/plan-changes.ts';
import { subjectOf } from '../../operations/wording/plan-subject.ts';
import { planDigest, type Plan } from '../../operations/parts/plan.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import { noteReminded, openRequestOf, saveRequest, startedRequest, type StoredRequest } from '../../store/approvals.ts';
import type { StoredDialog } from '../../store/dialogs.ts';
import { enqueueMessage } from '../../store/messages.ts';
import type { Deps, Unit, Within } from '../deps.ts';
import { noteRefused } from '../note-refused.ts';
import { renderContextIn } from '../render-context.ts';
import { mentionOf, messageAbout } from '../render-message.ts';
import { mayPass } from '../rights/gate.ts';
import { recordMove } from './record-move.ts';
import { showRequest } from './show-request.ts';
import { tellRequester } from './tell-requester.ts';

/**
 * A plan that would start: what the rules require now (null: no approval), and those who approved it, with their rights
 * now.
 */
export type Starting = {
  readonly dialog: StoredDialog;
  readonly plan: Plan;
  readonly terms: ApprovalTerms | null;
  readonly requester: string;
  readonly voters: readonly Voter[];
};

/**
 * `ask`: nobody has been asked yet. `wait`: it lacks approvals, or waits for the requester to start it. `start`: it has
 * them. `replaced`: they are for another plan. `free`: it needs none, and nobody was asked.
 */
type Approved =
  | { readonly is: 'ask'; readonly terms: ApprovalTerms; readonly request?: undefined }
  | { readonly is: 'free'; readonly request?: undefined }
  | { readonly is: 'wait'; readonly request: StoredRequest }
  | { readonly is: 'replaced' | 'start'; readonly request: StoredRequest };

/** What it waits for. */
export type Waits = Extract<Approved, { is: 'ask' | 'wait' }>;

/** Decides it. The result is stored, except for a start: that is stored with its operation. */
export async function approvalFor(deps: Deps, unit: Unit, starting: Starting): Promise<Approved | Refusal> {
  const { dialog, plan, terms, voters } = starting;
  const digest = planDigest(plan);
  const stored = await openRequestOf(unit.q, dialog.id, 'toMove');
  if (!stored) {
    if (!terms) return { is: 'free' };
    const used = await usedBefore({ deps, unit }, terms, { ...starting, digest });
    return used.is === 'ask' && deps.ticket?.required && !dialog.ticket ? refuse('ticket-missing') : used;
  }
  const moved = decideOn(
    stored.request,
    { kind: 'start', digest, voters, terms: terms ?? stored.request.terms },
    { now: stored.now, here: deps.clock.now() },
  );
  if (isRefusal(moved)) return moved;
  const request = { ...stored, request: moved };
  if (moved.state === 'started') return { is: 'start', request };
  await saveRequest(unit.q, moved, { openUntil: openUntil(moved) });
  await recordMove({ deps, unit }, request, 'start');
  await showRequest(deps, unit, request);
  if (moved.state === 'superseded') await tellChange(deps, unit, { ...starting, request });
  if (isHeld(moved)) await tellRequester({ deps, unit }, request);
  return { is: moved.state === 'superseded' ? 'replaced' : 'wait', request };
}

/**
 * An approval covers another attempt at the same plan after it failed, for a while, as long as those who gave it still
 * can, and unless the rules now require more.
 */
async function usedBefore(
  { deps, unit }: Within,
  terms: ApprovalTerms,
  { digest, requester, voters }: Starting & { readonly digest: string },
): Promise<Approved> {
  const stored = await startedRequest(unit.q, { digest, requester });
  if (!stored || !coversRetry(stored.request, digest, stored.now)) return { is: 'ask', terms };
  const isEnough = hasEnough(stored.request, { voters, terms }, { here: deps.clock.now() });
  const covers = isEnough && countsNoFewer(stored.request.terms, terms);
  return covers ? { is: 'start', request: stored } : { is: 'ask', terms };
}

/** Whether the people who had to be among the approvers still are, as far as the rule names any. */
function countsNoFewer(then: ApprovalTerms, now: ApprovalTerms): boolean {
  const had = entriesOf(then);
  return entriesOf(now).every((one) =>
    had.some((other) => entryKey(other) === entryKey(one) && other.approvals >= one.approvals),
  );
}

/** It runs now, on this approval. */
export async function noteStarted({ deps, unit }: Within, request: StoredRequest, operationId: string): Promise<void> {
  await saveRequest(unit.q, request.request, { openUntil: null, operationId });
  await recordMove({ deps, unit }, request, 'start');
  if (isForReview(request.request)) await noteReminded(unit.q, request.request.id, nextReviewReminder(request.now));
  await showRequest(deps, unit, request);
}

type Refused = { readonly dialog: StoredDialog; readonly because: Refusal };

/**
 * What was approved is refused at its start: its request ends, then its dialog (`end`), and each copy says why. Null:
 * it may pass, or there is no request that is approved and in time; then nothing is done.
 */
export async function refuseAtStart<T>(
  within: Within,
  { dialog, because }: Refused,
  end: () => Promise<T>,
): Promise<T | null> {
  const { deps, unit } = within;
  const stored = mayPass(because) ? null : await openRequestOf(unit.q, dialog.id, 'toMove');
  if (!stored) return null;
  const event = { kind: 'refuse', because } as const;
  const request = decideOn(stored.request, event, { now: stored.now, here: deps.clock.now() });
  if (isRefusal(request)) return null;
  const ended = { ...stored, request };
  await saveRequest(unit.q, request, { openUntil: null });
  await recordMove(within, ended, event);
  const done = await end();
  await showRequest(deps, unit, ended);
  await tellRequester(within, ended);
  noteRefused(within, because, { dialog: dialog.id, request: request.id });
  return done;
}

/**
 * The dialog has moved on: the request won't be started. If no person ended it, the requester gets a message with the
 * reason: the differences from the new `plan`, if there is one.
 */
export async function endRequestOf(
  { deps, unit }: Within,
  dialog: StoredDialog,
  { state, plan }: Ended,
): Promise<void> {
  const stored = await openRequestOf(unit.q, dialog.id, 'toMove');
  if (!stored) return;
  const ended = { ...stored, request: { ...stored.request, state } };
  await saveRequest(unit.q, ended.request, { openUntil: null });
  await recordMove({ deps, unit }, ended, state);
  await showRequest(deps, unit, ended);
  if (state !== 'superseded') return;
  if (plan && planDigest(plan) !== stored.request.digest)
    await tellChange(deps, unit, { dialog, plan, request: ended });
  else await tellRequester({ deps, unit }, ended);
}

/** The approved request of a dialog, if its plan is still the approved one. Otherwise the request ends: null. */
export async function stillApproved(within: Within, dialog: StoredDialog, plan: Plan): Promise<StoredRequest | null> {
  const stored = await openRequestOf(within.unit.q, dialog.id, 'toMove');
  if (stored?.request.state === 'approved' && stored.request.digest === planDigest(plan)) return stored;
  await endRequestOf(within, dialog, { state: 'superseded', plan });
  return null;
}

/**
 * Only the requester can withdraw a request, including by ending the dialog that waits for it; null: nothing prevents
 * it.
 */
export async function whyNotWithdrawn(
  unit: Unit,
  { id }: StoredDialog,
  person: string | null,
): Promise<Refusal | null> {
  const stored = await openRequestOf(unit.q, id, 'toMove');
  return stored && stored.request.requester !== person ? refuse('not-your-request') : null;
}

/** The differences from what was approved are listed line by line, in a separate message. */
async function tellChange(deps: Deps, unit: Unit, change: Change): Promise<void> {
  const { dialog, plan, request } = change;
  const said = words(renderContextIn(deps, dialog.conversationId, dialog));
  const told = [
    said.say('request.changed', { vm: subjectOf(said, plan) }),
    ...changesBetween({ words: said, now: deps.clock.now() }, readPlan(request.plan), plan),
    said.say('request.ask-again'),
  ].join('\n');
  const about = { messageId: dialog.messageId, words: said };
  const desired = messageAbout(about, told, mentionOf(request.requestedBy));
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId: dialog.conversationId, desired });
}

type Change = Pick<Starting, 'dialog' | 'plan'> & { readonly request: StoredRequest };

type Ended = { readonly state: EndsWithDialog; readonly plan: Plan | null };

type EndsWithDialog = 'superseded' | 'withdrawn' | 'expired';

/**
 * What becomes of a request when its dialog ends without starting it, or returns to its questions. If no person ended
 * it, it was approved and couldn't start.
 */
export function leavesRequest(before: DialogState, after: DialogState, byPerson: boolean): EndsWithDialog | null {
  if (before.status !== 'waiting' && before.status !== 'checking') return null;
  if (after.status === 'open') return 'superseded';
  if (isLive(after) || after.status === 'done') return null;
  return byPerson ? 'withdrawn' : 'expired';
}
