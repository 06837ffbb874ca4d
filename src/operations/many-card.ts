/** The card of an operation on several VMs: one line per VM while it runs, and the outcome of each at its end. Pure. */
import type { Block, CardMessage, Mark, Step } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import { failureCause } from './failure-lines.ts';
import { wordsOfPart } from './list.ts';
import type { OperationDrawing } from './operation-drawing.ts';
import type { Outcome, Part, PartState } from './part.ts';
import type { Plan } from './plan.ts';
import type { PartStates } from './progress.ts';

type Line = { readonly name: string; readonly part: Part; readonly state: PartState; readonly parts: readonly Part[] };

/** Draws it, running or ended. */
export function manyCard(drawing: OperationDrawing): CardMessage {
  const { words, operation, now } = drawing;
  const { say } = words;
  const plan = operation.plan as Plan;
  const states = operation.parts as PartStates;
  const lines = linesOf(plan, states);
  const running = operation.status === 'running';
  const good = lines.filter((line) => line.state.outcome?.ended === 'done').length;
  const since = words.duration(now.getTime() - operation.createdAt.getTime());
  const title = running
    ? `${say('many.running', { done: good, count: lines.length })} · ${since}`
    : say('many.ended', { done: good, count: lines.length });
  return {
    template: 'sheet',
    data: {
      mark: running ? 'busy' : endMark(good, lines.length),
      title,
      subtitle: say('progress.subtitle-no-vault', {
        who: operation.requester.name,
        at: words.time(operation.createdAt),
      }),
      body: [
        ...sharedSteps(words, plan, states),
        { kind: 'steps', steps: lines.map((line) => stepOf(words, line, states)) },
      ],
      buttons: running ? [] : againButtons(words, lines),
      footer: running
        ? say('progress.footer', { at: words.time(now) })
        : say('closing.footer', { who: operation.requester.name }),
    },
  };
}

/** The short new message at the end. */
export function manyPing({ words, operation }: Omit<OperationDrawing, 'now'>): string {
  const lines = linesOf(operation.plan as Plan, operation.parts as PartStates);
  const done = lines.filter((line) => line.state.outcome?.ended === 'done').length;
  return words.say('many.ping', { done, count: lines.length });
}

/** The part that tells how a VM stands: the first of its parts that has not succeeded, else its last. */
function linesOf(plan: Plan, states: PartStates): Line[] {
  return plan.vms.flatMap((vm) => {
    const parts = plan.parts.filter((part) => 'vm' in part && part.vm.id === vm.id);
    const open = parts.find((part) => states[part.id]?.outcome?.ended !== 'done');
    const part = open ?? parts[parts.length - 1];
    const state = part ? states[part.id] : undefined;
    return part && state ? [{ name: vm.name, part, state, parts }] : [];
  });
}

function sharedSteps(words: Words, plan: Plan, states: PartStates): Block[] {
  const shared = plan.parts.filter((part) => !('vm' in part));
  const steps = shared.flatMap((part) => wordsOfPart(part).phases(words, part, states[part.id] as PartState));
  return steps.length > 0 ? [{ kind: 'steps', steps }] : [];
}

function stepOf(words: Words, { name, part, state }: Line, states: PartStates): Step {
  const { outcome } = state;
  if (!outcome) {
    const phase = wordsOfPart(part)
      .phases(words, part, state)
      .find((step) => step.state === 'now');
    return { state: state.began ? 'now' : 'next', text: name, note: phase?.text };
  }
  switch (outcome.ended) {
    case 'done':
      return {
        state: 'done',
        text: name,
        note: outcome.point ? words.dateTime(new Date(outcome.point.time)) : undefined,
      };
    case 'half-done':
      return { state: 'warn', text: name, note: words.say('ping.half', { vm: name }) };
    case 'failed':
      return { state: 'failed', text: name, note: failureText(words, part, outcome) };
    case 'skipped':
      return { state: 'skipped', text: name, note: whySkipped(words, outcome, states) };
    case 'cancelled':
      return { state: 'skipped', text: name, note: words.say('ping.cancelled', { vm: name }) };
  }
}

function failureText(words: Words, part: Part, outcome: Extract<Outcome, { ended: 'failed' }>): string {
  const cause = failureCause(words, part, outcome.failure) ?? outcome.failure.says.join(' ');
  return [cause, ...outcome.failure.codes.slice(0, 1)].filter(Boolean).join(' · ');
}

function whySkipped(words: Words, outcome: Extract<Outcome, { ended: 'skipped' }>, states: PartStates): string {
  const before = states[outcome.because]?.outcome;
  return before?.ended === 'failed' ? words.say('many.skipped-failed') : words.say('many.skipped');
}

function endMark(good: number, count: number): Mark {
  if (good === count) return 'ok';
  return good > 0 ? 'warn' : 'failed';
}

/** Whatever did not succeed can be looked at again, together. */
function againButtons({ say }: Words, lines: readonly Line[]) {
  const left = lines.filter((line) => line.state.outcome?.ended !== 'done');
  if (left.length === 0) return [];
  const command = `backup ${left.map((line) => line.name).join(' ')}`;
  return [
    {
      title: say('many.again', { count: left.length }),
      verb: 'command',
      data: { command: command.slice(0, 500) },
      withInputs: false,
    },
  ];
}
