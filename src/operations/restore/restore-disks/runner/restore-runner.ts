/**
 * Having Azure Backup restore a point: it validates the request, then gets it once, and the job is followed with its
 * percentage. A restore is never requested twice automatically: if the response was lost and no trace appears, it ends
 * with that, and a person decides.
 */
import type { JobFacts, OperationRef, RecoveryPoint } from '../../../../azure/gateway.ts';
import { vmKeyOfJob } from '../../../../azure/job-vm.ts';
import { keyOfId } from '../../../../core/arm-id.ts';
import type { Json } from '../../../../core/json.ts';
import { failedCall, failedInternally, failedOperation, failureOfJob } from '../../../ground/failure.ts';
import type { Next, PartRunner, Run } from '../../../ground/part.ts';
import { sendIfDue } from '../../../ground/send-if-due.ts';
import { disksThere } from '../../../restored/find-restored.ts';
import type { restoreMemo, restoreWaits } from '../../../parts/restore-disks.ts';
import type { RestorePart } from '../../../parts/restore-part.ts';
import { objectionsTo, requestOf } from './request.ts';
import type { z } from 'zod';

type Memo = z.infer<typeof restoreMemo>;
/** The types of a part that has Azure Backup restore a point. */
export type Restore = { readonly part: RestorePart; readonly memo: Memo; readonly waits: typeof restoreWaits };

/**
 * `before`: what is checked before Azure validates the request, and again right before each request to Azure, null:
 * nothing blocks it; `made`: once Azure has done it.
 */
type Ways<K extends Restore> = {
  readonly before?: (run: Run<K>) => Promise<Next<K['memo']> | null>;
  readonly made: (run: Run<K>) => Promise<Next<K['memo']>>;
};

/** Runs such a part. */
export function restoreRunner<K extends Restore>({ before = nothing, made }: Ways<K>): PartRunner<K> {
  const inspectFirst = async (run: Run<K>) => (await before(run)) ?? (await inspect(run));
  return {
    first: 'inspect',
    readStages: ['job'],
    stages: { inspect: inspectFirst, send: sendIfDue<K>({ before, send }), accepted, job, made },
  };
}

const nothing = () => Promise.resolve(null);

async function inspect(run: Run<Restore>): Promise<Next<Memo>> {
  const { part, azure } = run;
  if (!azure.restores) return { outcome: failedInternally('no-restore-identity') };
  const points = await azure.reads.recoveryPoints(part.ref);
  const point = points.find(({ name }) => name === part.point.name);
  if (!point) return { outcome: failedInternally('point-vanished') };
  const problems = await objectionsTo(part, azure.restores);
  if (problems.length === 0) return { stage: 'send', inMs: 0, memo: await beforeRestore(run, point) };
  const codes = problems.flatMap(({ code }) => code ?? []);
  const says = problems.flatMap(({ message }) => message ?? []);
  const recommends = problems.flatMap(({ recommendations }) => recommendations);
  const failure = { origin: 'backup-operation' as const, codes, says, recommends, internal: null };
  return { outcome: { ended: 'failed', failure: { ...failure, requestId: null, jobId: null } } };
}

/** What shows later which disks are new. It is stored before Azure is asked, so no crash can make old disks new. */
async function beforeRestore({ part, azure }: Run<Restore>, { disks: count }: RecoveryPoint): Promise<Memo> {
  if (part.does === 'replace-disks') return {};
  const { id: groupId } = part.targetGroup;
  const there = await disksThere(azure.reads, groupId);
  return { into: { groupId, before: there && there.map(({ name }) => name), count } };
}

