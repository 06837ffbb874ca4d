/**
 * One operation as one value: its name, its part with everything that runs, shows and guards it, and the dialogs that
 * lead to it. The name is the only one, in plans, in `kluis.yaml`, in the audit log and in metrics.
 */
import type { z } from 'zod';
import type { CommandSpec } from '../../message/command-spec.ts';
import type { OperationName } from '../../people/operations.ts';
import type { Ask } from '../../people/rights.ts';
import type { DialogKind } from './dialog-kind.ts';
import type { Kind, PartRunner, PartState } from '../ground/part.ts';
import type { PartWords } from '../wording/part-words.ts';
import type { About } from '../ground/targets.ts';

/** An operation. */
export type Operation<K extends Kind = Kind> = {
  readonly name: OperationName;
  /**
   * The command that leads to it; absent: it only runs as part of another operation's plan, or by that one's command.
   */
  readonly command?: CommandSpec;
  readonly part: PartKind<K>;
  /** The dialogs that end in a plan with this part first; none if it only runs as part of another operation's plan. */
  readonly dialogs: readonly DialogKind[];
};

/** One kind of part. */
export type PartKind<K extends Kind = Kind> = {
  /** The schema for what its stages hand over; its part is read by `parts.ts`. */
  readonly memo: z.ZodType<K['memo']>;
  readonly runner: PartRunner<K>;
  readonly words: PartWords<K>;
  readonly about: (part: K['part']) => About;
  /** The permissions that it needs on its targets. */
  readonly asks: (part: K['part']) => readonly Ask[];
  /** How long it waits for Azure, in milliseconds. A name that several operations use has one value. */
  readonly waits: K['waits'];
  /** The kind under which its failures are looked up in the knowledge. */
  readonly diagnoses: 'backup' | 'configure' | 'restore';
  /** The Azure job that it follows now or has followed; absent: it never follows one. */
  readonly job?: (part: K['part'], state: PartState<K['memo']>) => FollowedJob | null;
  /**
   * The right to cancel its job; `startedBy`: who started that here, null: nobody did. Absent: it has nothing to
   * cancel.
   */
  readonly cancelAsk?: (part: K['part'], startedBy: string | null) => Ask;
};

/**
 * An Azure job that a part follows. `joined`: somebody else started it; `open`: it hasn't ended, as far as is known.
 */
export type FollowedJob = { readonly id: string; readonly joined: boolean; readonly open: boolean };

/** Types an operation's value; a list holds them all as the same kind, and knows the waits of each. */
export function operation<K extends Kind>(
  value: Operation<K>,
): Operation & { readonly part: { readonly waits: K['waits'] } } {
  return value as unknown as ReturnType<typeof operation<K>>;
}

/** Known values differ from dialog to dialog; the engine treats them all as values by step ID. */
export function dialog<K extends Record<string, unknown>>(kind: DialogKind<K>): DialogKind {
  return kind as unknown as DialogKind;
}
