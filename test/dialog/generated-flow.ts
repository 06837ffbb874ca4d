/**
 * Randomly generated flows and dialogs: the steps, what each offers and finds and when it applies all follow from small
 * numbers and from what is known before, so that a failing case is small and readable.
 */
import fc from 'fast-check';
import type { Json } from '../../src/core/json.ts';
import { isRefusal, refuse } from '../../src/core/refusal.ts';
import { advance, begin, type Advanced, type DialogEvent, type Effect } from '../../src/dialog/advance.ts';
import type { Flow, Known, Step } from '../../src/dialog/flow.ts';
import { positionIn, type DialogState } from '../../src/dialog/state.ts';

/** How one step of a generated flow behaves. */
export type StepSpec = {
  readonly id: string;
  readonly kind: 'ask' | 'find';
  /** It applies always (0), or unless the sum of the known values is divisible by this. */
  readonly unless: number;
  /** An ask step: how many values it offers, and whether it has a preset. */
  readonly offers: number;
  readonly preset: boolean;
};

/** The result of a find step: it depends on what is known and on the `weather` outside, which may change. */
export type Weather = number;

const stepSpec = (id: string): fc.Arbitrary<StepSpec> =>
  fc.record({
    id: fc.constant(id),
    kind: fc.constantFrom('ask', 'ask', 'find'),
    unless: fc.constantFrom(0, 0, 2, 3),
    offers: fc.integer({ min: 1, max: 3 }),
    preset: fc.boolean(),
  });

/** Flows of one to six steps, in any order of their ids. */
export const flowSpecs: fc.Arbitrary<readonly StepSpec[]> = fc
  .shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f'], { minLength: 1 })
  .chain((ids) => fc.tuple(...ids.map(stepSpec)));

/** The flow of a specification. */
export function flowOf(specs: readonly StepSpec[]): Flow {
  return { name: 'generated', steps: specs.map(stepOf) };
}

function stepOf(spec: StepSpec): Step<Known, unknown> {
  const when = spec.unless === 0 ? {} : { when: (known: Known) => sum(known) % spec.unless !== 0 };
  if (spec.kind === 'find') {
    return { kind: 'find', id: spec.id, ...when, lookup: notInTests, worse: isLess(spec.id) };
  }
  const preset = spec.preset ? { preset: (known: Known) => offersOf(spec, known)[0] } : {};
  const parse = (input: unknown, known: Known) =>
    offersOf(spec, known).includes(input as number) ? { value: input as number } : refuse('not-offered');
  return { kind: 'ask', id: spec.id, ...when, ...preset, parse };
}

/** What a step offers: numbers that depend on what is known, so that an old answer may no longer fit. */
export function offersOf(spec: StepSpec, known: Known): number[] {
  const first = sum(known) % 3;
  return Array.from({ length: spec.offers }, (_, i) => first + i);
}

/** A find step's reading; worse means less than was shown. */
export function readingOf(known: Known, weather: Weather): number {
  return (sum(known) + weather) % 4;
}

const isLess = (id: string) => (shown: Known, now: Known) => Number(now[id]) < Number(shown[id]);
const notInTests = () => Promise.reject(new Error('not in tests'));

function sum(known: Known): number {
  return Object.values(known).reduce<number>((total, value) => total + Number(value), 0);
}

/** What happens next in a generated dialog; it becomes an event once the dialog's state is known. */
export type Move =
  | { readonly do: 'answer'; readonly pick: number; readonly step: number; readonly typed: boolean }
  | { readonly do: 'nonsense'; readonly step: string; readonly value: number }
  | { readonly do: 'reading'; readonly weather: Weather }
  | { readonly do: 'change'; readonly step: number }
  | { readonly do: 'back' | 'again' | 'cancel' | 'expire' };

const answer: fc.Arbitrary<Move> = fc.record({
  do: fc.constant('answer' as const),
  pick: fc.nat(2),
  step: fc.nat(5),
  typed: fc.boolean(),
});
const reading: fc.Arbitrary<Move> = fc.record({ do: fc.constant('reading' as const), weather: fc.nat(3) });

