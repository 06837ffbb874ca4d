/** An operation's card after its end: what was done, or what failed with its cause, its fixes and the next step. */
import type { Block, Button, CardMessage, Section, Mark } from '../../message/card-data.ts';
import { countAbove } from '../../message/above-fold.ts';
import { dueText } from '../../message/due-text.ts';
import { joined } from '../../message/choices.ts';
import type { Words } from '../../message/words.ts';
import { firstFitting } from '../../message/verdict-texts.ts';
import {
  causeButtons,
  failsAgain,
  failureBlocks,
  failureCause,
  failureDetails,
  failureWhy,
  isUnknown,
  nextAction,
} from './failure-lines.ts';
import {
  guideOf,
  jobOf,
  partLinks,
  phasesOf,
  starterName,
  undoCommands,
  wordsOfPart,
  type OperationDrawing,
} from './operation-drawing.ts';
import { kindOf } from '../list.ts';
import type { Failure, Outcome } from '../part.ts';
import type { Part } from '../parts.ts';
import type { Plan } from '../plan.ts';
import { keptCost } from '../restore-disks/consequences/kept-cost.ts';
import { cleanUpPlan, resumedStates } from '../resume.ts';
import { finished, type PartStates } from './progress.ts';
import { vmsUnlessIn } from './plan-subject.ts';
import { lastGoodFacts } from './protection-lines.ts';

const dayMs = 86_400_000;

/** The verdict on an ended operation, without its icon. */
export function closingTitle(drawing: OperationDrawing): string {
  const { plan, parts } = drawing.operation;
  const decisive = decisivePart(plan, parts);
  return titleOf(drawing, decisive, parts[decisive.id]?.outcome as Outcome).title;
}

/** Renders it. Buttons that can no longer act are gone; the remaining ones start something new. */
export function closingCard(drawing: OperationDrawing): CardMessage {
  const { words, operation } = drawing;
  const plan = operation.plan;
  const states = operation.parts;
  const decisive = decisivePart(plan, states);
  const outcome = states[decisive.id]?.outcome as Outcome;
  const { mark, title } = titleOf(drawing, decisive, outcome);
  const ways = waysOn(drawing);
  const guide = guideOf(drawing.words, plan, states);
  const ends = [...endBlocks(drawing, decisive, outcome), ...alwaysBlocks(drawing, decisive), ...guide];
  const { above, below } = proofs(drawing, ends);
  return {
    template: 'sheet',
    data: {
      mark,
      title,
      subtitle: vmsUnlessIn(words, plan, title),
      why: whyOf(drawing, decisive, outcome),
      body: [...ends, ...above],
      buttons: [
        ...buttonsWith(ways, buttonsOf(words, operation, { part: decisive, outcome, goesOn: ways.length > 0 })),
        ...(outcome.ended === 'failed'
          ? causeButtons(words, decisive, { failure: outcome.failure, operation: operation.id })
          : []),
      ],
      note: noteOf(drawing, decisive, outcome),
      line: joined([lineOf(drawing, outcome), keptCost(words, { plan, parts: states })]) || undefined,
      details: detailsOf(drawing, { part: decisive, outcome, proof: below }),
      links: partLinks(words, plan, states),
      footer: footerOf(drawing, states),
    },
  };
}

/** The part that decides the verdict: the first that didn't succeed, otherwise the last. */
function decisivePart(plan: Plan, states: PartStates): Part {
  const failed = plan.parts.find((part) => states[part.id]?.outcome?.ended !== 'done');
  return (failed ?? plan.parts[plan.parts.length - 1]) as Part;
}

function titleOf(drawing: OperationDrawing, part: Part, outcome: Outcome): { mark: Mark; title: string } {
  const { words, operation } = drawing;
  const { say } = words;
  const vm = operation.plan.vms[0]?.name ?? '';
  switch (outcome.ended) {
    case 'done':
      return wordsOfPart(part).done(words, part, { outcome, took: tookOf(drawing), endedAt: endOf(drawing, part) });
    case 'half-done':
      return { mark: 'warn', title: say('half.title', { vm }) };
    case 'cancelled': {
      const who = outcome.byUs ? operation.cancelAsked?.name : undefined;
      const title = who ? say('cancelled.backup', { vm, who }) : say('cancelled.backup-elsewhere', { vm });
      return { mark: 'stopped', title };
    }
    case 'failed':
      return { mark: 'failed', title: failedTitle(words, part, outcome.failure) };
    case 'skipped':
      return { mark: 'stopped', title: vm };
  }
}

/** That it wasn't done, and why; if the title is too long, the reason stays. */
function failedTitle(words: Words, part: Part, failure: Failure): string {
  const cause = failureCause(words, part, failure);
  const whole = wordsOfPart(part).failed(words, part, cause);
  // If neither fits, that it wasn't done matters more than two lines.
  return firstFitting(cause ? [whole, `${kindOf(part).about(part).name}: ${cause}`, whole] : [whole]);
}

