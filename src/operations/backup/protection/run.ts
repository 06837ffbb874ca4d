/**
 * Stopping, resuming and undeleting the backups of a VM. First `inspect`: what is already as planned is adopted, and
 * what somebody has changed differently since the plan ends the part; that is checked again before each attempt. Then
 * the item is put, and its operation followed to its end.
 */
import type { Attempt, AzureGateway, OperationRef, ProtectedItem } from '../../../azure/gateway.ts';
import { sameId } from '../../../core/arm-id.ts';
import type { Json } from '../../../core/json.ts';
import { failedCall, failedInternally } from '../../ground/failure.ts';
import type { Next, PartRunner, Run } from '../../ground/part.ts';
import { withProtectionStatus } from '../../ground/protection-status.ts';
import { endOfJob, followItem, jobOfAttempt } from '../../ground/follow-item.ts';
import { sendIfDue } from '../../ground/send-if-due.ts';
import type { Protection, ProtectionPart } from '../../parts/protection.ts';
import { backupsStateOf, type BackupsState } from '../../ground/backups-state.ts';

/** Runs these operations. */
export const runProtection: PartRunner<Protection> = {
  first: 'inspect',
  stages: withProtectionStatus({ inspect, put: sendIfDue<Protection>({ before, send: put }), follow, job }),
};

const from: Readonly<Record<ProtectionPart['does'], BackupsState>> = {
  'stop-protection': 'on',
  'resume-protection': 'stopped',
  undelete: 'deleted',
};

async function inspect(run: Run<Protection>): Promise<Next<Protection['memo']>> {
  return (await before(run)) ?? { stage: 'put', inMs: 0 };
}

async function before(run: Run<Protection>): Promise<Next<Protection['memo']> | null> {
  const item = await run.azure.reads.protectedItem(run.part.ref);
  if (item === null) return { outcome: failedInternally('backups-vanished') };
  if (isAsPlanned(run.part, item)) return { outcome: { ended: 'done', adopted: true } };
  if (backupsStateOf(item) === from[run.part.does]) return null;
  const isOn = backupsStateOf(item) === 'on';
  return { outcome: failedInternally(isOn ? 'protected-otherwise' : 'protection-stopped') };
}

async function put(run: Run<Protection>, isDue: () => Promise<boolean>): Promise<Next<Protection['memo']>> {
  const { part, azure } = run;
  const isThere = async () => {
    const item = await azure.reads.protectedItem(part.ref);
    return item !== null && isAsPlanned(part, item);
  };
  const written = await run.write<Json>({
    call: part.does,
    target: part.vm.id,
    send: async (attempt) => (await send(azure, part, attempt)) as unknown as Json,
    findEffect: async ({ id, madeAt }): Promise<Json> => {
      if (await isThere()) return { traced: true };
      const own = await jobOfAttempt(run, id, madeAt);
      return own ? { jobId: own } : null;
    },
    reconcileWindowMs: run.waits.traceProtect,
    isDue,
  });
  if (written.end === 'waiting') return { stage: 'put', inMs: written.inMs, memo: run.memo };
  if (written.end === 'refused') {
    // Somebody else may have put it between the look and the write.
    return { outcome: (await isThere()) ? { ended: 'done', adopted: true } : failedCall(written.fault) };
  }
  const accepted = written.value as Partial<OperationRef> & { readonly jobId?: string };
  if (accepted.jobId) return { stage: 'job', inMs: 0, memo: { jobId: accepted.jobId } };
  if (!accepted.operationId) return { outcome: { ended: 'done' } };
  const { attemptId } = written;
  const memo = { operationId: accepted.operationId, requestId: accepted.requestId ?? null, attemptId };
  return { stage: 'follow', inMs: run.waits.operation, memo };
}

function send({ writes }: AzureGateway, part: ProtectionPart, attempt: Attempt): Promise<OperationRef> {
  const { ref, vm } = part;
  switch (part.does) {
    case 'stop-protection':
      return writes.stopProtection({ ref, vmId: vm.id, guardRequest: part.guardRequest }, attempt);
    case 'resume-protection':
      return writes.protect({ ref, vmId: vm.id, policyId: part.policyId }, attempt);
    case 'undelete':
      return writes.undelete({ ref, vmId: vm.id }, attempt);
  }
}

function follow(run: Run<Protection>): Promise<Next<Protection['memo']>> {
  return followItem(run, (item) => isAsPlanned(run.part, item));
}

/** The job of a write in doubt was found: its end is the end. */
async function job(run: Run<Protection>): Promise<Next<Protection['memo']>> {
  const outcome = await endOfJob(run, run.memo.jobId as string);
  return outcome ? { outcome } : { stage: 'job', inMs: run.waits.operation, memo: run.memo };
}

/** If somebody has already resumed it, it is undeleted as well. */
function isAsPlanned(part: ProtectionPart, item: ProtectedItem): boolean {
  const standing = backupsStateOf(item);
  if (part.does === 'undelete') return standing !== 'deleted';
  if (part.does === 'stop-protection') return standing === 'stopped';
  return standing === 'on' && item.policyId !== null && sameId(item.policyId, part.policyId);
}
