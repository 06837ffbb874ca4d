/** The card after the end of an operation: what was made, or what failed with its cause, its fixes and the way on. */
import type { Block, Button, CardMessage, Mark } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import { failureBlocks, failureCause } from './failure-lines.ts';
import { wordsOfPart } from './list.ts';
import { partLinks, phasesOf, type OperationDrawing } from './operation-drawing.ts';
import type { Outcome, Part } from './part.ts';
import type { Plan } from './plan.ts';
import type { PartStates } from './progress.ts';

/** Draws it. It keeps no button that can no longer act: what it offers begins something new. */
export function closingCard(drawing: OperationDrawing): CardMessage {
  const { words, operation } = drawing;
  const plan = operation.plan as Plan;
  const states = operation.parts as PartStates;
  const decisive = decisivePart(plan, states);
  const outcome = states[decisive.id]?.outcome as Outcome;
  const { mark, title } = titleOf(drawing, decisive, outcome);
  const body = [...doneBlocks(drawing, plan, states), ...endBlocks(words, decisive, outcome)];
  const steps: Block = { kind: 'steps', steps: phasesOf(words, plan, states) };
  return {
    template: 'sheet',
    data: {
      mark,
      title,
      body,
      buttons: buttonsOf(words, plan, operation.status),
      folds: [{ title: words.say('fold.plan'), body: [steps] }],
      links: partLinks(words, plan, states),
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
      return wordsOfPart(part).done(words, part, { outcome, took: tookOf(drawing) });
    case 'half-done':
      return { mark: 'warn', title: say('half.title', { vm, vault: wordsOfPart(part).place(part) ?? '' }) };
    case 'cancelled': {
      const who = outcome.byUs ? operation.cancelAsked?.name : undefined;
      const title = who ? say('cancelled.backup', { vm, who }) : say('cancelled.backup-elsewhere', { vm });
      return { mark: 'stopped', title };
    }
    case 'failed':
      return {
        mark: 'failed',
        title: wordsOfPart(part).failed(words, part, failureCause(words, part, outcome.failure)),
      };
    case 'skipped':
      return { mark: 'stopped', title: vm };
  }
}

function tookOf({ operation, now }: OperationDrawing): number {
  const states = Object.values(operation.parts as PartStates);
  const ends = states.map((state) => Date.parse(state.endedAt ?? now.toISOString()));
  return Math.max(0, Math.max(...ends) - operation.createdAt.getTime());
}

/** What was made: the proof that it was, part by part, the newest first. */
function doneBlocks({ words }: OperationDrawing, plan: Plan, states: PartStates): Block[] {
  const blocks = plan.parts.map((part): readonly Block[] => {
    const outcome = states[part.id]?.outcome;
    if (outcome?.ended !== 'done') return [];
    return wordsOfPart(part).proof(words, part, { outcome, alone: plan.parts.length === 1 });
  });
  return blocks.reverse().flat();
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
