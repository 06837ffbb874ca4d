/** How each kind of part describes itself on cards: in the plan, while it runs, and after its end. Pure. */
import type { Block, Button, Link, Mark, Section, Step } from '../../message/card-data.ts';
import type { KeyOf, Words } from '../../message/words.ts';
import type { Failure, Kind, Outcome, PartState } from '../ground/part.ts';
import type { Part } from '../parts/parts.ts';
import type { Plan, Told } from '../parts/plan.ts';

/** A part that succeeded. */
type Done = Extract<Outcome, { ended: 'done' }>;

/**
 * What kind of consequence it is, the gravest first: in this order they are told. `overwrites`, `deletes`: of what
 * exists now; `starts`: a new VM runs; `creates`, `changes`: anything else; `keys`: a key vault is written to; `reads`:
 * who can read the result; `costs`: the bill; `doubts`: what may keep it from succeeding, or is left to a person.
 */
export const weights = [
  'overwrites',
  'deletes',
  'starts',
  'creates',
  'changes',
  'keys',
  'reads',
  'costs',
  'doubts',
] as const;

/** One consequence of a plan, in one sentence. */
export type Effect = { readonly weight: (typeof weights)[number]; readonly text: string };

/** What the consequences of parts depend on besides them: their plan, what is told with it, and the time. */
type Around = { readonly plan: Pick<Plan, 'parts'>; readonly told: Told; readonly now: Date };

/** The wording of one kind of part. */
export type PartWords<K extends Kind> = {
  /** What it will do, one line per step. */
  readonly planLines: (words: Words, part: K['part'], now: Date) => readonly string[];
  /** How it does that, and why: what is no step of its own; absent: nothing to say. */
  readonly planNotes?: (words: Words, part: K['part']) => readonly string[];
  /** The equivalent command, exactly as it is typed. */
  readonly command: (part: K['part'], now: Date) => string;
  /** The consequences of all its parts in a plan together: nobody decides about it without these; empty: none stays. */
  readonly effects: (words: Words, parts: readonly K['part'][], around: Around) => readonly Effect[];
  /** Some of them in full, in folds; absent: there is no more to say. */
  readonly inFull?: (words: Words, part: K['part'], told: Told) => readonly Section[];
  /**
   * What somebody asks for who asks for these parts, as a verb phrase, the fullest first; empty or absent: they only
   * follow from another part.
   */
  readonly ask?: (words: Words, parts: readonly K['part'][], plan: Pick<Plan, 'parts'>) => readonly string[];
  /** Its phases while it runs and afterwards. */
  readonly phases: (words: Words, part: K['part'], state: PartState<K['memo']>) => readonly Step[];
  /** What is being done now, as a title. */
  readonly doing: (words: Words, part: K['part'], state: PartState<K['memo']>) => string;
  /** Where it acts, for the line under the title; null if that says nothing. */
  readonly place: (part: K['part']) => string | null;
  readonly links: (words: Words, part: K['part'], state: PartState<K['memo']>) => readonly Link[];
  /** The verdict on its success; `took` is the time of the whole operation in milliseconds. */
  readonly done: (
    words: Words,
    part: K['part'],
    end: { outcome: Done; took: number; endedAt: Date },
  ) => { mark: Mark; title: string };
  /** What can be done next, the best first; each opens a card and starts nothing. */
  readonly next?: (words: Words, part: K['part'], memo: K['memo']) => readonly Button[];
  /** The proof that it was done; `alone`: no other part shows it already; `done`: what finished parts did. */
  readonly proof: (
    words: Words,
    part: K['part'],
    end: { outcome: Done; memo: K['memo']; alone: boolean; done: ReadonlySet<Part['does']>; now: Date },
  ) => readonly Block[];
  /** Where its proof comes among those of other parts: `-1` before them, `1` after them; absent: in between. */
  readonly proofRank?: -1 | 1;
  /** What a person still has to do once it is done; absent: nothing. */
  readonly todo?: (words: Words, part: K['part'], memo: K['memo']) => readonly Block[];
  /** What still exists if it didn't succeed, and what that costs. */
  readonly left?: (words: Words, part: K['part'], memo: K['memo']) => readonly Block[];
  /** The command that starts it again, if that isn't the one about its VM. */
  readonly again?: (part: K['part']) => string;
  /** The command that retries just this, if the knowledge says that it is worth it. */
  readonly retry?: (part: K['part']) => string;
  /** What is worth knowing while it runs; `beside`: the other parts of its plan. */
  readonly notes?: (
    words: Words,
    part: K['part'],
    at: { state: PartState<K['memo']>; beside: readonly Part[] },
  ) => readonly string[];
  /** Whether it leaves a running VM as it is, which is said while it runs; absent: there is nothing to say. */
  readonly leavesVm?: true;
  /** What a person has to fix before it continues, in a few words; null or absent: it waits for nobody. */
  readonly waits?: (words: Words, state: PartState<K['memo']>) => string | null;
  /** What it waited for in vain, as the reason in a title; null or absent: the failure itself says why. */
  readonly gaveUp?: (words: Words, end: { failure: Failure; memo: K['memo'] }) => string | null;
  /** What a person has to do before it can continue, while it waits for that or has given up on it; empty: nothing. */
  readonly guide?: (words: Words, part: K['part'], state: PartState<K['memo']>) => readonly Block[];
  /** Whether its job can be cancelled now, or why not any more; absent: it has nothing to cancel. */
  readonly cancel?: (state: PartState<K['memo']>) => CancelState;
  /** Until when its result is kept; null: it doesn't decide that. */
  readonly keptUntil?: (part: K['part'], state: PartState<K['memo']>) => Date | null;
  /** The command that undoes what it did, if there is one. */
  readonly undo?: (part: K['part']) => string | undefined;
  /** The verdict on its failure. */
  readonly failed: (words: Words, part: K['part'], cause: string) => string;
  /** The short new message at a good end. */
  readonly ping: (words: Words, part: K['part'], memo: K['memo']) => string;
};

