/** The card of an operation on several VMs: one line per VM while it runs, and each one's outcome at its end. Pure. */
import type { Block, CardMessage, Section, Link, Mark, Step } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import { calledApart } from '../../core/vm-target.ts';
import { capital, firstFitting } from '../../message/verdict-texts.ts';
import { failureCause } from './failure-lines.ts';
import { leftOutWords } from '../wording/left-out.ts';
import { stateNote } from '../wording/part-words.ts';
import {
  guideOf,
  startedText,
  undoCommands,
  waitNotes,
  wordsOfPart,
  type OperationDrawing,
} from './operation-drawing.ts';
import { partKindOf } from '../list.ts';
import type { Outcome, PartState } from '../ground/part.ts';
import type { Part } from '../parts/parts.ts';
import type { Plan } from '../parts/plan.ts';
import { finished, type PartStates } from '../wording/progress.ts';
import { elsewhereBlocks } from '../wording/ruled-words.ts';

type Line = { readonly name: string; readonly part: Part; readonly state: PartState; readonly parts: readonly Part[] };

/** Whether an operation has this card: it began with several VMs, though perhaps only one was left. */
export function isBatch(plan: Plan): boolean {
  return plan.vms.length > 1 || plan.leftOut !== undefined;
}

/** Renders it, running or ended. */
export function batchCard(drawing: OperationDrawing): CardMessage {
  const { words, operation, now } = drawing;
  const { say } = words;
  const plan = operation.plan;
  const states = operation.parts;
  const lines = linesOf(plan, states);
  const running = operation.status === 'running';
  const since = words.duration(now.getTime() - operation.createdAt.getTime());
  const done = lines.filter(isDone).length;
  return {
    template: 'sheet',
    data: {
      mark: running ? 'busy' : endMark(done, countOf(plan, lines)),
      title: running
        ? `${say('many.running', { done, count: countOf(plan, lines) })} · ${since}`
        : endTitle(words, { plan, lines }),
      subtitle: startedText(words, operation, operation.createdAt),
      body: [
        ...sharedSteps(words, plan, states),
        { kind: 'steps', steps: [...lines.map((line) => stepOf(drawing, line)), ...leftOutSteps(words, plan)] },
        ...elsewhereBlocks(
          words,
          (plan.leftOut ?? []).map(({ why }) => (why.is === 'held' ? why.by : null)),
        ),
        ...(running ? waitNotes(words, operation).map((text) => ({ kind: 'text' as const, text })) : []),
        ...(running ? [] : [...guideOf(words, plan, states), ...madeBlocks(drawing, lines)]),
      ],
      buttons: running ? [] : againButtons(words, plan, lines),
      details: running ? [] : undoDetails(words, plan, states),
      links: linksOf(words, plan, { lines, states }),
      footer: running ? say('progress.footer', { at: words.time(now) }) : capital(startedText(words, operation)),
    },
  };
}

/** The short new message at the end. */
export function batchPing({ words, operation }: Omit<OperationDrawing, 'now'>): string {
  const [plan, states] = [operation.plan, operation.parts];
  const lines = linesOf(plan, states);
  const told = { done: lines.filter(isDone).length, count: countOf(plan, lines) };
  const which = whichNot(words, { plan, lines });
  return which ? words.say('many.ping-not', { ...told, which }) : words.say('many.ping', told);
}

type Ended = { readonly plan: Plan; readonly lines: readonly Line[] };

function endTitle(words: Words, ended: Ended): string {
  const told = { done: ended.lines.filter(isDone).length, count: countOf(ended.plan, ended.lines) };
  const which = whichNot(words, ended);
  const plain = words.say('many.ended', told);
  if (!which) return plain;
  const names = notDone(words, ended).map(({ name }) => name);
  const titles = [which, ...[10, 2, 1].map((max) => words.names(names, max))].map((one) =>
    words.say('many.ended-not', { ...told, which: one }),
  );
  return firstFitting([...titles, plain]);
}

