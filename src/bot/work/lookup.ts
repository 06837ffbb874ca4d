/**
 * The lookup worker: does the lookup that a dialog waits for, outside any transaction, and moves the dialog with the
 * result.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Voter } from '../../approval/decide.ts';
import { AzureFault, type AzureFaultFacts } from '../../azure/faults.ts';
import { isRefusal, refuse, type Refusal } from '../../core/refusal.ts';
import { loggable } from '../../core/log.ts';
import type { Worker } from '../../jobs/wake.ts';
import type { DialogEvent } from '../../dialog/advance.ts';
import { positionIn } from '../../dialog/state.ts';
import { words } from '../../message/words.ts';
import { subjectOf } from '../../operations/wording/plan-subject.ts';
import type { Plan } from '../../operations/parts/plan.ts';
import { dialogKindOf } from '../dialog-kinds.ts';
import {
  claimLookup,
  outliveLookup,
  postponeLookup,
  renewLookup,
  type LookupClaim,
  type StoredDialog,
} from '../../store/dialogs.ts';
import { loadDialog } from '../stored-dialog.ts';
import { enqueueMessage, setDesiredState } from '../../store/messages.ts';
import { inTransaction, type Deps, type PersonRights, type Unit, type Within } from '../deps.ts';
import { estateOf } from '../estate/estate.ts';
import { cardOf, withAsker } from '../dialog/dialog-card.ts';
import { noteRefused } from '../note-refused.ts';
import { renderContextOf } from '../render-context.ts';
import { moveDialog } from '../dialog/dialog-turn.ts';
import { planStartedBy } from '../dialog/transition.ts';
import { refuseAtStart } from '../approval/start-approved.ts';
import { votersOf } from '../approval/voters.ts';
import { mentionOf, messageAbout, renderMessage } from '../render-message.ts';
import { keepRenewing, type Renewal } from './keep-renewing.ts';
import { refusalText } from '../refusal-text.ts';
import { mayPass } from '../rights/gate.ts';
import { rightsOf } from '../rights/turn-rights.ts';
import { RevisionConflict } from '../turn-context.ts';

/**
 * A lookup that so many workers began and none ended isn't begun again: it ends the process, or always throws. One
 * whose claim was lost and whose process lives, on a slow machine, isn't counted.
 */
const maxClaims = 3;

/** Exponential backoff: the first and the longest delay between two retries. */
const [minRetryMs, maxRetryMs] = [5_000, 60_000];

/** Makes the worker of the `lookup` queue. */
export function lookupWorker(deps: Deps): Worker {
  return async (id) => {
    const claim = { id, claimId: deps.newId() };
    if (!(await claimLookup(deps.database.db, claim, deps.leases.lookup))) return;
    // Each call to Azure ends in time, but all of them together may take longer than the lease.
    await doClaimed(deps, claim).finally(renewalOf(deps, claim).end);
  };
}

function renewalOf(deps: Deps, claim: LookupClaim): Renewal {
  const [{ db }, leaseMs] = [deps.database, deps.leases.lookup];
  const prolong = async () => {
    const isMine = await renewLookup(db, claim, leaseMs);
    if (!isMine) await outliveLookup(db, claim);
    return isMine;
  };
  return keepRenewing(deps, { leaseMs, prolong, of: { dialog: claim.id } });
}

async function doClaimed(deps: Deps, claim: LookupClaim): Promise<void> {
  const { id } = claim;
  const dialog = await loadDialog(deps.database.db, id);
  if (dialog?.needsMigration) return goOn(deps, id);
  if (dialog?.checksAgain) return checkAgain(deps, id);
  if (!isStillMine(deps, dialog, claim)) return;
  if (begunTooOften(dialog)) {
    // Long enough for every process that lives to say so: after a standstill this one may be the first to go on.
    await sleep(deps.leases.lookup / 2, null, { ref: false });
    if (begunTooOften(await loadDialog(deps.database.db, id))) return giveUp(deps, claim);
  }
  const { read, event, rights, voters } = await lookUp(deps, dialog);
  if (voters === null) return askLater(deps, claim, dialog.lookup);
  await deps.failpoint('lookup:before-commit');
  if (event) await take(deps, { claim, event, rights, voters });
  else if (!read.ok) await tellTrouble(deps, claim, read.fault);
}

const begunTooOften = (dialog: StoredDialog | null) => (dialog?.lookup?.begun ?? []).length > maxClaims;

/** A dialog that waits for a lookup. */
type WithLookup<D extends StoredDialog = StoredDialog> = D & { readonly lookup: Awaited };

