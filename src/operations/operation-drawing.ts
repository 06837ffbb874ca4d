/** What the cards of an operation are drawn from, and what the running and the closing one share. Pure. */
import type { Person } from '../core/person.ts';
import type { Link, Step } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import { wordsOfPart } from './list.ts';
import type { PartState } from './part.ts';
import type { Plan } from './plan.ts';
import type { PartStates } from './progress.ts';

/** The operation as a card reads it. */
export type OperationToDraw = {
  readonly id: string;
  readonly status: string;
  readonly plan: unknown;
  readonly parts: unknown;
  readonly digest: string;
  readonly requester: Person;
  readonly createdAt: Date;
  readonly cancelAsked: Person | null;
};

/** An operation with everything its cards need. */
export type OperationDrawing = {
  readonly words: Words;
  readonly operation: OperationToDraw;
  readonly now: Date;
};

/** The phases of a plan in their order, each with what is known of it. */
export function phasesOf(words: Words, plan: Plan, states: PartStates): Step[] {
  return plan.parts.flatMap((part) => wordsOfPart(part).phases(words, part, states[part.id] as PartState));
}

/** Links to what the parts touch. */
export function partLinks(words: Words, plan: Plan, states: PartStates): Link[] {
  return plan.parts.flatMap((part) => wordsOfPart(part).links(words, part, states[part.id] as PartState));
}

/** The commands that take back what succeeded, where one does. */
export function undoCommands(plan: Plan, states: PartStates): string[] {
  return plan.parts.flatMap((part) => {
    const command = states[part.id]?.outcome?.ended === 'done' ? wordsOfPart(part).undo?.(part) : undefined;
    return command ? [command] : [];
  });
}
