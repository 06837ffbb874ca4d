/** The card of an operation while it runs and after its end, and the short message that goes with the end. Pure. */
import type { Button, CardMessage } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import type { Person } from '../core/person.ts';
import { closingCard } from './closing-card.ts';
import type { Part } from './part.ts';
import { phasesOf } from './phases.ts';
import type { Plan } from './plan.ts';
import type { PartStates } from './progress.ts';
import { portalLink } from '../message/portal-link.ts';

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

/** Draws the progress card, or the closing card once it has ended. */
export function drawOperation(drawing: OperationDrawing): CardMessage {
  return drawing.operation.status === 'running' ? progressCard(drawing) : closingCard(drawing);
}

/** The short new message at the end, without the name in front; null where none is sent. */
export function pingOf({ words, operation }: Omit<OperationDrawing, 'now'>): string | null {
  const plan = operation.plan as Plan;
  const states = operation.parts as PartStates;
  const { say } = words;
  const vm = plan.vms[0]?.name ?? '';
  const last = plan.parts[plan.parts.length - 1];
  if (!last) return null;
  const keyVault = last.does === 'grant-key-vault-access' ? last.keyVault.name : '';
  switch (operation.status) {
    case 'succeeded':
      if (last.does === 'back-up-now') return say('ping.backed-up', { vm });
      return last.does === 'protect' ? say('ping.protected', { vm }) : say('ping.granted', { keyVault });
    case 'cancelled':
      return say('ping.cancelled', { vm });
    default:
      return failurePing(words, { last, states, vm, keyVault });
  }
}

function failurePing({ say }: Words, end: { last: Part; states: PartStates; vm: string; keyVault: string }): string {
  if (end.states[end.last.id]?.outcome?.ended === 'half-done') return say('ping.half', { vm: end.vm });
  if (end.last.does === 'back-up-now') return say('ping.failed', { vm: end.vm });
  return end.last.does === 'protect'
    ? say('ping.failed-protect', { vm: end.vm })
    : say('ping.failed-grant', { keyVault: end.keyVault });
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
        { kind: 'steps', steps: phasesOf(words, plan, { states, now }) },
        ...notes.map((text) => ({ kind: 'text' as const, text })),
      ],
      buttons: cancelButton(drawing),
      links: jobLinks(words, plan, states),
      footer: job
        ? say('progress.footer-job', { at: words.time(now), job: job.slice(0, 8) })
        : say('progress.footer', { at: words.time(now) }),
    },
  };
}

function titleOf({ say }: Words, plan: Plan, states: PartStates): string {
  const vm = plan.vms[0]?.name ?? '';
  const open = plan.parts.find((part) => !states[part.id]?.outcome) ?? plan.parts[plan.parts.length - 1];
  if (open?.does === 'grant-key-vault-access') return say('progress.now-grant', { keyVault: open.keyVault.name, vm });
  if (open?.does === 'protect') return say('progress.now-protect', { vm });
  return backUpOf(plan, states)?.joined ? say('progress.now-joined', { vm }) : say('progress.now-back-up', { vm });
}

function subtitleOf({ words, operation }: OperationDrawing): string {
  const plan = operation.plan as Plan;
  const at = words.time(operation.createdAt);
  const who = operation.requester.name;
  const target = plan.parts.find((part) => part.does !== 'grant-key-vault-access');
  if (!target) return words.say('progress.subtitle-no-vault', { who, at });
  return words.say('progress.subtitle', { vault: target.vaultName, who, at });
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
    ...(firstBackup ? [say('progress.first')] : []),
    say('progress.leave'),
    ...cancelNotes(words, operation, backUp),
  ];
}

function cancelNotes({ say }: Words, operation: OperationToDraw, backUp: PartStates[string]['memo'] | null): string[] {
  if (!backUp?.phase) return [];
  if (backUp.cancellable === false) return backUp.phase === 'transfer' ? [say('progress.cancel-too-late')] : [];
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

/** Links to the job and to the key vaults that are touched. */
export function jobLinks(words: Words, plan: Plan, states: PartStates) {
  return plan.parts.flatMap((part) => {
    if (part.does === 'grant-key-vault-access')
      return [portalLink(words.say('link.key-vault-named', { keyVault: part.keyVault.name }), part.keyVault.id)];
    const jobId = states[part.id]?.memo.jobId;
    if (part.does !== 'back-up-now' || !jobId) return [];
    return [portalLink(words.say('link.job'), `${part.ref.vaultId}/backupJobs/${jobId}`)];
  });
}
