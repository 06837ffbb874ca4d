/**
 * An on-demand backup. If a backup of this item is already running, it joins that instead of starting one. Otherwise
 * the backup is requested once; the operation returns its job within seconds, and the job is followed, less often the
 * longer it runs. Success is claimed from the recovery point, not from the job.
 */
import { AzureFault } from '../../../azure/faults.ts';
import type { JobFacts, OperationRef, RecoveryPoint } from '../../../azure/gateway.ts';
import type { Json } from '../../../core/json.ts';
import { failedInternally, failedCall, failedOperation, failureOfJob } from '../../ground/failure.ts';
import type { Next, PartRunner, PointMade, Run } from '../../ground/part.ts';
import { bareName } from '../../../azure/item-ref.ts';
import { backupsOf } from '../../ground/backups-of.ts';
import { withProtectionStatus } from '../../ground/protection-status.ts';
import { WriteRefused } from '../../ground/idempotent-write.ts';
import type { BackUp, BackUpMemo } from '../../parts/back-up-now.ts';

const dayMs = 86_400_000;
const anotherRuns = 'usererrorbackupoperationinprogress';
const maxTries = 20;

/** Runs `back-up-now`. */
export const runBackUp: PartRunner<BackUp> = {
  first: 'start',
  readStages: ['job'],
  stages: withProtectionStatus({ start, send, accepted, job, cancel, point }),
};

async function start(run: Run<BackUp>): Promise<Next<BackUp['memo']>> {
  if (run.part.joins) return { stage: 'job', inMs: 0, memo: { jobId: run.part.joins, joined: true } };
  const running = await runningBackup(run);
  return running ? { stage: 'job', inMs: 0, memo: { jobId: running.name, joined: true } } : { stage: 'send', inMs: 0 };
}

async function send(run: Run<BackUp>): Promise<Next<BackUp['memo']>> {
  const { ref } = run.part;
  const written = await run.write<Json>({
    call: 'back-up',
    target: ref.item,
    send: async (attempt) => {
      const keepUntil = new Date(run.now.getTime() + run.part.keepDays * dayMs);
      return (await run.azure.writes.startBackup(ref, keepUntil, attempt)) as unknown as Json;
    },
    findEffect: (past) => traceOf(run, past.id, past.madeAt),
    reconcileWindowMs: run.waits.traceBackup,
  });
  if (written.end === 'waiting') return { stage: 'send', inMs: written.inMs, memo: run.memo };
  if (written.end === 'refused') return { outcome: failedCall(written.fault) };
  const value = written.value as Partial<Trace> & Partial<OperationRef>;
  const { jobId, joined } = value;
  if (jobId) return { stage: 'job', inMs: 0, memo: { jobId, ...(joined && { joined }) } };
  const { attemptId } = written;
  const memo = { operationId: value.operationId as string, requestId: value.requestId ?? null, attemptId };
  return { stage: 'accepted', inMs: Math.min(run.waits.operation, 1000), memo };
}

async function accepted(run: Run<BackUp>): Promise<Next<BackUp['memo']>> {
  const requestId = run.memo.requestId ?? null;
  const { operationId } = run.memo;
  const status = await run.azure.reads.operation({
    vaultId: run.part.ref.vaultId,
    operationId: operationId as string,
    requestId,
  });
  if (status?.jobId) return { stage: 'job', inMs: 0, memo: { ...run.memo, tries: 0, jobId: status.jobId } };
  if (status && status.status !== 'InProgress' && status.status !== 'Succeeded') {
    return { outcome: failedOperation(status, requestId) };
  }
  if (status?.status !== 'InProgress') return withoutJob(run);
  return { stage: 'accepted', inMs: run.waits.operation, memo: { ...run.memo, tries: 0 } };
}

/** Azure keeps an operation only for a while: after some looks its job is searched for by the attempt's ID. */
async function withoutJob(run: Run<BackUp>): Promise<Next<BackUp['memo']>> {
  const tries = (run.memo.tries ?? 0) + 1;
  if (tries <= maxTries) return { stage: 'accepted', inMs: run.waits.operation, memo: { ...run.memo, tries } };
  const { attemptId } = run.memo;
  const own = attemptId === undefined ? null : ownOf(await jobsSince(run, run.began), attemptId);
  if (!own) return { outcome: failedInternally('job-vanished') };
  return { stage: 'job', inMs: 0, memo: { ...run.memo, tries: 0, jobId: own.name } };
}

