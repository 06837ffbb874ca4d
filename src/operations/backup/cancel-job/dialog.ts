/** The dialog behind `/backup cancel`: finds the running job, says whether Azure can still cancel it, and asks once. */
import { z } from 'zod';
import { refuse } from '../../../core/refusal.ts';
import { toJson } from '../../../core/json.ts';
import { flow, neverKept } from '../../../dialog/flow.ts';
import type { CardMessage } from '../../../message/card-data.ts';
import { jobsLink } from '../../../message/portal-link.ts';
import { unreadLines } from '../../../message/unread-words.ts';
import { isBlockedOffer, ruledLine } from '../../wording/ruled-words.ts';
import { cancelWords } from './words.ts';
import { argsStep, type DialogKind, type Drawing } from '../../dialogs/dialog-kind.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { planVersion, type Plan } from '../../parts/plan.ts';
import { noneMeantCard, runningCard } from './lists.ts';
import { findRunning, type Running, type RunningJob } from './running.ts';

type Known = {
  readonly args: readonly string[];
  readonly job: Running;
  readonly go: 'cancel';
  readonly [step: string]: unknown;
};

const argsInput = z.array(z.string().max(300)).max(1);

/** The dialog. */
export const cancelDialog: DialogKind<Known> = {
  flow: flow<Known, Estate>({
    name: 'cancel',
    steps: [
      argsStep(argsInput),
      {
        kind: 'find',
        id: 'job',
        lookup: async ({ args }, estate) => toJson(await findRunning(estate, args[0] ?? null)),
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
  // Whoever started a backup can cancel it.
  opensFor: () => ['cancel-job', 'back-up-now'],
  about: ({ job, args = [] }) => job?.found?.calledAs ?? ['backup cancel', ...args].join(' '),
  answers: ['go'],
  offers: ({ job }, asksOf) => (job?.found?.cancellable ? [{ go: 'cancel', asks: asksOf(planOf(job.found)) }] : []),
  plan: ({ job }) => planOf(job.found as RunningJob),
};

function planOf({ jobId, vaultId, vaultName, vm, startedBy }: RunningJob): Plan {
  return {
    version: planVersion,
    vms: [{ id: vm.id, name: vm.name }],
    parts: [{ id: 'cancel', after: [], does: 'cancel-job', vm, vaultId, vaultName, jobId, startedBy }],
  };
}

/** What waits for approval can also be done by hand. */
function commandsOf(job: RunningJob): string[] {
  return planOf(job).parts.flatMap((part) =>
    part.does === 'cancel-job' ? [cancelWords.command(part, new Date(0))] : [],
  );
}

/** A different job from the one shown, or one that Azure no longer cancels. */
function worse(shown: Known, now: Known): boolean {
  return now.job.found?.jobId !== shown.job.found?.jobId || !now.job.found?.cancellable;
}

function draw(drawing: Drawing<Known>): CardMessage {
  const { words, known, status, next } = drawing;
  const { say } = words;
  const asked = known.args?.[0] ?? '';
  if (status === 'checking' || next === 'job' || !known.job) {
    const title = asked === '' ? say('view.looking') : say('looking.title', { vm: asked });
    return { template: 'notice', data: { mark: 'busy', title } };
  }
  const { dialog, revision } = drawing;
  const button = (title: string, verb: string, go?: string) => ({
    title,
    verb,
    data: { dialog, revision, ...(go ? { go } : {}) },
    withInputs: false,
  });
  const again = button(say('button.check-again'), 'again');
  const { found, rows } = known.job;
  if (rows) return runningCard({ words, rows, unread: known.job.unread, again, now: drawing.now });
  if (!found) return noneMeantCard({ words, asked, again }, known.job);
  const text = textOf(drawing, found);
  const about = say('cancel.lost');
  const buttons =
    found.cancellable && !isBlockedOffer(drawing, 'cancel')
      ? [
          { ...button(say('button.cancel-backup'), 'submit', 'cancel'), about, style: 'destructive' as const },
          again,
          button(say('button.keep-running'), 'cancel'),
        ]
      : [again];
  const title = say('cancel.title', { vm: found.calledAs });
  const links = [jobsLink(say('link.job'), found.vaultId)];
  return { template: 'notice', data: { mark: 'ask', title, text, buttons, links } };
}

/** Since when it runs, what cancelling it loses, and who prevents cancelling it. */
function textOf({ words, known, blockedOffers, toApprove, now }: Drawing<Known>, found: RunningJob): string[] {
  const { say } = words;
  const since = found.since ? words.dated(new Date(found.since), now) : '–';
  return [
    say('cancel.since', { since, vault: found.vaultName }),
    ...(found.cancellable ? [say('cancel.lost'), say('progress.cancel-while')] : [say('progress.cancel-too-late')]),
    ...unreadLines(words, known.job?.unread ?? []),
    ...blockedOffers.map(({ because }) => ruledLine(words, because)),
    // What waits for approval can be done by hand in the meantime.
    ...(toApprove.length > 0 ? commandsOf(found) : []),
  ];
}
