/** The card after the end of an operation: what was made, or what failed with its cause, its fixes and the way on. */
import type { Block, Button, CardMessage, Mark } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import { failureBlocks, failureCause } from './failure-lines.ts';
import { jobLinks, type OperationDrawing } from './operation-card.ts';
import type { Outcome, Part, PointMade } from './part.ts';
import { phasesOf } from './phases.ts';
import { commandOf, rightsText } from './plan-words.ts';
import type { Plan } from './plan.ts';
import type { PartStates } from './progress.ts';
import type { BackUpPart } from './back-up-now/plan.ts';
import type { GrantPart } from './grant-key-vault-access/plan.ts';

const dayMs = 86_400_000;

/** Draws it. It keeps no button that can no longer act: what it offers begins something new. */
export function closingCard(drawing: OperationDrawing): CardMessage {
  const { words, operation } = drawing;
  const plan = operation.plan as Plan;
  const states = operation.parts as PartStates;
  const decisive = decisivePart(plan, states);
  const outcome = states[decisive.id]?.outcome as Outcome;
  const { mark, title } = titleOf(drawing, decisive, outcome);
  const body = [...doneBlocks(drawing, plan, states), ...endBlocks(words, decisive, outcome)];
  const steps: Block = { kind: 'steps', steps: phasesOf(words, plan, { states, now: drawing.now }) };
  return {
    template: 'sheet',
    data: {
      mark,
      title,
      body,
      buttons: buttonsOf(words, plan, operation.status),
      folds: [{ title: words.say('fold.plan'), body: [steps] }],
      links: jobLinks(words, plan, states),
      footer: footerOf(drawing, states),
    },
  };
}

/** The part that decides the verdict: the first that did not succeed, else the last. */
function decisivePart(plan: Plan, states: PartStates): Part {
  const failed = plan.parts.find((part) => states[part.id]?.outcome?.ended !== 'done');
  return (failed ?? plan.parts[plan.parts.length - 1]) as Part;
}

function titleOf(drawing: OperationDrawing, part: Part, outcome: Outcome): { mark: Mark; title: string } {
  const { words, operation } = drawing;
  const { say } = words;
  const vm = (operation.plan as Plan).vms[0]?.name ?? '';
  switch (outcome.ended) {
    case 'done':
      return { mark: outcome.point === null ? 'warn' : 'ok', title: successTitle(drawing, part, outcome) };
    case 'half-done':
      return {
        mark: 'warn',
        title: say('half.title', { vm, vault: part.does === 'grant-key-vault-access' ? '' : part.vaultName }),
      };
    case 'cancelled': {
      const who = operation.cancelAsked?.name;
      return {
        mark: 'stopped',
        title: who && outcome.byUs ? say('cancelled.backup', { vm, who }) : say('cancelled.backup-elsewhere', { vm }),
      };
    }
    case 'failed':
      return { mark: 'failed', title: failedTitle(words, part, { outcome, vm }) };
    case 'skipped':
      return { mark: 'stopped', title: vm };
  }
}

function successTitle({ words, operation, now }: OperationDrawing, part: Part, outcome: Outcome): string {
  const { say } = words;
  const vm = (operation.plan as Plan).vms[0]?.name ?? '';
  if (part.does === 'grant-key-vault-access') return say('access.done-title', { keyVault: part.keyVault.name });
  if (part.does === 'protect') return say('closing.protected-no-next', { vm });
  if (outcome.ended === 'done' && outcome.point === null) return say('closing.unproven', { vm });
  const ended = Object.values(operation.parts as PartStates).map((state) =>
    Date.parse(state.endedAt ?? now.toISOString()),
  );
  return say('closing.backed-up', { vm, took: words.duration(Math.max(...ended) - operation.createdAt.getTime()) });
}

function failedTitle(
  words: Words,
  part: Part,
  end: { outcome: Extract<Outcome, { ended: 'failed' }>; vm: string },
): string {
  const cause = failureCause(words, part, end.outcome.failure);
  const { vm } = end;
  if (part.does === 'grant-key-vault-access')
    return words.say('failed.grant', { keyVault: part.keyVault.name, cause: cause ?? '–' });
  if (cause === null && part.does === 'back-up-now') return words.say('failed.backup-unknown', { vm });
  return words.say(part.does === 'protect' ? 'failed.protect' : 'failed.backup', {
    vm,
    cause: cause ?? words.say('failed.unknown-cause'),
  });
}

