/** The card of an operation while it runs and after its end, and the short message that goes with the end. Pure. */
import type { Button, CardMessage } from '../../message/card-data.ts';
import { joined } from '../../message/choices.ts';
import { firstFitting } from '../../message/verdict-texts.ts';
import type { Words } from '../../message/words.ts';
import { isBatch, batchCard, batchPing } from './batch-card.ts';
import { withGlass } from './break-glass-card.ts';
import { closingCard, closingTitle } from './closing/closing-card.ts';
import {
  guideOf,
  jobOf,
  partLinks,
  phasesOf,
  startedText,
  waitNotes,
  wordsOfPart,
  type OperationDrawing,
  type OperationToDraw,
} from './operation-drawing.ts';
import type { PartState } from '../ground/part.ts';
import type { CancelState } from '../wording/part-words.ts';
import type { Plan } from '../parts/plan.ts';
import { vmsUnlessIn } from '../wording/plan-subject.ts';
import { startingTitle } from './request/asked.ts';
import type { PartStates } from '../wording/progress.ts';

/** Renders the progress card, or the closing card once it has ended. */
export function drawOperation(drawing: OperationDrawing): CardMessage {
  return withGlass(cardOf(drawing), drawing.operation.glass, drawing.words);
}

function cardOf(drawing: OperationDrawing): CardMessage {
  if (isBatch(drawing.operation.plan)) return batchCard(drawing);
  return drawing.operation.status === 'running' ? progressCard(drawing) : closingCard(drawing);
}

/**
 * The short new message at the end, without the name in front; null if none is sent. A failure comes with its cause and
 * the last good backup, since a locked phone shows nothing else.
 */
export function pingOf(drawing: OperationDrawing): string | null {
  const { words, operation, now } = drawing;
  const { plan } = operation;
  if (isBatch(plan)) return batchPing(drawing);
  const last = plan.parts[plan.parts.length - 1];
  if (!last) return null;
  if (operation.status === 'cancelled') return words.say('ping.cancelled', { vm: plan.vms[0]?.name ?? '' });
  if (operation.status === 'succeeded')
    return wordsOfPart(last).ping(words, last, operation.parts[last.id]?.memo ?? {});
  const [protection] = Object.values(operation.parts).flatMap(({ outcome }) =>
    outcome && 'failure' in outcome && outcome.protection ? [outcome.protection] : [],
  );
  const good = protection?.lastGood ? words.duration(now.getTime() - Date.parse(protection.lastGood)) : null;
  return [`${closingTitle(drawing)}.`, ...(good ? [words.say('ping.last-good', { ago: good })] : [])].join(' ');
}

/**
 * The same if a running operation starts to wait for a person, waits for something else, or continues; null: none of
 * these. `before` is the state of its parts when the card was last rendered.
 */
export function waitPing({ words, operation }: OperationDrawing, before: PartStates): string | null {
  const { plan, parts } = operation;
  const [was, is] = [waitsFor(words, plan, before), waitsFor(words, plan, parts)];
  if (was === is) return null;
  const vm = plan.vms[0]?.name ?? '';
  return is === null ? words.say('ping.goes-on', { vm }) : words.say('ping.waits', { vm, why: is });
}

function waitsFor(words: Words, plan: Plan, states: PartStates): string | null {
  const open = plan.parts.filter(({ id }) => states[id]?.outcome === null);
  const [first = null] = open.flatMap((part) => wordsOfPart(part).waits?.(words, states[part.id] as PartState) ?? []);
  return first;
}