/**
 * Whether a dialog still waits for the lookup that this worker claimed. Step and basis don't tell: they are the same
 * each time, and what began before somebody pressed Start must not count as the last check before it starts.
 */
function isStillMine<D extends StoredDialog>(
  deps: Deps,
  dialog: D | null,
  claim: LookupClaim,
): dialog is WithLookup<D> {
  if (dialog?.lookup?.claimId === claim.claimId) return true;
  deps.log.debug({ dialog: claim.id }, 'a lookup is no longer awaited, or made by another worker: it does not count');
  return false;
}

/** What was read, what the person who asked can do, and who approved what it would start; null: unknown now. */
async function lookUp(deps: Deps, dialog: WithLookup) {
  const rights = await rightsOf(deps, dialog.actor, dialog.channel);
  const read = await readFor(deps, dialog);
  const event = read.ok ? foundNow(deps, dialog.lookup, read.value) : null;
  const requester = rights?.voter([]).person ?? dialog.actor.id;
  // Read last, since Azure may take longer to answer than a person's permissions stay valid.
  const voters = await votersOf(deps, dialog, { plan: event && planStartedBy(dialog, event), requester });
  return { read, event, rights, voters };
}

/** Another release requested this lookup: the dialog first continues from where today's flow has it. */
async function goOn(deps: Deps, id: string): Promise<void> {
  await inTransaction(deps, async (unit) => {
    const dialog = await loadDialog(unit.q, id);
    if (!dialog?.needsMigration) return;
    await moveDialog(deps, unit, {
      dialog,
      event: { kind: 'revived', ...dialog.needsMigration },
      actor: null,
      rights: null,
    });
  });
}

/** What was read may no longer be true: the dialog checks again, as if somebody had asked it to. */
async function checkAgain(deps: Deps, id: string): Promise<void> {
  const event = { kind: 'again', revision: 'typed' } as const;
  try {
    await inTransaction(deps, async (unit) => {
      const dialog = await loadDialog(unit.q, id);
      if (!dialog?.checksAgain) return;
      await moveDialog(deps, unit, { dialog, event, actor: null, rights: null, byItself: true });
    });
  } catch (error) {
    // somebody is doing something with it right now, and sees it again
    if (!(error instanceof RevisionConflict)) throw error;
  }
}

type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: AzureFaultFacts };

async function readFor(deps: Deps, dialog: WithLookup): Promise<Read> {
  const kind = dialogKindOf(dialog.state.flow);
  const step = kind.flow.steps.find((candidate) => candidate.id === dialog.lookup.step);
  if (step?.kind !== 'find') throw new Error(`no reading is called ${dialog.lookup.step}`);
  const { known } = positionIn(kind.flow, dialog.state);
  const estate = await estateOf(deps, dialog.channel);
  try {
    return { ok: true, value: await step.lookup(known, estate) };
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    deps.log.warn({ ...loggable(error), dialog: dialog.id, step: step.id }, 'a reading of Azure did not succeed');
    return { ok: false, fault: error.facts };
  }
}

/** A finished lookup, as an event of the dialog that waits for it. */
type Found = Extract<DialogEvent, { kind: 'found' }>;

function foundNow(deps: Deps, lookup: Awaited, value: unknown): Found {
  const { step, basis } = lookup;
  return { kind: 'found', step, basis, value: value as never, at: deps.clock.now().toISOString() };
}

type Taken = {
  readonly claim: LookupClaim;
  readonly event: Found;
  readonly rights: PersonRights | null;
  readonly voters: readonly Voter[];
};

async function take(deps: Deps, taken: Taken): Promise<void> {
  const { claim, event, rights, voters } = taken;
  const { id } = claim;
  try {
    const started = await inTransaction(deps, async (unit) => {
      const dialog = await loadDialog(unit.q, id);
      if (!isStillMine(deps, dialog, claim)) return false;
      const moved = await moveDialog(deps, unit, { dialog, event, actor: null, rights, voters });
      if (!isRefusal(moved)) return moved.dialog.state.status === 'done';
      if (mayPass(moved) && voters.length > 0) return waitOn(unit, claim, dialog.lookup);
      const end = { dialog, event: { kind: 'cancel', revision: 'typed' }, actor: null, rights } as const;
      const ended = await moveDialog(deps, unit, end);
      noteRefused({ deps, unit }, moved, { dialog: id });
      if (isRefusal(ended)) return false;
      const approved = voters.length > 0 ? planStartedBy(dialog, event) : null;
      return sayNo({ deps, unit }, { dialog, because: moved, approved });
    });
    if (started) await deps.failpoint('start:after-commit');
  } catch (error) {
    if (!(error instanceof RevisionConflict)) throw error; // somebody clicked in the meantime; their turn checks again
  }
}

