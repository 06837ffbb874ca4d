/**
 * Cancelling a job: requested once, then the job is followed to its end. A job that ends otherwise was too far along
 * for Azure to cancel, and that is reported instead of a success.
 */
import type { Json } from '../../../core/json.ts';
import { failedInternally, failedCall } from '../../ground/failure.ts';
import type { Next, PartRunner, Run } from '../../ground/part.ts';
import type { Cancel } from '../../parts/cancel-job.ts';

/** Runs `cancel-job`. */
export const runCancel: PartRunner<Cancel> = {
  first: 'inspect',
  readStages: ['follow'],
  stages: { inspect, send, follow },
};

async function inspect(run: Run<Cancel>): Promise<Next<Cancel['memo']>> {
  const job = await run.azure.reads.job(run.part.vaultId, run.part.jobId);
  if (job === null) return { outcome: failedInternally('job-vanished', run.part.jobId) };
  return isOver(job.status) ? ended(run, job.status) : { stage: 'send', inMs: 0 };
}

async function send(run: Run<Cancel>): Promise<Next<Cancel['memo']>> {
  const { vaultId, jobId } = run.part;
  const written = await run.write<Json>({
    call: 'cancel-job',
    target: jobId,
    send: async (attempt) => ({ requestId: (await run.azure.writes.cancelJob({ vaultId, jobId }, attempt)).requestId }),
    findEffect: async () => {
      const job = await run.azure.reads.job(vaultId, jobId);
      return job && /^Cancel/i.test(job.status) ? { traced: true } : null;
    },
    reconcileWindowMs: 0,
  });
  if (written.end === 'waiting') return { stage: 'send', inMs: written.inMs, memo: run.memo };
  if (written.end === 'refused') return { outcome: failedCall(written.fault) };
  return { stage: 'follow', inMs: run.waits.operation };
}

async function follow(run: Run<Cancel>): Promise<Next<Cancel['memo']>> {
  const job = await run.azure.reads.job(run.part.vaultId, run.part.jobId);
  if (job === null || !isOver(job.status)) return { stage: 'follow', inMs: run.waits.operation, memo: run.memo };
  return ended(run, job.status);
}

function isOver(status: string): boolean {
  return !/^(InProgress|Cancelling)$/i.test(status);
}

function ended(run: Run<Cancel>, status: string): Next<Cancel['memo']> {
  const { jobId } = run.part;
  if (/^Cancelled$/i.test(status)) return { outcome: { ended: 'done', jobId } };
  return { outcome: failedInternally('too-late-to-cancel', jobId) };
}
