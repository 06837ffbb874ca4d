/** An operation's card after its end: what was done, or what failed with its cause, its fixes and the next step. */
import type { Block, CardMessage, Section, Mark } from '../../../message/card-data.ts';
import { countAbove } from '../../../message/above-fold.ts';
import { dueText } from '../../../message/due-text.ts';
import { joined } from '../../../message/choices.ts';
import { capital, firstFitting, fitsVerdict } from '../../../message/verdict-texts.ts';
import { failsAgain, type Advice } from '../../../advice/advice.ts';
import {
  adviceOnPart,
  causeButtons,
  failureBlocks,
  failureCause,
  failureDetails,
  failureWhy,
} from '../failure-lines.ts';
import {
  guideOf,
  jobOf,
  partLinks,
  phasesOf,
  startedText,
  undoCommands,
  wordsOfPart,
  type OperationDrawing,
} from '../operation-drawing.ts';
import { partKindOf } from '../../list.ts';
import type { Failure, Outcome } from '../../ground/part.ts';
import type { Part } from '../../parts/parts.ts';
import type { Plan } from '../../parts/plan.ts';
import { keptCost } from '../../wording/kept-cost.ts';
import { closingButtons } from './closing-buttons.ts';
import { finished, type PartStates } from '../../wording/progress.ts';
import { vmsUnlessIn } from '../../wording/plan-subject.ts';
import { lastGoodFacts } from '../../wording/protection-lines.ts';

const dayMs = 86_400_000;

/**
 * The verdict on an ended operation, without its icon, and with what it is about. It is for a message, which has room
 * for what a title may have to leave out.
 */
export function closingTitle(drawing: OperationDrawing): string {
  const { plan, parts } = drawing.operation;
  const decisive = decisivePart(plan, parts);
  const outcome = parts[decisive.id]?.outcome as Outcome;
  const [whole] = outcome.ended === 'failed' ? failedTitles(drawing, decisive, outcome.failure) : [];
  const title = whole ?? titleOf(drawing, decisive, outcome).title;
  const about = subtitleOf(drawing, decisive, title);
  return about ? `${about}: ${title}` : title;
}

/** Renders it. Buttons that can no longer act are gone; the remaining ones start something new. */
export function closingCard(drawing: OperationDrawing): CardMessage {
  const { words, operation } = drawing;
  const plan = operation.plan;
  const states = operation.parts;
  const decisive = decisivePart(plan, states);
  const outcome = states[decisive.id]?.outcome as Outcome;
  const { mark, title } = titleOf(drawing, decisive, outcome);
  const guide = guideOf(drawing.words, plan, states);
  const advice = 'failure' in outcome ? adviceOnPart(words, decisive, outcome.failure) : null;
  const end = { part: decisive, outcome, advice };
  const ends = [...endBlocks(drawing, end), ...alwaysBlocks(drawing, decisive), ...guide, ...todoBlocks(drawing)];
  const { first, above, below } = proofs(drawing, outcome, ends);
  return {
    template: 'sheet',
    data: {
      mark,
      title,
      subtitle: subtitleOf(drawing, decisive, title),
      why: whyOf(drawing, end, title),
      body: [...first, ...ends, ...above],
      buttons: [
        ...closingButtons(drawing, end),
        ...(outcome.ended === 'failed'
          ? causeButtons(words, advice, { failure: outcome.failure, operation: operation.id })
          : []),
      ],
      note: noteOf(drawing, end),
      line: joined([lineOf(drawing, outcome), keptCost(words, { plan, parts: states })]) || undefined,
      details: detailsOf(drawing, end, below),
      links: partLinks(words, plan, states),
      footer: footerOf(drawing, states),
    },
  };
}

/** The part that decides the verdict, how it ended, and the advice on it; null: it needs none. */
type End = { readonly part: Part; readonly outcome: Outcome; readonly advice: Advice | null };

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
      const titles = who
        ? [say('cancelled.backup', { vm, who }), say('cancelled.backup-by', { who })]
        : [say('cancelled.backup-elsewhere', { vm })];
      return { mark: 'stopped', title: firstFitting(titles) };
    }
    case 'failed':
      return {
        mark: goesOnInAzure.has(outcome.failure.internal ?? '') ? 'warn' : 'failed',
        title: firstFitting(failedTitles(drawing, part, outcome.failure)),
      };
    case 'skipped':
      return { mark: 'stopped', title: vm };
  }
}

/** After these it isn't known whether it was done. */
const inDoubt: ReadonlySet<string> = new Set(['restore-in-doubt', 'job-vanished']);
/** After these it isn't known to have failed: Azure may still be doing it. */
const goesOnInAzure: ReadonlySet<string> = new Set([...inDoubt, 'still-registering', 'operation-forgotten']);

/** That it wasn't done, and why, the fullest first; in a shorter one the reason stays, and the name stands below it. */
function failedTitles({ words, operation }: OperationDrawing, part: Part, failure: Failure): readonly string[] {
  const { memo = {} } = operation.parts[part.id] ?? {};
  const said = wordsOfPart(part);
  const known = said.gaveUp?.(words, { failure, memo }) ?? failureCause(words, part, failure);
  // Only one that the company wrote can be too long for any title; it then stands below.
  const cause = known && fitsVerdict(known) ? known : words.say(known ? 'company.short' : 'failed.unknown-cause');
  const short = [
    `${partKindOf(part).about(part).name}: ${cause}`,
    words.say('failed.short', { cause }),
    capital(cause),
  ];
  return inDoubt.has(failure.internal ?? '') ? short : [said.failed(words, part, cause), ...short];
}