function isDone({ state }: Line): boolean {
  return state.outcome?.ended === 'done';
}

/** All VMs that were requested, including those that were left out before the start. */
function countOf({ leftOut = [] }: Plan, lines: readonly Line[]): number {
  return lines.length + leftOut.length;
}

/** How many causes are told, and how long each is at most, with the names of its VMs. */
const [maxCauses, maxLength] = [4, 80];

type NotDone = { readonly name: string; readonly why: string };

/** Who has no backup from this operation, and why in a few words. */
function notDone(words: Words, { plan, lines }: Ended): readonly NotDone[] {
  const failed = lines
    .filter((line) => !isDone(line))
    .map(({ name, part, state }) => ({ name, why: endWord(words, part, state) }));
  const left = (plan.leftOut ?? []).map(({ name, why }) => ({ name, why: leftOutWords(words, why) }));
  return [...failed, ...left];
}

/** The same as a sentence, by cause, those with most VMs first; of further causes only the names. */
function whichNot(words: Words, ended: Ended): string {
  const byCause = [...Map.groupBy(notDone(words, ended), ({ why }) => why)]
    .map(([why, all]) => ({ why, names: all.map(({ name }) => name) }))
    .toSorted((one, other) => other.names.length - one.names.length);
  const told = byCause.slice(0, maxCauses).map(({ names, why }) => {
    const texts = [10, 3, 1].map((max) => words.say('many.which', { vm: words.names(names, max), why }));
    return texts.find(({ length }) => length <= maxLength) ?? (texts.at(-1) as string);
  });
  return words.names([...told, ...byCause.slice(maxCauses).flatMap(({ names }) => names)], 10);
}

/** How a VM's part ended, in a few words: why it failed, if known. */
function endWord(words: Words, part: Part, { outcome }: PartState): string {
  const { say } = words;
  switch (outcome?.ended) {
    case 'failed':
      return failureCause(words, part, outcome.failure) ?? say('many.failed');
    case 'half-done':
      return say('many.half');
    case 'cancelled':
      return say('many.cancelled');
    case 'skipped':
      return say('many.not-begun');
    default:
      return say('many.failed');
  }
}

function leftOutSteps(words: Words, { leftOut = [] }: Plan): Step[] {
  return leftOut.map(({ name, why }) => ({ state: 'skipped', text: name, note: leftOutWords(words, why) }));
}

/** What else was done besides the points in the rows: access that was given, and how long the backups are kept. */
function madeBlocks({ words, operation, now }: OperationDrawing, lines: readonly Line[]): Block[] {
  const plan = operation.plan;
  const states = operation.parts;
  const shared = sharedParts(plan);
  const done = finished(plan, states);
  const given = shared.flatMap((part) => {
    const { outcome, memo } = states[part.id] ?? {};
    if (outcome?.ended !== 'done' || !memo) return [];
    return wordsOfPart(part).proof(words, part, { outcome, memo, alone: false, done, now });
  });
  const until = keptUntil(words, lines);
  const kept = until.length > 0 ? [{ title: words.say('closing.kept'), value: words.names(until) }] : [];
  return [...(kept.length > 0 ? [{ kind: 'facts' as const, facts: kept }] : []), ...given];
}

function keptUntil(words: Words, lines: readonly Line[]): string[] {
  const dates = lines.flatMap(({ part, state }) => wordsOfPart(part).keptUntil?.(part, state) ?? []).map(words.date);
  return [...new Set(dates)];
}

function undoDetails(words: Words, plan: Plan, states: PartStates): Section[] {
  const lines = undoCommands(plan, states);
  return lines.length === 0 ? [] : [{ title: words.say('access.undo-with'), body: [{ kind: 'code', lines }] }];
}