/** The sentence that adds to the title. */
function whyOf({ words }: OperationDrawing, part: Part, outcome: Outcome): string | undefined {
  switch (outcome.ended) {
    case 'failed':
      return failureWhy(words, part, outcome.failure);
    case 'half-done':
      return words.say('half.text-no-date');
    case 'cancelled': {
      const { protection } = outcome;
      if (!protection?.nextRun) return words.say('cancelled.text-no-next');
      const next = dueText(words, words.dateTime(new Date(protection.nextRun)), protection);
      return words.say('cancelled.text', { next });
    }
    default:
      return undefined;
  }
}

function endOf({ operation, now }: OperationDrawing, part: Part): Date {
  return new Date(operation.parts[part.id]?.endedAt ?? now);
}

function tookOf({ operation, now }: OperationDrawing): number {
  const states = Object.values(operation.parts);
  const ends = states.map((state) => Date.parse(state.endedAt ?? now.toISOString()));
  return Math.max(0, Math.max(...ends) - operation.createdAt.getTime());
}

/**
 * The proof of what was created, part by part, the newest first; what doesn't fit above the buttons on a phone goes to
 * the details.
 */
function proofs({ words, operation, now }: OperationDrawing, ends: readonly Block[]) {
  const { plan, parts: states } = operation;
  const done = finished(plan, states);
  const blocks = plan.parts.map((part): readonly Block[] => {
    const { outcome, memo } = states[part.id] ?? {};
    if (outcome?.ended !== 'done' || !memo) return [];
    return wordsOfPart(part).proof(words, part, { outcome, memo, alone: plan.parts.length === 1, done, now });
  });
  const newest = blocks.reverse().filter((proof) => proof.length > 0);
  const count = countAbove(newest, ends, { lines: 16, min: 1 });
  return { above: newest.slice(0, count).flat(), below: newest.slice(count).flat() };
}

function endBlocks(drawing: OperationDrawing, part: Part, outcome: Outcome): Block[] {
  if (!('failure' in outcome)) return [];
  const { words, operation } = drawing;
  const { memo = {} } = operation.parts[part.id] ?? {};
  const failed = { failure: outcome.failure, endedAt: endOf(drawing, part) };
  return [...failureBlocks(words, part, failed), ...(wordsOfPart(part).left?.(words, part, memo) ?? [])];
}

/**
 * A part that always runs is mentioned if it failed too, whatever decided the verdict: it should have removed what
 * still exists.
 */
function alwaysBlocks({ words, operation: { plan, parts } }: OperationDrawing, decisive: Part): Block[] {
  return plan.parts.flatMap((part): readonly Block[] => {
    const { outcome, memo = {} } = parts[part.id] ?? {};
    if (part.runs !== 'always' || part === decisive || outcome?.ended !== 'failed') return [];
    const title = failedTitle(words, part, outcome.failure);
    return [{ kind: 'text', text: title, tone: 'strong' }, ...(wordsOfPart(part).left?.(words, part, memo) ?? [])];
  });
}

/** What can be restored, and how many attempts the day has left. */
function lineOf({ words, now }: OperationDrawing, outcome: Outcome): string | undefined {
  if (!('failure' in outcome)) return undefined;
  const good = lastGoodFacts(words, outcome.protection, now).map(({ title, value }) => `${title}: ${value}`);
  const used = outcome.protection?.attempts;
  return joined([...good, used === undefined ? undefined : words.say('attempts', { used })]);
}

/** What happens automatically if nobody does anything. */
function noteOf({ words, now }: OperationDrawing, part: Part, outcome: Outcome): string | undefined {
  if (!('failure' in outcome)) return undefined;
  const { protection } = outcome;
  if (!protection?.nextRun || !failsAgain(part, outcome.failure)) return undefined;
  const at = new Date(protection.nextRun);
  const soon = at.getTime() - now.getTime() < dayMs;
  return soon
    ? words.say('failed.tonight', { at: dueText(words, words.time(at), protection) })
    : words.say('failed.next', { at: dueText(words, words.dateTime(at), protection) });
}

type Told = { readonly part: Part; readonly outcome: Outcome; readonly proof: readonly Block[] };

function detailsOf(drawing: OperationDrawing, { part, outcome, proof }: Told): Section[] {
  const { words, operation } = drawing;
  const plan = operation.plan;
  const states = operation.parts;
  const endedAt = endOf(drawing, part);
  const failure = 'failure' in outcome ? failureDetails(words, part, { failure: outcome.failure, endedAt }) : [];
  const steps: Block = { kind: 'steps', steps: phasesOf(words, plan, states) };
  const undo = undoCommands(plan, states);
  return [
    ...failure,
    { title: words.say('fold.done'), body: [steps, ...proof] },
    ...(undo.length > 0
      ? [{ title: words.say('access.undo-with'), body: [{ kind: 'code' as const, lines: undo }] }]
      : []),
  ];
}