/** What the title is about, if it had no room for that. */
function subtitleOf({ words, operation: { plan } }: OperationDrawing, part: Part, title: string): string | undefined {
  const { name } = partKindOf(part).about(part);
  return vmsUnlessIn(words, plan, title) ?? (plan.vms.length > 0 || title.includes(name) ? undefined : name);
}

/** The sentence that adds to the title. */
function whyOf({ words, now }: OperationDrawing, { outcome, advice }: End, title: string): string | undefined {
  switch (outcome.ended) {
    case 'failed': {
      // Its title says what it waited for.
      if (outcome.failure.internal === 'obstacle-stays') return words.say('in-the-way.gave-up');
      const why = failureWhy(words, advice, outcome.failure.internal);
      return why && title.includes(why) ? undefined : why;
    }
    case 'half-done':
      return words.say('half.text-no-date');
    case 'cancelled': {
      const { protection } = outcome;
      if (!protection?.nextRun) return words.say('cancelled.text-no-next');
      const next = dueText(words, words.dated(new Date(protection.nextRun), now), protection);
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

/** What is left for a person to do; it always stands above the buttons. */
function todoBlocks({ words, operation: { plan, parts } }: OperationDrawing): Block[] {
  return plan.parts.flatMap((part) => {
    const { outcome, memo = {} } = parts[part.id] ?? {};
    return outcome?.ended === 'done' ? (wordsOfPart(part).todo?.(words, part, memo) ?? []) : [];
  });
}

/**
 * The proof of what was created, part by part, the newest first, except that what was found by checking comes before
 * that and what was only tidied up comes last; what doesn't fit above the buttons on a phone goes to the details. Once
 * all is done, what was found about a VM that stays is the answer: it comes first, and there is less room for the rest.
 */
function proofs({ words, operation, now }: OperationDrawing, { ended }: Outcome, ends: readonly Block[]) {
  const { plan, parts: states } = operation;
  const done = finished(plan, states);
  const rank = (part: Part) => wordsOfPart(part).proofRank ?? 0;
  const parts = plan.parts.toReversed().toSorted((a, b) => rank(a) - rank(b));
  const blocks = parts.map((part): readonly Block[] => {
    const { outcome, memo } = states[part.id] ?? {};
    if (outcome?.ended !== 'done' || !memo) return [];
    return wordsOfPart(part).proof(words, part, { outcome, memo, alone: plan.parts.length === 1, done, now });
  });
  const told = blocks.filter((proof) => proof.length > 0);
  const isChecked = ended === 'done' && parts.some((part) => rank(part) < 0 && !('drill' in part && part.drill));
  const always = isChecked ? 1 : 0;
  const room = { lines: isChecked ? 9 : 16, min: ends.length > 0 ? always : 1 };
  const count = countAbove(told, ends, room);
  return {
    first: told.slice(0, always).flat(),
    above: told.slice(always, count).flat(),
    below: told.slice(count).flat(),
  };
}

function endBlocks(drawing: OperationDrawing, { part, outcome, advice }: End): Block[] {
  if (!('failure' in outcome)) return [];
  const { words, operation } = drawing;
  const { memo = {} } = operation.parts[part.id] ?? {};
  const failed = { part, failure: outcome.failure, endedAt: endOf(drawing, part) };
  return [...failureBlocks(words, advice, failed), ...(wordsOfPart(part).left?.(words, part, memo) ?? [])];
}

/**
 * A part that always runs is mentioned if it failed too, whatever decided the verdict: it should have removed what
 * still exists.
 */
function alwaysBlocks(drawing: OperationDrawing, decisive: Part): Block[] {
  const { words, operation } = drawing;
  const { plan, parts } = operation;
  return plan.parts.flatMap((part): readonly Block[] => {
    const { outcome, memo = {} } = parts[part.id] ?? {};
    if (part.runs !== 'always' || part === decisive || outcome?.ended !== 'failed') return [];
    const title = firstFitting(failedTitles(drawing, part, outcome.failure));
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
function noteOf({ words, now }: OperationDrawing, { outcome, advice }: End): string | undefined {
  if (!('failure' in outcome)) return undefined;
  const { protection } = outcome;
  if (!protection?.nextRun || !advice || !failsAgain(advice)) return undefined;
  const at = new Date(protection.nextRun);
  const soon = at.getTime() - now.getTime() < dayMs;
  return soon
    ? words.say('failed.tonight', { at: dueText(words, words.time(at), protection) })
    : words.say('failed.next', { at: dueText(words, words.dated(at, now), protection) });
}

function detailsOf(drawing: OperationDrawing, { part, outcome, advice }: End, proof: readonly Block[]): Section[] {
  const { words, operation } = drawing;
  const plan = operation.plan;
  const states = operation.parts;
  const endedAt = endOf(drawing, part);
  const failure =
    'failure' in outcome ? failureDetails(words, advice, { part, failure: outcome.failure, endedAt }) : [];
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

function footerOf({ words, operation }: OperationDrawing, states: PartStates): string {
  const started = capital(startedText(words, operation));
  const [job] = operation.plan.parts.flatMap((part) => jobOf(part, states) ?? []);
  return joined([started, job && words.say('closing.job', { job: job.id.slice(0, 8) })]);
}
