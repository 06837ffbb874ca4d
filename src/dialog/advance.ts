/**
 * The dialog engine: state and event in, state and effects out.
 *
 * A dialog is open while something is left to ask or to find. When nothing is left it does not start yet: it turns to
 * `checking`, and every reading that is older than the last thing a person did is made again. If the new reading is
 * worse than the one that was shown, the card is rendered again, and what would start it is asked again, as is every
 * answer that no longer fits; otherwise the dialog is done and its plan starts. The caller can park it instead, so that
 * it waits for approvals; once it is approved, everything is read again. Done, cancelled and expired are final. Each
 * accepted event adds one to the revision; a refused one changes nothing at all.
 */
import { toJson, type Json } from '../core/json.ts';
import { refuse, type Refusal } from '../core/refusal.ts';
import type { Flow, Known } from './flow.ts';
import { keptTrail, repeatable, trailBefore } from './kept-trail.ts';
import { answersBefore, basisOf, staleReadings, positionIn, type DialogState, type TrailEntry } from './state.ts';

/** What can happen to a dialog. A typed answer has no revision: it answers the question on screen. */
export type DialogEvent =
  | { readonly kind: 'submit'; readonly inputs: Readonly<Record<string, unknown>>; readonly revision: number | 'typed' }
  | { readonly kind: 'found'; readonly step: string; readonly value: Json; readonly at: string; readonly basis: string }
  | { readonly kind: 'back'; readonly revision: number | 'typed' }
  | { readonly kind: 'change'; readonly step: string; readonly revision: number }
  /** `inputs`: answers that came about elsewhere, taken as far as the new readings offer them. */
  | { readonly kind: 'again'; readonly revision: number | 'typed'; readonly inputs?: Readonly<Record<string, Json>> }
  | { readonly kind: 'cancel'; readonly revision: number | 'typed'; readonly because?: Refusal }
  /** It was approved: everything is read again, and then it starts. */
  | { readonly kind: 'approved' }
  /** What was approved is not what would start now: approval is requested again. */
  | { readonly kind: 'superseded' }
  /** It was stored by another release and revived: it continues where today's flow has it. */
  | { readonly kind: 'revived'; readonly shortened: boolean }
  | { readonly kind: 'expire' };

/** A reading that was made. */
type Reading = Extract<DialogEvent, { kind: 'found' }>;

/** What is to be done after an event. `lookup` names the find step and the basis its result must come back with. */
export type Effect<K extends Known> =
  | { readonly do: 'lookup'; readonly step: string; readonly basis: string; readonly known: K }
  | { readonly do: 'draw'; readonly because: Refusal | null }
  | { readonly do: 'start'; readonly known: K }
  /** Azure refuses what was approved: it waits for another try, if its plan is still the approved one. */
  | { readonly do: 'hold'; readonly known: K }
  | { readonly do: 'close'; readonly how: 'cancelled' | 'expired' };

/** A dialog after an accepted event, and what is to be done now. */
export type Advanced<K extends Known> = { readonly state: DialogState; readonly effects: readonly Effect<K>[] };

/** A new dialog before its first event. */
export function begin(flowName: string): DialogState {
  return { flow: flowName, revision: 0, status: 'open', trail: [], found: {}, pending: [], fresh: [] };
}

/** Moves a dialog by one event, or refuses it. Pure; the same state and event always give the same outcome. */
export function advance<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  state: DialogState,
  event: DialogEvent,
): Advanced<K> | Refusal {
  if (!isLive(state)) return refuse('dialog-closed');
  if ('revision' in event && event.revision !== 'typed' && event.revision !== state.revision) {
    return refuse('outdated-card');
  }
  switch (event.kind) {
    case 'submit':
      return submit(flow, state, event.inputs);
    case 'found':
      return found(flow, state, event);
    case 'back':
      return back(flow, state);
    case 'change':
      return change(flow, state, event.step);
    case 'again':
      return again(flow, state, event.inputs);
    case 'approved':
      return state.status === 'waiting' ? readAgain(flow, state) : refuse('outdated-card');
    case 'superseded':
      return state.status === 'open'
        ? refuse('outdated-card')
        : again(flow, { ...state, status: 'open', approved: false });
    case 'cancel':
      return close(state, 'cancelled', event.because);
    case 'revived':
      return goOn(flow, state, event.shortened);
    case 'expire':
      return close(state, 'expired');
  }
}

/** Whether a dialog has not ended. */
export function isLive({ status }: Pick<DialogState, 'status'>): boolean {
  return status === 'open' || status === 'checking' || status === 'waiting';
}

/** Instead of starting, a dialog waits until others have approved what it would start. */
export function parked<K extends Known>({ state: { objections: _, ...state } }: Advanced<K>): Advanced<K> {
  return { state: { ...state, status: 'waiting' }, effects: [{ do: 'draw', because: null }] };
}