/** The jobs by VM, those that didn't succeed first: a card has room for few links. */
function linksOf(words: Words, plan: Plan, { lines, states }: { lines: readonly Line[]; states: PartStates }): Link[] {
  const ofVms = [...lines.filter((line) => !isDone(line)), ...lines.filter(isDone)].flatMap(({ name, part, state }) =>
    wordsOfPart(part)
      .links(words, part, state)
      .map((link) => ({ ...link, title: words.say('many.job-of', { vm: name }) })),
  );
  const shared = sharedParts(plan);
  return [...ofVms, ...shared.flatMap((part) => wordsOfPart(part).links(words, part, states[part.id] as PartState))];
}

/** The part that shows a VM's state: the first of its parts that has not succeeded, otherwise its last. */
function linesOf(plan: Plan, states: PartStates): Line[] {
  const called = calledApart(
    plan.vms,
    (plan.leftOut ?? []).map(({ name }) => name),
  );
  return plan.vms.flatMap((vm) => {
    const parts = plan.parts.filter((part) => partKindOf(part).about(part).vm?.id === vm.id);
    const open = parts.find((part) => states[part.id]?.outcome?.ended !== 'done');
    const part = open ?? parts[parts.length - 1];
    const state = part ? states[part.id] : undefined;
    return part && state ? [{ name: called(vm), part, state, parts }] : [];
  });
}

/** What is done for several of its VMs at once. */
function sharedParts(plan: Plan): Part[] {
  return plan.parts.filter((part) => partKindOf(part).about(part).vm === null);
}

function sharedSteps(words: Words, plan: Plan, states: PartStates): Block[] {
  const shared = sharedParts(plan);
  const steps = shared.flatMap((part) => wordsOfPart(part).phases(words, part, states[part.id] as PartState));
  return steps.length > 0 ? [{ kind: 'steps', steps }] : [];
}

function stepOf({ words, operation, now }: OperationDrawing, { name, part, state }: Line): Step {
  const { outcome } = state;
  if (!outcome) {
    const phase = wordsOfPart(part)
      .phases(words, part, state)
      .find((step) => step.state === 'now');
    const is = state.began ? 'now' : 'next';
    return { state: is, text: name, note: phase?.text ?? stateNote(words, is) };
  }
  switch (outcome.ended) {
    case 'done':
      return {
        state: 'done',
        text: name,
        note: outcome.point ? words.dated(new Date(outcome.point.time), now) : undefined,
      };
    case 'half-done':
      return { state: 'warn', text: name, note: words.say('many.half') };
    case 'failed':
      return { state: 'failed', text: name, note: failureText(words, part, outcome) };
    case 'skipped':
      return { state: 'skipped', text: name, note: whySkipped(words, outcome, operation.parts) };
    case 'cancelled':
      return { state: 'skipped', text: name, note: words.say('ping.cancelled', { vm: name }) };
  }
}

function failureText(words: Words, part: Part, outcome: Extract<Outcome, { ended: 'failed' }>): string {
  const { codes, says } = outcome.failure;
  return (
    failureCause(words, part, outcome.failure) ?? [says.join(' '), ...codes.slice(0, 1)].filter(Boolean).join(' · ')
  );
}

function whySkipped(words: Words, outcome: Extract<Outcome, { ended: 'skipped' }>, states: PartStates): string {
  const before = states[outcome.because]?.outcome;
  return before?.ended === 'failed' ? words.say('many.skipped-failed') : words.say('many.skipped');
}

function endMark(good: number, count: number): Mark {
  if (good === count) return 'ok';
  return good > 0 ? 'warn' : 'failed';
}

/** A button that checks everything again that didn't succeed. */
function againButtons({ say }: Words, plan: Plan, lines: readonly Line[]) {
  const names = lines.filter((line) => !isDone(line)).map(({ name }) => name);
  const left = [...names, ...(plan.leftOut ?? []).flatMap(({ name, why }) => (why.is === 'not-found' ? [] : [name]))];
  if (left.length === 0) return [];
  const command = `backup ${left.join(' ')}`;
  return [
    {
      title: say('many.again', { count: left.length, vm: left[0] ?? '' }),
      verb: 'command',
      data: { command: command.slice(0, 500) },
      withInputs: false,
    },
  ];
}
