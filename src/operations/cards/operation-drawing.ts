/** What an operation's cards are rendered from, and what the running and the closing one share. Pure. */
import { isPerson, type Actor, type Person } from '../../core/person.ts';
import type { JobStart } from '../../core/books.ts';
import type { Block, Link, Step } from '../../message/card-data.ts';
import { joined } from '../../message/choices.ts';
import type { Words } from '../../message/words.ts';
import { partKindOf } from '../list.ts';
import type { withGlass } from './break-glass-card.ts';
import type { FollowedJob } from '../dialogs/operation.ts';
import type { PartState } from '../ground/part.ts';
import type { Part } from '../parts/parts.ts';
import type { Plan } from '../parts/plan.ts';
import type { PartStates } from '../wording/progress.ts';

/** The operation as a card reads it. */
export type OperationToDraw = {
  readonly id: string;
  readonly status: string;
  readonly plan: Plan;
  readonly parts: PartStates;
  readonly digest: string;
  readonly requester: Actor;
  readonly createdAt: Date;
  readonly cancelAsked: Person | null;
  /** Who started it without the approvals that it needs; null: nobody did. */
  readonly glass: Parameters<typeof withGlass>[1];
  /** Who approved it, and the ticket (null: none); null: it needed no approval. */
  readonly approval: { readonly approvers: readonly string[]; readonly ticket: string | null } | null;
  /** Who started the job that it only follows; null: nobody here; absent: not looked up, or it follows none. */
  readonly followed?: JobStart | null;
};

/** An operation with everything its cards need. */
export type OperationDrawing = {
  readonly words: Words;
  readonly operation: OperationToDraw;
  readonly now: Date;
};

/** Who started it, by name. */
export function starterName({ say }: Words, requester: Actor): string {
  return isPerson(requester) ? requester.name : say(`actor.${requester.system}`);
}

/**
 * Who started it, on whose approval, and the ticket, in one line; `at`: with that time. Whoever broke the glass started
 * it, not the requester, and who follows a backup of somebody else didn't start that.
 */
export function startedText(words: Words, operation: OperationToDraw, at?: Date): string {
  const { say } = words;
  const { requester, approval, glass } = operation;
  const named = { who: starterName(words, requester), at: at ? words.time(at) : 'none' };
  const approvers = approval?.approvers ?? [];
  return joined([
    ...(follows(operation)
      ? [say('started.elsewhere', { by: starterOfJob(words, operation) }), say('started.followed', named)]
      : [say(glass ? 'started.requested' : 'started.by', named)]),
    approvers.length > 0 ? say('started.approved', { who: words.names(approvers) }) : undefined,
    approval?.ticket ?? undefined,
  ]);
}

/** Whether it only follows a job that somebody else started. */
function follows({ plan, parts }: OperationToDraw): boolean {
  return plan.vms.length === 1 && plan.parts.some((part) => jobOf(part, parts)?.joined === true);
}

/** By name; `nobody`: it wasn't started through Kluis, as far as is known. */
function starterOfJob({ say }: Words, { followed }: OperationToDraw): string {
  if (!followed) return 'nobody';
  return 'name' in followed.by ? followed.by.name : say(`actor.${followed.by.system}`);
}

/** The wording of a part. */
export function wordsOfPart(part: Part): ReturnType<typeof partKindOf>['words'] {
  return partKindOf(part).words;
}

/** The Azure job that a part follows or has followed; null: none so far. */
export function jobOf(part: Part, states: PartStates): FollowedJob | null {
  const state = states[part.id];
  return (state && partKindOf(part).job?.(part, state)) ?? null;
}

/** The phases of a plan in their order, each with what is known about it. */
export function phasesOf(words: Words, plan: Plan, states: PartStates): Step[] {
  return plan.parts.flatMap((part) => wordsOfPart(part).phases(words, part, states[part.id] as PartState));
}

/** What a person has to do before a plan can continue, or should have done. */
export function guideOf(words: Words, plan: Plan, states: PartStates): Block[] {
  return plan.parts.flatMap((part) => wordsOfPart(part).guide?.(words, part, states[part.id] as PartState) ?? []);
}

/** Links to the targets of the parts. */
export function partLinks(words: Words, plan: Plan, states: PartStates): Link[] {
  return plan.parts.flatMap((part) => wordsOfPart(part).links(words, part, states[part.id] as PartState));
}

/** Why it isn't getting on, and since when: Azure doesn't respond, or the next call to it waits. */
export function waitNotes(words: Words, { parts }: OperationToDraw): string[] {
  const open = Object.values(parts).filter(({ outcome }) => outcome === null);
  const at = (since: string) => words.time(new Date(since));
  const silent = open.find(({ silentSince }) => silentSince)?.silentSince;
  const stalled = open.find((state) => state.stalled)?.stalled;
  return [
    ...(silent ? [words.say('progress.azure-silent', { at: at(silent) })] : []),
    ...(stalled ? [words.say(`progress.stalled-${stalled.by}`, { at: at(stalled.since) })] : []),
  ];
}

/** The commands that undo what succeeded, if there are any. */
export function undoCommands(plan: Plan, states: PartStates): string[] {
  return plan.parts.flatMap((part) => {
    const outcome = states[part.id]?.outcome;
    const isOwn = outcome?.ended === 'done' && !outcome.adopted;
    const command = isOwn ? wordsOfPart(part).undo?.(part) : undefined;
    return command ? [command] : [];
  });
}