/** For a failed restore: it can continue, or what it left in its staging account can be deleted. */
function waysOn({ words, operation, now }: OperationDrawing): Button[] {
  const { say } = words;
  if (operation.status === 'succeeded') return [];
  const data = { operation: operation.id };
  const goOn: Button = { title: say('button.go-on'), verb: 'go-on', data, withInputs: false, style: 'positive' };
  const cleanUp: Button = { title: say('button.clean-up'), verb: 'clean-up', data, withInputs: false };
  return [...(resumedStates(operation, now) ? [goOn, ...(cleanUpPlan(operation) ? [cleanUp] : [])] : [])];
}

/** The first button stays the only primary one. */
function buttonsWith(first: readonly Button[], others: readonly Button[]): Button[] {
  if (first.length === 0) return [...others];
  return [...first, ...others.map(({ style: _, ...button }) => button)];
}

/** After these only a new plan helps. */
const chooseAgainAfter: ReadonlySet<string> = new Set(['point-vanished', 'restore-cancelled', 'key-vault-purged']);

/** The part that decides, and whether the plan itself can continue, which then is how to retry it. */
type End = { readonly part: Part; readonly outcome: Outcome; readonly goesOn: boolean };

/** After a failure: check everything again; if only another attempt is needed, that as well. */
function buttonsOf(words: Words, { id, plan, parts }: OperationDrawing['operation'], end: End): Button[] {
  const { say } = words;
  const vm = plan.vms[0];
  const typing = (title: string, command: string): Button => ({
    title,
    verb: 'command',
    data: { command },
    withInputs: false,
  });
  const anew = end.outcome.ended === 'done' ? undefined : wordsOfPart(end.part).again?.(end.part);
  if (!vm) return anew ? [typing(say('button.try-again'), anew)] : [];
  const command = (title: string, typed: string) => typing(title, `backup ${typed}${vm.id}`);
  if (end.outcome.ended === 'done') return [...nextButtons(words, plan, parts), command(say('button.show-status'), '')];
  const again = command(say('button.check-again'), '');
  const tried = wordsOfPart(end.part).retry?.(end.part);
  const chosenAgain = (one: string): Button => ({
    ...typing(say('button.choose-again'), one),
    ...{ verb: 'choose-again', data: { operation: id, command: one } },
  });
  // An obstacle that Kluis found itself may be permanent: then only another choice helps.
  const internal = 'failure' in end.outcome ? end.outcome.failure.internal : null;
  if (end.goesOn) return [...(internal && tried ? [chosenAgain(tried)] : []), again];
  if (!('failure' in end.outcome)) return [primary(again)];
  if (tried && internal !== null && chooseAgainAfter.has(internal)) return [primary(chosenAgain(tried)), again];
  // If no command retries just this, the VM's card does.
  if (tried === undefined && isWorthRepeating(end.part, end.outcome))
    return [primary({ ...again, title: say('button.try-again') })];
  if (tried === undefined) return [primary(again)];
  const retry = typing(say('button.try-again'), tried);
  return isWorthRepeating(end.part, end.outcome) ? [primary(retry), again] : [primary(again), retry];
}

/** What the finished parts have made possible, the primary one first. */
function nextButtons(words: Words, plan: Plan, states: PartStates): Button[] {
  const done = plan.parts.filter(({ id }) => states[id]?.outcome?.ended === 'done');
  const next = done.flatMap((part) => wordsOfPart(part).next?.(words, part) ?? []);
  return next.toSorted((a, b) => Number(b.style === 'positive') - Number(a.style === 'positive'));
}

/** The button of the next step. */
function primary(button: Button): Button {
  return { ...button, style: 'positive' };
}

/** A snapshot without its copy, a cause that passes by itself according to the knowledge, and an unknown one. */
function isWorthRepeating(part: Part, outcome: Outcome): boolean {
  if (outcome.ended === 'half-done') return true;
  if (outcome.ended !== 'failed') return false;
  return nextAction(part, outcome.failure) === 'retry' || isUnknown(part, outcome.failure);
}

function footerOf({ words, operation }: OperationDrawing, states: PartStates): string {
  const who = starterName(words, operation.requester);
  const [job] = operation.plan.parts.flatMap((part) => jobOf(part, states) ?? []);
  return job ? words.say('closing.footer-job', { who, job: job.id.slice(0, 8) }) : words.say('closing.footer', { who });
}
