/** The dialog behind `/backup cancel`: finds the running job, says whether Azure still cancels it, and asks once. */
import { z } from 'zod';
import type { Unread } from '../../azure/partial-read.ts';
import { refuse } from '../../core/refusal.ts';
import { toJson } from '../../core/json.ts';
import { flow, neverKept } from '../../dialog/flow.ts';
import type { Button, CardMessage } from '../../message/card-data.ts';
import { jobsLink } from '../../message/portal-link.ts';
import { unreadLines, unreadTitle } from '../../message/unread-words.ts';
import type { Words } from '../../message/words.ts';
import { closedDialogCard } from '../closed-dialog-card.ts';
import { isHeld, ruledLine } from '../ruled-words.ts';
import { asksOf } from '../asks.ts';
import type { Conversation, Drawing } from '../conversation.ts';
import type { PlannedVm } from '../part.ts';
import type { Plan } from '../plan.ts';

/**
 * A running job as the dialog needs it. `vm.id` is the VM's resource id as the job names it, whether or not the VM still
 * exists; `calledAs` tells it from another VM of its name. `startedBy` is the person whose operation started the job.
 */
export type RunningJob = {
  readonly jobId: string;
  readonly vaultId: string;
  readonly vaultName: string;
  readonly vm: PlannedVm;
  readonly calledAs: string;
  readonly since: string | null;
  readonly cancellable: boolean;
  readonly startedBy: string | null;
};

/** What fits the words: one job, or the VMs, as group and name, of which each has one that runs; and what was not read. */
export type Running = {
  readonly found: RunningJob | null;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
};

/** What the dialog looks at. */
export type CancelPorts = { readonly running: (asked: string) => Promise<Running> };

type Known = {
  readonly args: readonly string[];
  readonly job: Running;
  readonly go: 'cancel';
  readonly [step: string]: unknown;
};

const mostChoices = 5;
const argsInput = z.array(z.string().max(300)).length(1);

/** The conversation. */
export const cancelConversation: Conversation<Known, CancelPorts> = {
  flow: flow<Known, CancelPorts>({
    name: 'cancel',
    steps: [
      {
        kind: 'ask',
        id: 'args',
        parse: (input) => {
          const parsed = argsInput.safeParse(input);
          return parsed.success ? { value: parsed.data } : refuse('bad-name', { given: '' });
        },
      },
      {
        kind: 'find',
        id: 'job',
        look: async ({ args }, ports) => toJson(await ports.running(args[0] ?? '')),
        worse,
      },
      {
        kind: 'ask',
        id: 'go',
        parse: (input, { job }) =>
          input === 'cancel' && job.found?.cancellable ? { value: 'cancel' } : refuse('not-offered'),
        reopened: neverKept,
      },
    ],
  }),
  draw,
  answers: ['go'],
  offers: ({ job }) => (job?.found?.cancellable ? [{ go: 'cancel', asks: asksOf(planOf(job.found)) }] : []),
  plan: ({ job }) => planOf(job.found as RunningJob),
};

function planOf({ jobId, vaultId, vaultName, vm, startedBy }: RunningJob): Plan {
  return {
    version: 1,
    goal: 'cancel-job',
    vms: [{ id: vm.id, name: vm.name }],
    parts: [{ id: 'cancel', after: [], does: 'cancel-job', vm, vaultId, vaultName, jobId, startedBy }],
  };
}

/** Another job than the one shown, or one that Azure no longer cancels. */
function worse(shown: Known, now: Known): boolean {
  return now.job.found?.jobId !== shown.job.found?.jobId || !now.job.found?.cancellable;
}

function draw(drawing: Drawing<Known>): CardMessage {
  const { words, known, status, next } = drawing;
  const { say } = words;
  const asked = known.args?.[0] ?? '';
  if (status === 'cancelled' || status === 'expired') return closedDialogCard(drawing, asked);
  if (drawing.trouble || status === 'checking' || next === 'job' || !known.job) {
    return { template: 'notice', data: { mark: 'busy', title: say('looking.title', { vm: asked }) } };
  }
  const { dialog, revision } = drawing;
  const button = (title: string, verb: string, go?: string) => ({
    title,
    verb,
    data: { dialog, revision, ...(go ? { go } : {}) },
    withInputs: false,
  });
  const again = button(say('button.check-again'), 'again');
  const { found } = known.job;
  if (!found) return nothingCard({ words, asked, again }, known.job);
  const since = found.since ? words.dateTime(new Date(found.since)) : '–';
  const text = [
    say('cancel.since', { since, vault: found.vaultName }),
    say(found.cancellable ? 'progress.cancel-while' : 'progress.cancel-too-late'),
    ...unreadLines(words, known.job.unread),
    ...drawing.held.map(({ because }) => ruledLine(words, because)),
  ];
  const buttons =
    found.cancellable && !isHeld(drawing, 'cancel')
      ? [
          { ...button(say('button.cancel-backup'), 'submit', 'cancel'), style: 'destructive' as const },
          again,
          button(say('button.keep-running'), 'cancel'),
        ]
      : [again];
  const links = [jobsLink(say('link.job'), found.vaultId)];
  return {
    template: 'notice',
    data: { mark: 'ask', title: say('cancel.title', { vm: found.calledAs }), text, buttons, links },
  };
}

type Nothing = { readonly words: Words; readonly asked: string; readonly again: Button };

/** No job that is the only one meant: several VMs fit, or none does, or that cannot be told. */
function nothingCard({ words, asked, again }: Nothing, { several, unread }: Running): CardMessage {
  const { say } = words;
  const text = unreadLines(words, unread);
  if (several.length > 0) {
    const choices = several.slice(0, mostChoices).map((vm) => ({
      title: vm,
      verb: 'command',
      data: { command: `backup cancel ${vm}` },
      withInputs: false,
    }));
    const title = say('cancel.several', { count: several.length, asked });
    return { template: 'notice', data: { mark: 'ask', title, text, buttons: [...choices, again] } };
  }
  if (unread.length === 0)
    return { template: 'notice', data: { mark: 'info', title: say('cancel.none', { asked }), buttons: [again] } };
  const title = say('unread.title', { unread: unreadTitle(words, unread) });
  const none = say('cancel.none-read', { asked });
  return { template: 'notice', data: { mark: 'unknown', title, text: [none, ...text], buttons: [again] } };
}
