import { digestOf } from '../core/digest.ts';
import type { Json } from '../core/json.ts';
import { isRefusal, refuse, type Refusal } from '../core/refusal.ts';
import type { Flow, Known, Step } from './flow.ts';
import { ownOf } from '../core/own-of.ts';

/**
 * A dialog as it is stored. `trail` is what people did, oldest first; everything else follows from it and from what was
 * found. A dialog is `open` until all is answered and `checking` while every reading is made again before the start. If
 * others have to approve it first it is `waiting` for them, and then `checking` again. Finally it is `done`,
 * `cancelled` or `expired`, for good.
 */
export type DialogState = {
  readonly flow: string;
  readonly revision: number;
  readonly status: 'open' | 'checking' | 'waiting' | 'done' | 'cancelled' | 'expired';
  readonly trail: readonly TrailEntry[];
  readonly found: Readonly<Record<string, Found>>;
  /** While checking: the find steps that still have to be repeated. */
  readonly pending: readonly string[];
  /** Find steps that were read since a person last did something: they need not be repeated before the start. */
  readonly fresh: readonly string[];
  /**
   * Everything is being read again since it was approved. A reading that another release made in another form is made
   * anew: what would start is compared with what was approved, so nobody has to have seen that reading.
   */
  readonly approved?: boolean;
  /**
   * Why Azure refused at the last check after the approval, in its words; the dialog waits, under the same approval,
   * until somebody tries again. Absent: it never refused since approval was requested.
   */
  readonly objections?: readonly string[];
  /** Why the gate refused what was approved, at its start: that ended the dialog. */
  readonly refused?: Refusal;
  /**
   * The last answer to each question, whether it counts or not: a question that is asked again comes filled in with it.
   * What starts or confirms something is not kept. Absent: nothing was answered yet, or only in an earlier release.
   */
  readonly earlier?: Readonly<Record<string, Json>>;
};

/** One thing that was done: answers given together, or a preset that was taken away. */
export type TrailEntry =
  | { readonly did: 'answer'; readonly inputs: Readonly<Record<string, Json>> }
  | { readonly did: 'open'; readonly step: string };

/** A reading with its time and the digest of the answers it came from. */
type Found = { readonly value: Json; readonly at: string; readonly basis: string; readonly shape?: number };

/**
 * The position of a dialog: what is known, the step that is next (null: nothing left), and what was refused on the way.
 */
type Position<K extends Known, Estate> = {
  readonly known: K;
  readonly next: Step<K, Estate> | null;
  readonly refusal: Refusal | null;
};

type Walk = { known: Record<string, unknown>; answers: Record<string, unknown> };

/** Computes a dialog's position under today's flow. Pure. */
export function positionIn<K extends Known, Estate>(flow: Flow<K, Estate>, state: DialogState): Position<K, Estate> {
  const given = answersOf(flow, state.trail);
  const walk: Walk = { known: {}, answers: {} };
  for (const step of flow.steps) {
    const known = walk.known as K;
    if (step.when && !step.when(known)) continue;
    const settled = step.kind === 'ask' ? settleAsk(step, given, walk) : settleFind(step, state, walk);
    if (settled === true) continue;
    return { known, next: step, refusal: settled || null };
  }
  return { known: walk.known as K, next: null, refusal: null };
}

/** The digest of the answers given so far: a reading made under another one does not count. */
export function basisOf(answers: Readonly<Record<string, unknown>>): string {
  return digestOf(answers);
}

/** The answers that come before a find step, for its basis. */
export function answersBefore<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  known: K,
  stepId: string,
): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  for (const step of flow.steps) {
    if (step.id === stepId) break;
    if (step.kind === 'ask' && Object.hasOwn(known, step.id)) answers[step.id] = ownOf(known, step.id);
  }
  return answers;
}

/** The readings that the plan rests on and that are older than the last thing a person did. */
export function staleReadings<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  state: DialogState,
  known: K,
): readonly string[] {
  const used = flow.steps.filter((step) => step.kind === 'find' && Object.hasOwn(known, step.id));
  const replaced = used.map((step) => step.kind === 'find' && step.replaces);
  return used.map(({ id }) => id).filter((id) => !replaced.includes(id) && !state.fresh.includes(id));
}

type Given = { readonly inputs: ReadonlyMap<string, Json>; readonly opened: ReadonlySet<string> };

function answersOf<K extends Known, Estate>(flow: Flow<K, Estate>, trail: readonly TrailEntry[]): Given {
  const inputs = new Map<string, Json>();
  const opened = new Set<string>();
  for (const entry of trail) {
    if (entry.did === 'open') {
      opened.add(entry.step);
      dropFrom(flow, inputs, entry.step);
      continue;
    }
    for (const step of flow.steps) {
      const input = ownOf(entry.inputs, step.id);
      if (input === undefined) continue;
      dropFrom(flow, inputs, step.id);
      inputs.set(step.id, input);
    }
  }
  return { inputs, opened };
}

/** An answer drops every later one, even if it replaces a preset: those came from what was known then. */
function dropFrom<K extends Known, Estate>(flow: Flow<K, Estate>, inputs: Map<string, Json>, stepId: string): void {
  const at = flow.steps.findIndex((step) => step.id === stepId);
  for (const step of flow.steps.slice(at)) inputs.delete(step.id);
}

function settleAsk<K extends Known>(
  step: Extract<Step<K, unknown>, { kind: 'ask' }>,
  given: Given,
  walk: Walk,
): true | Refusal | false {
  const input = given.inputs.get(step.id);
  if (input !== undefined) {
    const parsed = parseSafely(step, input, walk.known as K);
    if (isRefusal(parsed)) return parsed;
    walk.known[step.id] = parsed.value;
    walk.answers[step.id] = parsed.value;
    return true;
  }
  const preset = given.opened.has(step.id) ? undefined : step.preset?.(walk.known as K);
  if (preset === undefined) return false;
  walk.known[step.id] = preset;
  walk.answers[step.id] = preset;
  return true;
}

function parseSafely<K extends Known>(step: Extract<Step<K, unknown>, { kind: 'ask' }>, input: Json, known: K) {
  try {
    return step.parse(input, known);
  } catch {
    return refuse('not-offered'); // a stored input that today's flow cannot even read is asked again
  }
}

type Reads = {
  readonly id: string;
  readonly replaces?: string;
  readonly shape?: number;
  readonly read?: (stored: Json) => Json;
};

function settleFind(step: Reads, state: DialogState, walk: Walk): boolean {
  const found = ownOf(state.found, step.id);
  if (!found || found.basis !== basisOf(walk.answers) || (found.shape ?? 1) !== (step.shape ?? 1)) return false;
  const value = step.read ? step.read(found.value) : found.value;
  walk.known[step.id] = value;
  if (step.replaces !== undefined) walk.known[step.replaces] = value;
  return true;
}
