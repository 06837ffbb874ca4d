/** What each kind of part says of itself on cards: in the plan, while it runs, and after its end. Pure. */
import type { Block, Button, Link, Mark, Section, Step } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { Kind, Outcome, PartState } from '../part.ts';
import type { Part } from '../parts.ts';
import type { Told } from '../plan.ts';

/** A part that succeeded. */
type Done = Extract<Outcome, { ended: 'done' }>;

/** What the people who decide on a plan are told in addition to what it does. */
type Consequences = { readonly lines: readonly string[]; readonly more: readonly Section[] };

/** The words of one kind of part. */
export type PartWords<K extends Kind> = {
  /** What it will do, a line per step. */
  readonly planLines: (words: Words, part: K['part'], now: Date) => readonly string[];
  /** The equivalent command, exactly as it is typed. */
  readonly command: (part: K['part'], now: Date) => string;
  /** What it means for others, in lines next to the plan and in folds; absent: nothing that must be said. */
  readonly consequences?: (words: Words, part: K['part'], told: Told) => Consequences;
  /** Its phases while it runs and afterwards. */
  readonly phases: (words: Words, part: K['part'], state: PartState<K['memo']>) => readonly Step[];
  /** What is being done now, as a title. */
  readonly doing: (words: Words, part: K['part'], state: PartState<K['memo']>) => string;
  /** Where it acts, for the line under the title; null where that says nothing. */
  readonly place: (part: K['part']) => string | null;
  readonly links: (words: Words, part: K['part'], state: PartState<K['memo']>) => readonly Link[];
  /** The verdict on its success; `took` is the time of the whole operation in milliseconds. */
  readonly done: (
    words: Words,
    part: K['part'],
    end: { outcome: Done; took: number; endedAt: Date },
  ) => { mark: Mark; title: string };
  /** What can be done next, the best first; each opens a card and starts nothing. */
  readonly next?: (words: Words, part: K['part']) => readonly Button[];
  /** What was done, as the proof of it; `alone`: no other part says it already. */
  readonly proof: (
    words: Words,
    part: K['part'],
    end: { outcome: Done; memo: K['memo']; alone: boolean; now: Date },
  ) => readonly Block[];
  /** What exists of it now if it did not succeed, and what that costs. */
  readonly left?: (words: Words, part: K['part'], memo: K['memo']) => readonly Block[];
  /** The command that starts it again, if that is not the one about its VM. */
  readonly again?: (part: K['part']) => string;
  /** The command that retries just this, if the knowledge says that this is worth it. */
  readonly retry?: (part: K['part']) => string;
  /** What is worth knowing while it runs; `beside`: the other parts of its plan. */
  readonly notes?: (
    words: Words,
    part: K['part'],
    at: { state: PartState<K['memo']>; beside: readonly Part[] },
  ) => readonly string[];
  /** What it waits for a person to fix, in a few words; null, and absent: it waits for nobody. */
  readonly waits?: (words: Words, state: PartState<K['memo']>) => string | null;
  /** What a person has to do before it can continue, while it waits for that or has given up on it; empty: nothing. */
  readonly guide?: (words: Words, part: K['part'], state: PartState<K['memo']>) => readonly Block[];
  /** Whether what it runs can be cancelled now, or why not any more; absent: it runs nothing that can be. */
  readonly cancel?: (state: PartState<K['memo']>) => CancelState;
  /** Until when what it made is kept; null: that is not for it to say. */
  readonly keptUntil?: (part: K['part'], state: PartState<K['memo']>) => Date | null;
  /** The command that undoes what it did, if there is one. */
  readonly undo?: (part: K['part']) => string | undefined;
  /** The verdict on its failure; `cause` null: unknown. */
  readonly failed: (words: Words, part: K['part'], cause: string | null) => string;
  /** The short new message at a good end. */
  readonly ping: (words: Words, part: K['part']) => string;
};

/** The state of a cancel. `unknown`: it has not shown yet; `barred`: the person who requested it isn't allowed to. */
export type CancelState = 'unknown' | 'possible' | 'too-late' | 'barred' | 'no';

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

type Phase =
  | 'grant-write'
  | 'grant-wait'
  | 'protect'
  | 'disks'
  | 'policy'
  | 'cancel'
  | 'recover-key-vault'
  | 'restore-key-and-secret'
  | 'point-disks-to-keys';
type Named = { readonly phase: Phase; readonly note?: string | undefined; readonly keyVault?: string };

/** A step whose words say its state, since a screen reader may not read its icon: as done, or as what is being done. */
export function phaseStep({ say }: Words, state: Step['state'], { phase, note, keyVault = '' }: Named): Step {
  const text = state === 'done' ? say(`phase.${phase}`, { keyVault }) : say(`phase.${phase}-now`, { keyVault });
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

/** The note next to a part that is one step: since when, how long it took, or which try this is. */
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