/** Whether "Back" would undo something. The first thing that was said opened the dialog and stays. */
export function canGoBack(state: DialogState): boolean {
  return state.status === 'open' && state.trail.length > 1;
}

/** Whether a reading that was asked for is one that the dialog waits for under today's flow. */
export function isAwaited<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  state: DialogState,
  lookup: { readonly step: string; readonly basis: string },
): boolean {
  const { known, next } = positionIn(flow, state);
  const isNext = state.status === 'checking' ? state.pending.includes(lookup.step) : next?.id === lookup.step;
  const isReading = flow.steps.some((step) => step.id === lookup.step && step.kind === 'find');
  return isReading && isNext && lookup.basis === basisFor(flow, known, lookup.step);
}

/** A dialog with what was read, before anything is dropped because of it. */
export function withReading<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  state: DialogState,
  { step: id, value, at, basis }: Reading,
): DialogState {
  const step = flow.steps.find((candidate) => candidate.id === id);
  const shape = step?.kind === 'find' && step.shape !== undefined ? { shape: step.shape } : {};
  return { ...state, found: { ...state.found, [id]: { value, at, basis, ...shape } } };
}

function submit<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  state: DialogState,
  inputs: Readonly<Record<string, unknown>>,
): Advanced<K> | Refusal {
  if (state.status !== 'open') return refuse('outdated-card');
  const asks = flow.steps.filter((step) => step.kind === 'ask').map((step) => step.id);
  const named = Object.keys(inputs);
  if (named.length === 0 || named.some((id) => !asks.includes(id))) return refuse('not-offered');
  const entry: TrailEntry = { did: 'answer', inputs: toJson(inputs) as Record<string, Json> };
  const earlier = { ...state.earlier, ...repeatable(flow, entry.inputs) };
  const next = { ...state, revision: state.revision + 1, trail: [...state.trail, entry], fresh: [], earlier };
  const now = positionIn(flow, next);
  if (now.refusal) return now.refusal;
  if (named.every((id) => Object.hasOwn(now.known, id))) return settle(flow, next, null);
  // What comes after a reading that was not made yet cannot be answered yet.
  return refuse(now.next?.kind === 'find' ? 'not-looked-yet' : 'not-offered');
}

function found<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  state: DialogState,
  event: Reading,
): Advanced<K> | Refusal {
  const step = flow.steps.find((candidate) => candidate.id === event.step);
  if (step?.kind !== 'find') return refuse('not-offered');
  if (!isAwaited(flow, state, event)) return refuse('outdated-card');
  const shown = positionIn(flow, state);
  const next: DialogState = {
    ...withReading(flow, state, event),
    revision: state.revision + 1,
    pending: [],
    fresh: [...state.fresh.filter((id) => id !== step.id), step.id],
  };
  const now = positionIn(flow, next);
  const objections = (isLastCheck(state) && step.objections?.(now.known)) || [];
  if (objections.length > 0) return hold(state, objections, now.known);
  if (now.refusal) return askAgainAfter(flow, next, step.id);
  if (state.status === 'open' || (state.approved && now.next?.kind === 'find')) return settle(flow, next, null);
  const isWorse = Object.hasOwn(shown.known, step.id) && step.worse?.(shown.known, now.known);
  if (now.next !== null || isWorse) return askAgainAfter(flow, next, step.id);
  // This reading may have brought a step into play whose own reading is older.
  const pending = staleReadings(flow, next, now.known);
  const [first] = pending;
  if (first === undefined) return start(next, now.known);
  return { state: { ...next, pending }, effects: [lookupOf(flow, now.known, first)] };
}

function back<K extends Known, Estate>(flow: Flow<K, Estate>, state: DialogState): Advanced<K> | Refusal {
  if (state.status !== 'open') return refuse('outdated-card');
  if (!canGoBack(state)) return refuse('first-step');
  const undone = (length: number): DialogState => ({ ...state, trail: state.trail.slice(0, length), fresh: [] });
  // A newer reading may no longer offer what was answered before: then that is undone as well.
  let left = state.trail.length - 1;
  while (left > 1 && positionIn(flow, undone(left)).refusal) left -= 1;
  return settle(flow, { ...undone(left), revision: state.revision + 1 }, null);
}

function change<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  state: DialogState,
  stepId: string,
): Advanced<K> | Refusal {
  const step = flow.steps.find((candidate) => candidate.id === stepId);
  if (state.status !== 'open' || step?.kind !== 'ask' || !Object.hasOwn(positionIn(flow, state).known, stepId)) {
    return refuse('not-offered');
  }
  const trail: TrailEntry[] = [...state.trail, { did: 'open', step: stepId }];
  return settle(flow, { ...state, revision: state.revision + 1, trail, fresh: [] }, null);
}