/**
 * No worker came to an end with it, so the next one wouldn't either, and might take its process along. The dialog ends;
 * the person is told, and the operator by the log and the count of refusals.
 */
async function giveUp(deps: Deps, claim: LookupClaim): Promise<void> {
  const because = refuse('lookup-given-up', { tries: maxClaims });
  await inTransaction(deps, async (unit) => {
    const dialog = await loadDialog(unit.q, claim.id);
    if (!isStillMine(deps, dialog, claim)) return;
    const event = { kind: 'cancel', revision: 'typed', because } as const;
    const end = () => moveDialog(deps, unit, { dialog, event, actor: null, rights: null });
    const refused = await refuseAtStart({ deps, unit }, { dialog, because }, end);
    if (refused === null && !isRefusal(await end())) await sayNo({ deps, unit }, { dialog, because, approved: null });
    if (refused === null) deps.metrics.refused(because.refused);
    deps.log.error(
      { dialog: dialog.id, flow: dialog.state.flow, step: dialog.lookup.step },
      'a lookup was begun three times and never ended: it is given up',
    );
  });
}

/** `approved`: what somebody approved and is refused; null: nothing. */
type NotStarted = { readonly dialog: StoredDialog; readonly because: Refusal; readonly approved: Plan | null };

/**
 * The card says why it doesn't start. The person who waited for an approval gets a message: an edit notifies nobody.
 */
async function sayNo({ deps, unit }: Within, { dialog, because, approved }: NotStarted): Promise<false> {
  const { conversationId, messageId, openedBy } = dialog;
  const seen = renderContextOf(deps, dialog);
  const said = words(seen);
  const why = refusalText(said, because);
  const data = { mark: 'stopped', ...why } as const;
  await setDesiredState(unit.q, messageId, renderMessage({ template: 'notice', data }, seen));
  if (approved) {
    const text = [why.title, ...why.text].join(' ');
    const told = said.say('request.told-refused', { vm: subjectOf(said, approved), text });
    const desired = messageAbout({ messageId, words: said }, told, mentionOf(openedBy));
    await enqueueMessage(unit.q, { id: deps.newId(), conversationId, desired });
    unit.wake({ to: 'deliver', id: conversationId });
  }
  return false;
}

/** Who approved it is unknown, so nothing starts and nothing is dropped. */
async function askLater(deps: Deps, claim: LookupClaim, lookup: Awaited): Promise<void> {
  await inTransaction(deps, (unit) => waitOn(unit, claim, lookup));
}

/** An approved request keeps waiting for a while, and then checks again; it hasn't started. */
async function waitOn(unit: Unit, claim: LookupClaim, lookup: Awaited): Promise<false> {
  const waits = await postponeLookup(unit.q, claim, { inMs: minRetryMs, lookup });
  if (waits) unit.wake({ to: 'lookup', id: claim.id, inMs: minRetryMs });
  return false;
}

type Awaited = NonNullable<StoredDialog['lookup']>;

/** Azure doesn't answer: the card says so and the lookup is repeated automatically. */
async function tellTrouble(deps: Deps, claim: LookupClaim, fault: AzureFaultFacts): Promise<void> {
  await inTransaction(deps, async (unit) => {
    const dialog = await loadDialog(unit.q, claim.id);
    if (!isStillMine(deps, dialog, claim)) return;
    const now = deps.clock.now().getTime();
    const lookup = { ...dialog.lookup, silentSince: dialog.lookup.silentSince ?? new Date(now).toISOString() };
    const silentMs = now - Date.parse(lookup.silentSince);
    const inMs = fault.retryAfterMs ?? Math.min(Math.max(silentMs / 2, minRetryMs), maxRetryMs);
    // It locks the dialog: the card of whoever changes it now is drawn after this one, or instead of it.
    if (!(await postponeLookup(unit.q, claim, { inMs, lookup }))) return;
    const trouble = { fault, since: new Date(lookup.silentSince), again: new Date(now + inMs) };
    const context = renderContextOf(deps, dialog);
    const card = cardOf(deps, dialog, { because: null, trouble, rights: null });
    const drawn = renderMessage(withAsker(card, dialog, words(context)), context);
    await setDesiredState(unit.q, dialog.messageId, drawn);
    unit.wake({ to: 'deliver', id: dialog.conversationId });
    unit.wake({ to: 'lookup', id: claim.id, inMs });
  });
}
