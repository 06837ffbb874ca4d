/** The card of an operation while it runs and after its end, and the short message that goes with the end. Pure. */
import type { Button, CardMessage } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import { isOfMany, manyCard, manyPing } from './many-card.ts';
import { closingCard } from './closing-card.ts';
import { partLinks, phasesOf, type OperationDrawing, type OperationToDraw } from './operation-drawing.ts';
import { wordsOfPart } from './list.ts';
import type { PartState } from './part.ts';
import type { Plan } from './plan.ts';
import type { PartStates } from './progress.ts';

/** Draws the progress card, or the closing card once it has ended. */
export function drawOperation(drawing: OperationDrawing): CardMessage {
  if (isOfMany(drawing.operation.plan as Plan)) return manyCard(drawing);
  return drawing.operation.status === 'running' ? progressCard(drawing) : closingCard(drawing);
}

/** The short new message at the end, without the name in front; null where none is sent. */
export function pingOf({ words, operation }: Omit<OperationDrawing, 'now'>): string | null {
  const plan = operation.plan as Plan;
  const states = operation.parts as PartStates;
  if (isOfMany(plan)) return manyPing({ words, operation });
  const last = plan.parts[plan.parts.length - 1];
  if (!last) return null;
  const ended = states[last.id]?.outcome?.ended;
  const vm = plan.vms[0]?.name ?? '';
  if (ended === 'half-done') return words.say('ping.half', { vm });
  if (operation.status === 'cancelled') return words.say('ping.cancelled', { vm });
  return wordsOfPart(last).ping(words, last, operation.status === 'succeeded');
}

function progressCard(drawing: OperationDrawing): CardMessage {
  const { words, operation, now } = drawing;
  const { say } = words;
  const plan = operation.plan as Plan;
  const states = operation.parts as PartStates;
  const notes = notesOf(drawing);
  const job = backUpOf(plan, states)?.jobId;
  return {
    template: 'sheet',
    data: {
      mark: 'busy',
      title: titleOf(words, plan, states) + ' · ' + words.duration(now.getTime() - operation.createdAt.getTime()),
      subtitle: subtitleOf(drawing),
      body: [
        { kind: 'steps', steps: phasesOf(words, plan, states) },
        ...notes.map((text) => ({ kind: 'text' as const, text })),
      ],
      buttons: cancelButton(drawing),
      links: partLinks(words, plan, states),
      footer: job
        ? say('progress.footer-job', { at: words.time(now), job: job.slice(0, 8) })
        : say('progress.footer', { at: words.time(now) }),
    },
  };
}

function titleOf(words: Words, plan: Plan, states: PartStates): string {
  const open = plan.parts.find((part) => !states[part.id]?.outcome) ?? plan.parts[plan.parts.length - 1];
  return open ? wordsOfPart(open).doing(words, open, states[open.id] as PartState) : '';
}

function subtitleOf({ words, operation }: OperationDrawing): string {
  const at = words.time(operation.createdAt);
  const who = operation.requester.name;
  const places = (operation.plan as Plan).parts.map((part) => wordsOfPart(part).place(part));
  const vault = places.find((place) => place !== null);
  return vault
    ? words.say('progress.subtitle', { vault, who, at })
    : words.say('progress.subtitle-no-vault', { who, at });
}

function notesOf({ words, operation }: OperationDrawing): string[] {
  const { say } = words;
  const plan = operation.plan as Plan;
  const states = operation.parts as PartStates;
  const backUp = backUpOf(plan, states);
  const firstBackup = plan.parts.some((part) => part.does === 'protect') && backUp !== null;
  const silent = Object.values(states).find((state) => !state.outcome && state.memo.silentSince)?.memo.silentSince;
  return [
    ...(silent ? [say('progress.azure-silent', { at: words.time(new Date(silent)) })] : []),
    ...(firstBackup ? [say('progress.first')] : usualNote(words, backUp)),
    say(plan.vms.length > 0 ? 'progress.leave' : 'progress.leave-off'),
    ...cancelNotes(words, operation, backUp),
  ];
}

/** An estimate is made only from this VM's own backups, and called one. */
function usualNote(words: Words, backUp: PartStates[string]['memo'] | null): string[] {
  if (!backUp?.usualMs || !backUp.usualOf) return [];
  return [words.say('progress.usually', { usual: words.duration(backUp.usualMs), count: backUp.usualOf })];
}

function cancelNotes({ say }: Words, operation: OperationToDraw, backUp: PartStates[string]['memo'] | null): string[] {
  if (!backUp?.phase) return [];
  if (backUp.cancellable === false) return backUp.phase === 'transfer' ? [say('progress.cancel-too-late')] : [];
  if (backUp.cancelBarred && operation.cancelAsked)
    return [say('progress.cancel-barred', { who: operation.cancelAsked.name })];
  return operation.cancelAsked
    ? [say('progress.cancelling-by', { who: operation.cancelAsked.name })]
    : [say('progress.cancel-while')];
}

function cancelButton({ words, operation }: OperationDrawing): Button[] {
  const backUp = backUpOf(operation.plan as Plan, operation.parts as PartStates);
  if (!backUp?.cancellable || operation.cancelAsked) return [];
  const title = words.say('button.cancel-backup');
  return [{ title, verb: 'cancel-backup', data: { operation: operation.id }, style: 'destructive', withInputs: false }];
}

function backUpOf(plan: Plan, states: PartStates) {
  const part = plan.parts.find((candidate) => candidate.does === 'back-up-now');
  return part ? (states[part.id]?.memo ?? null) : null;
}