/**
 * The state of a cancel. `unknown`: there is no sign yet; `barred`: the person who requested it isn't allowed to;
 * `refused`: by Azure.
 */
export type CancelState = 'unknown' | 'possible' | 'too-late' | 'barred' | 'refused' | 'no';

/** How many VMs are named before the others are counted. */
const maxVms = 3;

/** The VMs of parts, by name. */
export function vmsOf({ names }: Words, parts: readonly { readonly vm: { readonly name: string } }[]): string {
  return names([...new Set(parts.map(({ vm }) => vm.name))], maxVms);
}

/** The mark of a part as one step. */
export function markOf(state: PartState): Step['state'] {
  if (!state.outcome) return state.began ? 'now' : 'next';
  switch (state.outcome.ended) {
    case 'done':
    case 'half-done':
      return 'done';
    case 'failed':
      return 'failed';
    case 'skipped':
    case 'cancelled':
      return 'skipped';
  }
}

/** What a step does: what has a text for when it is done, and one for now. */
type Phase = { [K in KeyOf<'phase'>]: `${K}-now` extends KeyOf<'phase'> ? K : never }[KeyOf<'phase'>];

/** A phase, its note, and the names in its text. */
export type NamedPhase = {
  readonly phase: Phase;
  readonly note?: string | undefined;
  readonly names?: Partial<typeof noNames>;
};

const noNames = { vm: '', keyVault: '', account: '', subnet: '' };

/** A part that is one step. */
export function partStep(words: Words, state: PartState, named: Omit<NamedPhase, 'note'>): Step {
  return phaseStep(words, markOf(state), { ...named, note: noteOf(words, state) });
}

/** A step whose text says its state, since a screen reader may not read its icon: as done, or as what is being done. */
export function phaseStep({ say }: Words, state: Step['state'], { phase, note, names = {} }: NamedPhase): Step {
  const all = { ...noNames, ...names };
  const text = state === 'done' ? say(`phase.${phase}`, all) : say(`phase.${phase}-now`, all);
  return { state, text, note: note ?? (state === 'done' ? undefined : stateNote({ say }, state)) };
}

/** The state of a step, if nothing else says it. */
export function stateNote({ say }: Pick<Words, 'say'>, state: Step['state']): string | undefined {
  switch (state) {
    case 'done':
      return say('note.done');
    case 'next':
      return say('note.to-come');
    case 'failed':
      return say('note.failed');
    case 'skipped':
      return say('note.not-started');
    default:
      return undefined;
  }
}

/** The note next to a part that is one step: since when, how long it took, or which attempt this is. */
export function noteOf(
  words: Words,
  { outcome, began, endedAt, dueAt }: PartState,
  tries: number | undefined = 0,
): string | undefined {
  const { say } = words;
  if (outcome?.ended === 'done' && outcome.adopted) return say('note.already');
  if (outcome?.ended === 'done' && began && endedAt) {
    const took = words.duration(Date.parse(endedAt) - Date.parse(began));
    return say('note.took', { at: words.time(new Date(endedAt)), took });
  }
  if (outcome || !began) return undefined;
  if (tries > 0) return say('note.retry', { at: words.time(new Date(dueAt)), n: tries + 1 });
  return say('note.since', { at: words.time(new Date(began)) });
}