async function job(run: Run<BackUp>): Promise<Next<BackUp['memo']>> {
  const id = run.memo.jobId as string;
  const now = await run.azure.reads.job(run.part.ref.vaultId, id);
  if (now === null) return vanished(run);
  const memo = { ...withJob(run, now), ...(await usual(run)) };
  switch (now.status) {
    case 'Completed':
      return { stage: 'point', inMs: 0, memo: { ...memo, until: later(run, run.waits.point) } };
    case 'CompletedWithWarnings':
      return {
        outcome: { ended: 'half-done', jobId: id, point: await newPoint(run, now), failure: failure(run, now) },
        memo,
      };
    case 'Failed':
      return failed(run, now);
    case 'Cancelled':
      return {
        outcome: { ended: 'cancelled', jobId: id, byUs: run.memo.cancelling === true && !run.memo.cancelRefused },
        memo,
      };
    default:
      if (run.cancelAsked && !memo.cancelling && !memo.cancelBarred) return { stage: 'cancel', inMs: 0, memo };
      return { stage: 'job', inMs: interval(run, now), memo };
  }
}

/** A cancel that is refused, by Azure or by the gate, ends nothing: the backup continues, and the card shows it. */
async function cancel(run: Run<BackUp>): Promise<Next<BackUp['memo']>> {
  try {
    return await sendCancel(run);
  } catch (error) {
    if (!(error instanceof WriteRefused)) throw error;
    return { stage: 'job', inMs: 0, memo: { ...run.memo, cancelBarred: true } };
  }
}

async function sendCancel(run: Run<BackUp>): Promise<Next<BackUp['memo']>> {
  const target = { vaultId: run.part.ref.vaultId, jobId: run.memo.jobId as string };
  const written = await run.write<Json>({
    call: 'cancel-job',
    target: target.jobId,
    send: async (attempt) => ({ requestId: (await run.azure.writes.cancelJob(target, attempt)).requestId }),
    findEffect: async () => {
      const now = await run.azure.reads.job(target.vaultId, target.jobId);
      return now && /^Cancel/i.test(now.status) ? { requestId: null } : null;
    },
    reconcileWindowMs: 0,
  });
  if (written.end === 'waiting') return meanwhile(run, written);
  const isRefused = written.end === 'refused' && { cancelRefused: true };
  return { stage: 'job', inMs: 0, memo: { ...run.memo, cancelling: true, ...isRefused } };
}

const ended: ReadonlySet<string> = new Set(['Completed', 'CompletedWithWarnings', 'Failed', 'Cancelled']);

/** A cancel that waits doesn't hold up the backup. In doubt it counts as sent. */
async function meanwhile(run: Run<BackUp>, { inMs, doubt }: { readonly inMs: number; readonly doubt: boolean }) {
  if (doubt) return { stage: 'cancel', inMs, memo: { ...run.memo, cancelling: true } };
  const now = await run.azure.reads.job(run.part.ref.vaultId, run.memo.jobId as string);
  if (now === null || ended.has(now.status)) return { stage: 'job', inMs: 0, memo: run.memo };
  return { stage: 'cancel', inMs, memo: withJob(run, now) };
}

async function point(run: Run<BackUp>): Promise<Next<BackUp['memo']>> {
  const jobId = run.memo.jobId as string;
  const now = await run.azure.reads.job(run.part.ref.vaultId, jobId);
  const over = Date.parse(run.memo.until as string) <= run.now.getTime();
  const made = now === null ? null : await newPoint(run, now, over);
  if (made) return { outcome: { ended: 'done', jobId, point: made }, memo: run.memo };
  if (over) return { outcome: { ended: 'done', jobId, point: null }, memo: run.memo };
  return { stage: 'point', inMs: run.waits.operation, memo: run.memo };
}

/** The job can't be read: after a while that counts as its end. */
function vanished(run: Run<BackUp>): Next<BackUp['memo']> {
  const tries = (run.memo.tries ?? 0) + 1;
  if (tries > maxTries) return { outcome: failedInternally('job-vanished', run.memo.jobId ?? null) };
  return { stage: 'job', inMs: run.waits.jobEarly, memo: { ...run.memo, tries } };
}

/** Two backups at once: Azure fails ours and runs the other one, so we follow that. */
async function failed(run: Run<BackUp>, now: JobFacts): Promise<Next<BackUp['memo']>> {
  const beaten = now.errors.some((error) => error.title?.toLowerCase() === anotherRuns);
  const running = beaten && !run.memo.joined ? await runningBackup(run) : null;
  if (running) return { stage: 'job', inMs: 0, memo: { jobId: running.name, joined: true } };
  return { outcome: { ended: 'failed', failure: failure(run, now) } };
}

function failure(run: Run<BackUp>, now: JobFacts) {
  return failureOfJob(now, run.memo.requestId ?? null);
}

