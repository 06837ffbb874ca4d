/**
 * What a dialog is made of. A flow is a table of steps in the order of their asking. An ask step takes an answer from a
 * person, out of what it offers; a find step takes a reading of Azure or of the store, made outside the turn. The
 * functions of a flow are pure but for `lookup`. `Estate` is what lookups read.
 */
import type { Json } from '../core/json.ts';
import type { Refusal } from '../core/refusal.ts';

/** What is known so far, by step id: accepted answers, presets and found readings. Later steps are not in it yet. */
export type Known = Readonly<Record<string, unknown>>;

/** The result of parsing an input: the value, or why it is refused. */
export type Parsed = { readonly value: Json } | Refusal;

/** A step that asks. An input that `parse` refuses changes nothing; what it accepts must be among what was offered. */
type AskStep<K extends Known> = {
  readonly kind: 'ask';
  readonly id: string;
  readonly when?: (known: K) => boolean;
  /** A default answer, until somebody chooses otherwise ("Change"); undefined: the step has to be asked. */
  readonly preset?: (known: K) => Json | undefined;
  readonly parse: (input: unknown, known: K) => Parsed;
  /**
   * What of an input is kept when a dialog that had ended is reopened, or only checks again; absent: all of it; null:
   * nothing.
   */
  readonly reopened?: (input: Json) => Json | null;
};

/** An answer that starts or confirms something is required each time. */
export const neverKept = (): null => null;

/** A step that looks something up. Its result is stored as JSON with the answers it came from. */
type FindStep<K extends Known, Estate> = {
  readonly kind: 'find';
  readonly id: string;
  readonly when?: (known: K) => boolean;
  /** The version of its result's shape; a result stored in another version is read again. Absent: 1. */
  readonly shape?: number;
  readonly lookup: (known: K, estate: Estate) => Promise<Json>;
  /** What its stored result says. Absent: the result itself. */
  readonly read?: (stored: Json) => Json;
  /** An earlier find step whose result this one replaces, for all steps after it and for the plan. */
  readonly replaces?: string;
  /** Whether the reading got worse since it was shown, so that nothing can start on it. Absent: it never does. */
  readonly worse?: (shown: K, now: K) => boolean;
  /**
   * Why Azure refuses the plan now, in its words, although nothing in the plan changed; empty: it doesn't. Another try
   * may succeed, so an approval stays valid for it. Absent: the step never checks that.
   */
  readonly objections?: (known: K) => readonly string[];
};

/** A step of a flow. */
export type Step<K extends Known, Estate> = AskStep<K> | FindStep<K, Estate>;

/** A dialog's table. `renamed` maps an old step id to its new one, so that dialogs survive a deploy. */
export type Flow<K extends Known = Known, Estate = unknown> = {
  readonly name: string;
  readonly steps: readonly Step<K, Estate>[];
  readonly renamed?: Readonly<Record<string, string>>;
  /** The part of a refused submission, less than the whole, that is valid on its own; null: none. */
  readonly mend?: (
    inputs: Readonly<Record<string, unknown>>,
    refusal: Refusal,
  ) => Readonly<Record<string, unknown>> | null;
};

/** Types a flow's table. */
export function flow<K extends Known, Estate>(table: Flow<K, Estate>): Flow<K, Estate> {
  return table;
}
