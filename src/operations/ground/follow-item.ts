/**
 * Following an accepted write of a protected item to its end. Azure keeps an operation only for a while. Once it no
 * longer knows it, the item itself counts, then the job that carries the attempt's ID. If neither shows the write for
 * long enough, a person has to look: nothing is sent again.
 */
import { z } from 'zod';
import type { ItemRef, ProtectedItem } from '../../azure/gateway.ts';
import { failedInternally, failedOperation, failureOfJob } from './failure.ts';
import type { Next, Outcome, PartBase, Run } from './part.ts';

/** What the write hands over. */
export const followMemo = z.object({
  operationId: z.string().optional(),
  requestId: z.string().nullable().optional(),
  /** The attempt that Azure accepted: its job carries this ID. Absent: an older release sent it. */
  attemptId: z.string().optional(),
  /** Since when Azure hasn't known the operation, and nothing else has shown it. */
  forgottenSince: z.string().optional(),
});
type FollowMemo = Readonly<z.infer<typeof followMemo>>;

type Followed = {
  readonly part: PartBase & { readonly ref: ItemRef };
  readonly memo: FollowMemo;
  readonly waits: object;
};

/** The stage `follow` of a part on an item; `isAsPlanned`: whether the item shows what was written. */
export async function followItem(
  run: Run<Followed>,
  isAsPlanned: (item: ProtectedItem) => boolean,
): Promise<Next<FollowMemo>> {
  const { operationId = '', requestId = null } = run.memo;
  const { vaultId } = run.part.ref;
  const status = await run.azure.reads.operation({ vaultId, operationId, requestId });
  switch (status?.status) {
    case 'Succeeded':
      return { outcome: { ended: 'done', jobId: status.jobId } };
    case 'Failed':
    case 'Canceled':
      return { outcome: failedOperation(status, requestId) };
    case 'InProgress':
      return onwards(run);
    case undefined:
      return withoutOperation(run, isAsPlanned);
  }
}

async function withoutOperation(
  run: Run<Followed>,
  isAsPlanned: (item: ProtectedItem) => boolean,
): Promise<Next<FollowMemo>> {
  const item = await run.azure.reads.protectedItem(run.part.ref);
  if (item && isAsPlanned(item)) return { outcome: { ended: 'done' } };
  const { attemptId, requestId = null, forgottenSince = run.now.toISOString() } = run.memo;
  const jobId = attemptId === undefined ? null : await jobOfAttempt(run, attemptId, run.began);
  if (jobId !== null) {
    const outcome = await endOfJob(run, jobId);
    return outcome ? { outcome } : onwards(run);
  }
  if (run.now.getTime() - Date.parse(forgottenSince) <= run.waits.forgotten) return onwards(run, { forgottenSince });
  return { outcome: failedInternally('operation-forgotten', null, requestId) };
}

function onwards(
  { memo: { forgottenSince: _, ...memo }, waits }: Run<Followed>,
  more: Pick<FollowMemo, 'forgottenSince'> = {},
): Next<FollowMemo> {
  return { stage: 'follow', inMs: waits.operation, memo: { ...memo, ...more } };
}

/** How a write's job ended; null: it is still running. */
export async function endOfJob({ azure, part }: Run<Followed>, jobId: string): Promise<Outcome | null> {
  const now = await azure.reads.job(part.ref.vaultId, jobId);
  if (now === null) return failedInternally('job-vanished', jobId);
  if (/^InProgress$/i.test(now.status)) return null;
  if (/^Completed/i.test(now.status)) return { ended: 'done', jobId };
  return { ended: 'failed', failure: failureOfJob(now, null) };
}

/** An attempt's job carries the attempt's ID, long before the item shows its effect. */
export async function jobOfAttempt(
  { azure, part, now }: Run<Followed>,
  attemptId: string,
  madeAt: Date,
): Promise<string | null> {
  const window = { from: new Date(madeAt.getTime() - 300_000), to: new Date(now.getTime() + 300_000) };
  const jobs = await azure.reads.jobs(part.ref.vaultId, window);
  return jobs.find(({ activityId }) => activityId?.toLowerCase() === attemptId.toLowerCase())?.name ?? null;
}
