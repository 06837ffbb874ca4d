/** The buttons of an operation's card after its end: each starts something new. Pure. */
import type { Button } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import type { Advice } from '../../../advice/advice.ts';
import { isWorthAnother } from '../failure-lines.ts';
import { wordsOfPart, type OperationDrawing } from '../operation-drawing.ts';
import type { Outcome } from '../../ground/part.ts';
import type { Part } from '../../parts/parts.ts';
import type { Plan } from '../../parts/plan.ts';
import { cleanUpPlan, resumedStates } from '../../restore/continue-restore/resume.ts';
import type { PartStates } from '../../wording/progress.ts';
import { runnerOf } from '../../list.ts';

/** The best one first, which is the only primary one; `part` decided how it ended. */
export function closingButtons(drawing: OperationDrawing, end: Omit<End, 'goesOn'>): Button[] {
  const ways = waysOn(drawing);
  return buttonsWith(ways, buttonsOf(drawing.words, drawing.operation, { ...end, goesOn: ways.length > 0 }));
}

/** For a failed restore: it can continue, or what it left in its staging account can be deleted. */
function waysOn({ words, operation, now }: OperationDrawing): Button[] {
  const { say } = words;
  if (operation.status === 'succeeded') return [];
  const data = { operation: operation.id };
  const goOn: Button = { title: say('button.go-on'), verb: 'go-on', data, withInputs: false, style: 'positive' };
  const cleanUp: Button = {
    title: say('button.clean-up'),
    verb: 'clean-up',
    data,
    withInputs: false,
    style: 'destructive',
  };
  return [...(resumedStates(operation, runnerOf, now) ? [goOn, ...(cleanUpPlan(operation) ? [cleanUp] : [])] : [])];
}

/** The first button stays the only primary one. */
function buttonsWith(first: readonly Button[], others: readonly Button[]): Button[] {
  if (first.length === 0) return [...others];
  return [...first, ...others.map(({ style: _, ...button }) => button)];
}

/** After these only a new plan helps. */
const chooseAgainAfter: ReadonlySet<string> = new Set(['point-vanished', 'restore-cancelled', 'key-vault-purged']);

/** The part that decides, and whether the plan itself can continue, which then is how to retry it. */
type End = {
  readonly part: Part;
  readonly outcome: Outcome;
  readonly advice: Advice | null;
  readonly goesOn: boolean;
};

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
  // A drill leaves nothing to continue from: it is run again as a whole.
  if (plan.parts.some(({ does }) => does === 'drill') && end.part.does !== 'delete-drill')
    return [primary(typing(say('button.drill-again'), `backup drill ${vm.id}`)), again];
  if (end.goesOn) return [...(internal && tried ? [chosenAgain(tried)] : []), again];
  if (!('failure' in end.outcome)) return [primary(again)];
  if (tried && internal !== null && chooseAgainAfter.has(internal)) return [primary(chosenAgain(tried)), again];
  // If no command retries just this, the VM's card does.
  if (tried === undefined && isWorthRepeating(end)) return [primary({ ...again, title: say('button.try-again') })];
  if (tried === undefined) return [primary(again)];
  const retry = typing(say('button.try-again'), tried);
  return isWorthRepeating(end) ? [primary(retry), again] : [primary(again), retry];
}

/** What the finished parts have made possible, the primary one first. */
function nextButtons(words: Words, plan: Plan, states: PartStates): Button[] {
  const done = plan.parts.filter(({ id }) => states[id]?.outcome?.ended === 'done');
  const next = done.flatMap((part) => wordsOfPart(part).next?.(words, part, states[part.id]?.memo ?? {}) ?? []);
  return next.toSorted((a, b) => Number(b.style === 'positive') - Number(a.style === 'positive'));
}

/** The button of the next step. */
function primary(button: Button): Button {
  return { ...button, style: 'positive' };
}

/** A snapshot without its copy, a cause that passes without anybody's help, and an unknown one. */
function isWorthRepeating({ outcome, advice }: End): boolean {
  return outcome.ended === 'half-done' || (outcome.ended === 'failed' && isWorthAnother(advice));
}