/**
 * "Check again": every reading is discarded and made again; the answers stay as long as they are still offered. It only
 * checks: what was typed to start something starts nothing now, neither on another's click nor automatically.
 */
function again<K extends Known, Estate>(flow: Flow<K, Estate>, state: DialogState, inputs?: Record<string, Json>) {
  if (state.status !== 'open') return refuse('outdated-card');
  const trail = [...keptTrail(flow, state.trail), ...(inputs ? [{ did: 'answer' as const, inputs }] : [])];
  return settle(flow, { ...state, revision: state.revision + 1, trail, found: {}, fresh: [] }, null);
}

function readAgain<K extends Known, Estate>(flow: Flow<K, Estate>, state: DialogState): Advanced<K> | Refusal {
  return settle(flow, { ...state, revision: state.revision + 1, status: 'open', approved: true, fresh: [] }, null);
}

function close<K extends Known>(before: DialogState, how: 'cancelled' | 'expired', refused?: Refusal): Advanced<K> {
  const state = { ...before, ...(refused && { refused }) };
  const closed: DialogState = { ...state, revision: state.revision + 1, status: how, pending: [] };
  return { state: closed, effects: [{ do: 'close', how }] };
}

/** After an accepted event: renders or looks up what is next; when nothing is left, looks everything up again. */
function settle<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  state: DialogState,
  because: Refusal | null,
): Advanced<K> | Refusal {
  const now = positionIn(flow, state);
  if (now.refusal) return now.refusal;
  if (now.next?.kind === 'ask') return { state, effects: [{ do: 'draw', because }] };
  if (now.next?.kind === 'find') {
    const reading = state.approved ? { ...state, status: 'checking' as const, pending: [now.next.id] } : state;
    return { state: reading, effects: [{ do: 'draw', because }, lookupOf(flow, now.known, now.next.id)] };
  }
  const pending = staleReadings(flow, state, now.known);
  const [first] = pending;
  if (first === undefined) return start(state, now.known);
  return {
    state: { ...state, status: 'checking', pending },
    effects: [{ do: 'draw', because }, lookupOf(flow, now.known, first)],
  };
}

function start<K extends Known>(state: DialogState, known: K): Advanced<K> {
  return { state: { ...state, status: 'done', pending: [] }, effects: [{ do: 'start', known }] };
}

/** Whether everything is being read again because it was approved. */
function isLastCheck({ status, approved }: DialogState): boolean {
  return status === 'checking' && approved === true;
}

/** The refused reading isn't kept: the answers still fit what was approved, and a new try reads everything again. */
function hold<K extends Known>(state: DialogState, objections: readonly string[], known: K): Advanced<K> {
  const { revision } = state;
  const held = { ...state, revision: revision + 1, status: 'waiting', pending: [], fresh: [], objections } as const;
  return { state: held, effects: [{ do: 'hold', known }] };
}

/**
 * After a reading that got worse, or that later answers no longer fit: whatever starts something is asked again, and so
 * is the first answer that doesn't fit, with everything after it. The other answers stay, so that one click asks again.
 * If nothing is left to ask, the dialog stays open until somebody checks again: nothing starts on a reading that nobody
 * saw.
 */
function askAgainAfter<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  state: DialogState,
  stepId: string,
): Advanced<K> | Refusal {
  const trail = keptTrail(flow, state.trail, stepId);
  const kept: DialogState = { ...state, status: 'open', approved: false, pending: [], trail };
  const { refusal, next } = positionIn(flow, kept);
  const fit = refusal && next ? { ...kept, trail: trailBefore(flow, kept.trail, next.id) } : kept;
  return askOrWait(flow, fit, refuse('got-worse'));
}

/** Continues a dialog of another release; what today's flow no longer accepts is asked again. */
function goOn<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  state: DialogState,
  shortened: boolean,
): Advanced<K> | Refusal {
  const open: DialogState = { ...state, revision: state.revision + 1, status: 'open', pending: [], fresh: [] };
  return shortened ? askOrWait(flow, open, refuse('revived')) : settle(flow, open, null);
}

function askOrWait<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  state: DialogState,
  because: Refusal,
): Advanced<K> | Refusal {
  const { next } = positionIn(flow, state);
  return next ? settle(flow, state, because) : { state, effects: [{ do: 'draw', because }] };
}

function lookupOf<K extends Known, Estate>(flow: Flow<K, Estate>, known: K, step: string): Effect<K> {
  return { do: 'lookup', step, basis: basisFor(flow, known, step), known };
}

function basisFor<K extends Known, Estate>(flow: Flow<K, Estate>, known: K, step: string): string {
  return basisOf(answersBefore(flow, known, step));
}