/** What was made: the proof that it was, part by part. */
function doneBlocks({ words, now }: OperationDrawing, plan: Plan, states: PartStates): Block[] {
  return plan.parts.flatMap((part): Block[] => {
    const outcome = states[part.id]?.outcome;
    if (outcome?.ended !== 'done') return [];
    if (part.does === 'grant-key-vault-access') return [{ kind: 'facts', facts: grantFacts(words, part, now) }];
    if (part.does === 'back-up-now' && outcome.point)
      return [{ kind: 'facts', facts: pointFacts(words, part, outcome.point) }];
    if (part.does === 'protect')
      return plan.parts.length > 1 ? [] : [{ kind: 'facts', facts: protectFacts(words, part) }];
    return [];
  });
}

function endBlocks(words: Words, part: Part, outcome: Outcome): Block[] {
  switch (outcome.ended) {
    case 'done':
      return [];
    case 'half-done':
      return [{ kind: 'text', text: words.say('half.text-no-date') }, ...failureBlocks(words, part, outcome.failure)];
    case 'failed':
      return failureBlocks(words, part, outcome.failure);
    case 'cancelled':
      return [{ kind: 'text', text: words.say('cancelled.text-no-next') }];
    case 'skipped':
      return [];
  }
}

function protectFacts({ say }: Words, part: Extract<Part, { does: 'protect' }>) {
  return [
    { title: say('closing.where'), value: part.vaultName },
    { title: say('closing.policy'), value: part.policyName },
  ];
}

function pointFacts(words: Words, part: BackUpPart, point: PointMade) {
  const { say } = words;
  const keys = !point.encrypted
    ? 'closing.keys-not-needed'
    : point.hasKeys
      ? 'closing.keys-saved'
      : 'closing.keys-not-saved';
  const at = new Date(point.time);
  return [
    {
      title: say('closing.point'),
      value: say('closing.point-value', { at, consistency: consistencyWord(words, point.consistency) }),
    },
    { title: say('closing.where'), value: say('closing.where-value', { vault: part.vaultName }) },
    { title: say('closing.keys'), value: say(keys) },
    { title: say('closing.kept'), value: words.date(new Date(at.getTime() + part.keepDays * dayMs)) },
  ];
}

function consistencyWord({ say }: Words, consistency: string | null): string {
  switch (consistency?.toLowerCase()) {
    case 'appconsistent':
      return say('consistency.application');
    case 'filesystemconsistent':
      return say('consistency.file-system');
    case 'crashconsistent':
      return say('consistency.crash');
    default:
      return say('consistency.unknown');
  }
}

/** What was added, where, how it is undone, and who will take it away if it is not written down elsewhere. */
function grantFacts(words: Words, part: GrantPart, now: Date) {
  const { say } = words;
  const added = part.by.model === 'roles' ? part.by.roleName : rightsText(words, part);
  return [
    { title: say('access.added'), value: added },
    { title: say('access.where'), value: part.keyVault.name },
    { title: say('access.undo-with'), value: undoCommand(part, now) },
    { title: say('access.note'), value: say('access.add-to-code', { keyVault: part.keyVault.name }) },
  ];
}

function undoCommand(part: GrantPart, now: Date): string {
  const command = commandOf(part, now);
  if (part.by.model === 'roles')
    return `az role assignment delete --ids ${part.keyVault.id}/providers/Microsoft.Authorization/roleAssignments/${part.by.assignment}`;
  return command
    .replace('/accessPolicies/add', '/accessPolicies/remove')
    .replace(/"permissions":\{.*?\}(?=\})/, `"permissions":${JSON.stringify(part.missing)}`);
}

/** After a failure: try again, which looks at everything anew. */
function buttonsOf({ say }: Words, plan: Plan, status: string): Button[] {
  const vm = plan.vms[0];
  if (!vm) return [];
  const again = (title: string): Button => ({
    title,
    verb: 'command',
    data: { command: `backup ${vm.id}` },
    withInputs: false,
  });
  return status === 'succeeded' ? [again(say('button.show-status'))] : [again(say('button.check-again'))];
}

function footerOf({ words, operation }: OperationDrawing, states: PartStates): string {
  const who = operation.requester.name;
  const job = Object.values(states)
    .map((state) => state.memo.jobId)
    .find((id) => id);
  return job ? words.say('closing.footer-job', { who, job: job.slice(0, 8) }) : words.say('closing.footer', { who });
}