function withJob(run: Run<BackUp>, now: JobFacts): BackUpMemo {
  const phase = phaseOf(now);
  const changed = phase !== run.memo.phase;
  return {
    ...run.memo,
    tries: 0,
    phase,
    phaseSince: changed ? run.now.toISOString() : run.memo.phaseSince,
    cancellable: now.cancellable && phase === 'snapshot',
    jobStarted: now.startTime?.toISOString() ?? null,
    seenAt: run.now.toISOString(),
  };
}

/** How long earlier backups of this VM took: read once, at the first look at the job. */
async function usual(run: Run<BackUp>): Promise<Pick<BackUpMemo, 'usualMs' | 'usualOf'>> {
  if (run.memo.usualOf !== undefined) return {};
  const { ref } = run.part;
  const took = [...(await run.history({ vaultId: ref.vaultId, container: bareName(ref.item) }))].sort((a, b) => a - b);
  return { usualOf: took.length, usualMs: took[Math.floor(took.length / 2)] };
}

/** Task names are free text, so only their order is trusted: the first is the snapshot, a later one the copy. */
function phaseOf(now: JobFacts): NonNullable<BackUpMemo['phase']> {
  const at = now.tasks.findIndex((task) => !/^Completed$/i.test(task.status));
  if (now.tasks.length === 0) return 'other';
  return at === 0 ? 'snapshot' : 'transfer';
}

function interval(run: Run<BackUp>, now: JobFacts): number {
  const age = run.now.getTime() - (now.startTime ?? run.began).getTime();
  if (age < run.waits.jobEarlyEnds) return run.waits.jobEarly;
  return age < run.waits.jobMidEnds ? run.waits.jobMid : run.waits.jobLate;
}

async function runningBackup(run: Run<BackUp>): Promise<JobFacts | null> {
  const jobs = await recentJobs(run, new Date(run.now.getTime() - 3 * dayMs));
  return jobs.find((found) => /^InProgress$/i.test(found.status)) ?? null;
}

/** A job in place of an attempt in doubt. `joined`: somebody else started it. */
type Trace = { readonly jobId: string; readonly joined?: true };

/** An earlier attempt's job carries the attempt's ID; any other running backup of this item is joined. */
async function traceOf(run: Run<BackUp>, attemptId: string, madeAt: Date): Promise<Trace | null> {
  const jobs = await jobsSince(run, madeAt);
  const own = ownOf(jobs, attemptId);
  if (own) return { jobId: own.name };
  const other = jobs.find((found) => /^InProgress$/i.test(found.status));
  return other ? { jobId: other.name, joined: true } : null;
}

function ownOf(jobs: readonly JobFacts[], attemptId: string): JobFacts | undefined {
  return jobs.find((found) => found.activityId?.toLowerCase() === attemptId.toLowerCase());
}

/** Azure's clock may be behind this machine's. */
function jobsSince(run: Run<BackUp>, from: Date): Promise<JobFacts[]> {
  return recentJobs(run, new Date(from.getTime() - 300_000));
}

function recentJobs({ azure, part, now }: Run<BackUp>, from: Date): Promise<JobFacts[]> {
  return backupsOf(azure.reads, part.ref, { from, now });
}

async function newPoint(run: Run<BackUp>, now: JobFacts, isLast = true): Promise<PointMade | null> {
  const since = (now.startTime ?? run.began).getTime() - 60_000;
  const points = await readPoints(run, isLast);
  const made = points.filter((candidate) => candidate.time.getTime() >= since);
  const newest = made.sort((a, b) => b.time.getTime() - a.time.getTime())[0];
  return newest ? told(newest) : null;
}

/**
 * A missing permission to read the points must not turn a success into a failure: the backup is then reported as
 * unproven. The same applies if Azure's list still has an unknown form at the last look.
 */
async function readPoints(run: Run<BackUp>, isLast: boolean): Promise<readonly RecoveryPoint[]> {
  try {
    return await run.azure.reads.recoveryPoints(run.part.ref);
  } catch (error) {
    const tellsNothing =
      error instanceof AzureFault && (error.kind === 'forbidden' || (isLast && error.kind === 'garbled'));
    if (tellsNothing) return [];
    throw error;
  }
}

function told(found: RecoveryPoint): PointMade {
  const { consistency, encrypted } = found;
  return {
    time: found.time.toISOString(),
    consistency,
    encrypted,
    tiers: found.tiers.map((tier) => tier.tier),
  };
}

function later(run: Run<BackUp>, ms: number): string {
  return new Date(run.now.getTime() + ms).toISOString();
}