/** Sequences of moves that mostly go forward. */
export const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: answer },
    { weight: 8, arbitrary: reading },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('nonsense' as const),
        step: fc.constantFrom('a', 'b', 'zz'),
        value: fc.integer({ min: -1, max: 9 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), step: fc.nat(5) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('back' as const, 'again' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'expire' as const) }) },
  ),
  { maxLength: 30 },
);

/** The event of a move in this state; null if the move is impossible. */
export function eventOf(specs: readonly StepSpec[], state: DialogState, move: Move): DialogEvent | null {
  const { revision } = state;
  switch (move.do) {
    case 'answer':
      return answerEvent(specs, state, move);
    case 'nonsense':
      return { kind: 'submit', revision, inputs: { [move.step]: move.value } };
    case 'reading':
      return readingEvent(specs, state, move.weather);
    case 'change': {
      const step = specs[move.step % specs.length] as StepSpec;
      return { kind: 'change', step: step.id, revision };
    }
    case 'expire':
      return { kind: 'expire' };
    case 'back':
    case 'again':
    case 'cancel':
      return { kind: move.do, revision };
  }
}

/** Answers the current question, or one that was answered before. */
function answerEvent(specs: readonly StepSpec[], state: DialogState, move: Extract<Move, { do: 'answer' }>) {
  const { known, next } = positionIn(flowOf(specs), state);
  const open = specs.filter((spec) => spec.kind === 'ask' && (spec.id in known || spec.id === next?.id));
  const chosen = move.step === 0 ? open.find((spec) => spec.id === next?.id) : open[move.step % open.length];
  if (!chosen) return null;
  const offers = offersOf(chosen, knownBefore(specs, known, chosen.id));
  const inputs = { [chosen.id]: offers[move.pick % offers.length] as number };
  return { kind: 'submit' as const, inputs, revision: move.typed ? ('typed' as const) : state.revision };
}

/** The result of the reading that the dialog waits for. */
export function readingEvent(specs: readonly StepSpec[], state: DialogState, weather: Weather): DialogEvent | null {
  const lookup = lookups.get(state); // requested by the event that led here
  if (!lookup) return null;
  const value: Json = readingOf(knownBefore(specs, lookup.known, lookup.step), weather);
  return { kind: 'found', step: lookup.step, value, at: '2026-11-24T03:00:00Z', basis: lookup.basis };
}

type Lookup = Extract<Effect<Known>, { do: 'lookup' }>;
const lookups = new WeakMap<DialogState, Lookup>();

/** A stored and revived dialog still waits for the same reading; the row keeps that. */
export function keepsWaiting(stored: DialogState, revived: DialogState): DialogState {
  const lookup = lookups.get(stored);
  if (lookup) lookups.set(revived, lookup);
  return revived;
}

/** Moves a dialog and remembers what it then waits for, as the bot does. */
export function step(specs: readonly StepSpec[], state: DialogState, event: DialogEvent): Advanced<Known> | null {
  const moved = advance(flowOf(specs), state, event);
  if (isRefusal(moved)) return null;
  const lookup = moved.effects.find((effect) => effect.do === 'lookup');
  if (lookup) lookups.set(moved.state, lookup);
  return moved;
}

/** What is known from the steps before one. */
export function knownBefore(specs: readonly StepSpec[], known: Known, id: string): Known {
  const before = specs
    .slice(
      0,
      specs.findIndex((spec) => spec.id === id),
    )
    .map((spec) => spec.id);
  return Object.fromEntries(before.filter((name) => name in known).map((name) => [name, known[name]]));
}

/** One accepted event of a history. */
export type Taken = { readonly from: DialogState; readonly event: DialogEvent; readonly to: Advanced<Known> };

/** The first event opens a dialog: nothing is known, so there is a question or a reading. */
export function opened(specs: readonly StepSpec[]): DialogState {
  const first = begin('generated');
  const moved = step(specs, first, { kind: 'again', revision: 0 });
  return moved ? moved.state : first;
}

/** Plays moves from the opening on; refused ones change nothing and are left out. */
export function play(specs: readonly StepSpec[], all: readonly Move[]): { state: DialogState; taken: Taken[] } {
  const taken: Taken[] = [];
  let state = opened(specs);
  for (const move of all) {
    const event = eventOf(specs, state, move);
    const to = event && step(specs, state, event);
    if (!event || !to) continue;
    taken.push({ from: state, event, to });
    state = to.state;
  }
  return { state, taken };
}