function progressCard(drawing: OperationDrawing): CardMessage {
  const { words, operation, now } = drawing;
  const { say } = words;
  const plan = operation.plan;
  const states = operation.parts;
  const notes = notesOf(drawing);
  const guide = guideOf(words, plan, states);
  const [job] = plan.parts.flatMap((part) => jobOf(part, states) ?? []);
  const doing = titleOf(words, plan, states);
  const since = words.duration(now.getTime() - operation.createdAt.getTime());
  const title = firstFitting([`${doing} · ${since}`, doing]);
  return {
    template: 'sheet',
    data: {
      mark: guide.length > 0 ? 'warn' : 'busy',
      title,
      subtitle: joined([subtitleOf(drawing, title), title === doing ? since : undefined]),
      body: [
        ...guide,
        { kind: 'steps', steps: phasesOf(words, plan, states) },
        ...notes.map((text) => ({ kind: 'text' as const, text })),
      ],
      buttons: cancelButton(drawing),
      links: partLinks(words, plan, states),
      footer: job
        ? say('progress.footer-job', { at: words.time(now), job: job.id.slice(0, 8) })
        : say('progress.footer', { at: words.time(now) }),
    },
  };
}

/** What is being done, or waited for; before its first step neither is. */
function titleOf(words: Words, plan: Plan, states: PartStates): string {
  const isNew = plan.parts.every(({ id }) => !states[id]?.began) && guideOf(words, plan, states).length === 0;
  const starting = isNew && startingTitle(words, plan);
  if (starting) return starting;
  const open = plan.parts.find((part) => !states[part.id]?.outcome) ?? plan.parts[plan.parts.length - 1];
  return open ? wordsOfPart(open).doing(words, open, states[open.id] as PartState) : '';
}

/** Which VM it is about, unless the title says so, where it acts, and who started it. */
function subtitleOf({ words, operation }: OperationDrawing, title: string): string | undefined {
  const places = operation.plan.parts.map((part) => wordsOfPart(part).place(part));
  const place = places.find((one) => one !== null);
  const begun = startedText(words, operation, operation.createdAt);
  return joined([vmsUnlessIn(words, operation.plan, title), place, begun]);
}

function notesOf({ words, operation }: OperationDrawing): string[] {
  const { say } = words;
  const { plan, parts: states } = operation;
  const ofParts = plan.parts.flatMap((part) => {
    const state = states[part.id] as PartState;
    const beside = plan.parts.filter((other) => other !== part);
    return wordsOfPart(part).notes?.(words, part, { state, beside }) ?? [];
  });
  return [
    ...waitNotes(words, operation),
    ...ofParts,
    say(leaveKey(words, plan, states)),
    ...cancelNotes(words, operation),
  ];
}

/** Nobody is told that they don't have to wait by a card that waits for somebody. */
function leaveKey(words: Words, plan: Plan, states: PartStates) {
  if (guideOf(words, plan, states).length > 0) return 'progress.leave-waits';
  return plan.parts.some((part) => wordsOfPart(part).leavesVm) ? 'progress.leave' : 'progress.leave-off';
}

/** The state of a cancel, by the first part whose job can be cancelled. */
function cancelStateOf({ plan, parts: states }: OperationToDraw): CancelState {
  const [first] = plan.parts.flatMap((part) => wordsOfPart(part).cancel?.(states[part.id] as PartState) ?? []);
  return first ?? 'no';
}

function cancelNotes({ say }: Words, operation: OperationToDraw): string[] {
  const who = operation.cancelAsked?.name;
  const state = cancelStateOf(operation);
  switch (state) {
    case 'too-late':
      return [say('progress.cancel-too-late')];
    case 'barred':
    case 'refused':
      if (who === undefined) return [say('progress.cancel-while')];
      return [say(`progress.cancel-${state}`, { who })];
    case 'possible':
      if (who !== undefined) return [say('progress.cancelling-by', { who })];
      return [`${say('progress.cancel-while')} ${say('cancel.lost')}`];
    default:
      return [];
  }
}

function cancelButton({ words, operation }: OperationDrawing): Button[] {
  const state = cancelStateOf(operation);
  if ((state !== 'possible' && state !== 'barred') || operation.cancelAsked) return [];
  const vm = operation.plan.vms[0]?.name;
  const asked = vm === undefined ? [] : [words.say('cancel.title', { vm })];
  return [
    {
      title: words.say('button.cancel-backup'),
      about: [...asked, words.say('cancel.lost')].join(' '),
      asksFirst: true,
      verb: 'cancel-backup',
      data: { operation: operation.id },
      style: 'destructive',
      withInputs: false,
    },
  ];
}