async function send(run: Run<Restore>, isDue: () => Promise<boolean>): Promise<Next<Memo>> {
  const { part, azure } = run;
  const { restores } = azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const written = await run.writeOnce<Json>({
    call: part.does,
    target: part.ref.item,
    send: async (attempt) => (await restores.startRestore(requestOf(part), attempt)) as unknown as Json,
    findEffect: async ({ id, madeAt }): Promise<Json> => {
      const own = await traceOf(run, id, madeAt);
      return own ? { jobId: own.name } : null;
    },
    reconcileWindowMs: run.waits.traceRestore,
    isDue,
  });
  if (written.end === 'waiting') return { stage: 'send', inMs: written.inMs, memo: run.memo };
  if (written.end === 'lost') return { outcome: failedInternally('restore-in-doubt') };
  if (written.end === 'refused') return { outcome: failedCall(written.fault) };
  const value = written.value as Partial<OperationRef> & { readonly jobId?: string };
  if (value.jobId) return { stage: 'job', inMs: 0, memo: { ...run.memo, jobId: value.jobId } };
  const { attemptId } = written;
  const memo = { operationId: value.operationId as string, requestId: value.requestId ?? null, attemptId };
  return { stage: 'accepted', inMs: Math.min(run.waits.operation, 1000), memo: { ...run.memo, ...memo } };
}

async function accepted(run: Run<Restore>): Promise<Next<Memo>> {
  const requestId = run.memo.requestId ?? null;
  const ref = { vaultId: run.part.ref.vaultId, operationId: run.memo.operationId as string, requestId };
  const status = await run.azure.reads.operation(ref);
  if (status?.jobId) return { stage: 'job', inMs: 0, memo: { ...run.memo, missed: 0, jobId: status.jobId } };
  if (status && status.status !== 'InProgress' && status.status !== 'Succeeded')
    return { outcome: failedOperation(status, requestId) };
  if (status?.status !== 'InProgress') return withoutJob(run);
  return { stage: 'accepted', inMs: run.waits.operation, memo: { ...run.memo, missed: 0 } };
}

const maxMissed = 20;

/** Azure keeps an operation only for a while: after some looks its job is searched for by the attempt's ID. */
async function withoutJob(run: Run<Restore>): Promise<Next<Memo>> {
  const missed = (run.memo.missed ?? 0) + 1;
  if (missed <= maxMissed) return { stage: 'accepted', inMs: run.waits.operation, memo: { ...run.memo, missed } };
  const { attemptId } = run.memo;
  const own = attemptId === undefined ? null : await traceOf(run, attemptId, run.began);
  if (own === null) return { outcome: failedInternally('job-vanished') };
  return { stage: 'job', inMs: 0, memo: { ...run.memo, missed: 0, jobId: own.name } };
}

async function job(run: Run<Restore>): Promise<Next<Memo>> {
  const id = run.memo.jobId as string;
  const now = await run.azure.reads.job(run.part.ref.vaultId, id);
  if (now === null) {
    const missed = (run.memo.missed ?? 0) + 1;
    if (missed > maxMissed) return { outcome: failedInternally('job-vanished', id) };
    return { stage: 'job', inMs: run.waits.restoreJob, memo: { ...run.memo, missed } };
  }
  const memo = { ...run.memo, missed: 0, percent: now.percent, remainingMs: now.remainingMs };
  if (/^Completed/i.test(now.status)) return { stage: 'made', inMs: 0, memo };
  if (/^Failed$/i.test(now.status))
    return { outcome: { ended: 'failed', failure: failureOfJob(now, run.memo.requestId ?? null) }, memo };
  if (/^Cancelled$/i.test(now.status)) return { outcome: failedInternally('restore-cancelled', id), memo };
  return { stage: 'job', inMs: run.waits.restoreJob, memo };
}

/** An earlier attempt's job carries the attempt's ID. */
async function traceOf(run: Run<Restore>, attemptId: string, madeAt: Date): Promise<JobFacts | null> {
  const { azure, part, now } = run;
  const window = { from: new Date(madeAt.getTime() - 300_000), to: new Date(now.getTime() + 300_000) };
  const jobs = await azure.reads.jobs(part.ref.vaultId, { ...window, operation: 'Restore' });
  const mine = jobs.filter((found) => vmKeyOfJob(found) === keyOfId(part.vm.id));
  return mine.find(({ activityId }) => activityId?.toLowerCase() === attemptId.toLowerCase()) ?? null;
}
