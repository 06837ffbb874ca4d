/**
 * Enabling protection. First `inspect`: an existing item with this policy and these disks is adopted; one with others,
 * or whose protection was stopped, is somebody else's later decision and ends the part; that is checked again before
 * each attempt. If other disks are chosen for a protected VM, its item has to be as it was when planned. If Azure
 * doesn't list the VM as protectable yet, the containers are refreshed. Then the item is put, and its operation
 * followed to its end. Azure checks key access here and refuses immediately; soon after a grant that means "not in
 * effect yet", so it is quietly tried again, at most twice.
 */
import { sameDisks, type DiskChoice, type OperationRef, type ProtectedItem } from '../../../azure/gateway.ts';
import { sameId } from '../../../core/arm-id.ts';
import type { Json } from '../../../core/json.ts';
import { failedInternally, failedCall } from '../../ground/failure.ts';
import type { Next, PartRunner, Run } from '../../ground/part.ts';
import { withProtectionStatus } from '../../ground/protection-status.ts';
import { followItem } from '../../ground/follow-item.ts';
import { sendIfDue } from '../../ground/send-if-due.ts';
import type { Protect, ProtectPart } from '../../parts/protect.ts';

const notThrough = 'usererrorkeyvaultpermissionsnotconfigured';
const maxQuietRepeats = 2;

/** Runs `protect`. */
export const runProtect: PartRunner<Protect> = {
  first: 'inspect',
  stages: withProtectionStatus({
    inspect,
    refresh,
    refreshing,
    put: sendIfDue<Protect>({ before, send: put }),
    follow,
  }),
};

async function inspect(run: Run<Protect>): Promise<Next<Protect['memo']>> {
  const blocked = await before(run);
  if (blocked) return blocked;
  if (run.part.changes) return { stage: 'put', inMs: 0, memo: run.memo };
  const listed = await run.azure.reads.protectable(run.part.ref.vaultId, run.part.vm.id);
  return { stage: listed ? 'put' : 'refresh', inMs: 0, memo: run.memo };
}

async function before(run: Run<Protect>): Promise<Next<Protect['memo']> | null> {
  const item = await run.azure.reads.protectedItem(run.part.ref);
  if (item && isStopped(item)) return { outcome: failedInternally('protection-stopped') };
  const { changes } = run.part;
  if (item && isOn(item)) {
    const planned = isPlanned(run.part, item);
    const before = changes !== undefined && hasPolicy(run.part, item) && sameDisks(item.diskChoice, changes.choice);
    if (!planned && !before) return { outcome: failedInternally('protected-otherwise') };
    // What our own refused attempt left behind is no protection: it is put again.
    if (planned && !run.memo.tries) return { outcome: { ended: 'done', adopted: true } };
  } else if (changes) return { outcome: failedInternally('protection-stopped') };
  return null;
}

async function refresh(run: Run<Protect>): Promise<Next<Protect['memo']>> {
  const { vaultId } = run.part.ref;
  const written = await run.write<Json>({
    call: 'refresh-containers',
    target: vaultId,
    send: async (attempt) => (await run.azure.writes.refreshContainers(vaultId, attempt)) as unknown as Json,
    findEffect: () => Promise.resolve(null), // repeating a refresh costs nothing, so no trace is looked for
    reconcileWindowMs: 0,
  });
  if (written.end === 'waiting') return { stage: 'refresh', inMs: written.inMs, memo: run.memo };
  if (written.end === 'refused') return { outcome: failedCall(written.fault) };
  const ref = written.value as unknown as OperationRef;
  return { stage: 'refreshing', inMs: run.waits.operation, memo: { ...run.memo, operationId: ref.operationId } };
}

async function refreshing(run: Run<Protect>): Promise<Next<Protect['memo']>> {
  const ref = { vaultId: run.part.ref.vaultId, operationId: run.memo.operationId as string, requestId: null };
  const done = await run.azure.reads.refreshed(ref);
  return done
    ? { stage: 'put', inMs: 0, memo: run.memo }
    : { stage: 'refreshing', inMs: run.waits.operation, memo: run.memo };
}

async function put(run: Run<Protect>, isDue: () => Promise<boolean>): Promise<Next<Protect['memo']>> {
  const { ref, vm, policyId, changes } = run.part;
  const disks = plannedChoice(run.part);
  const item = { ref, vmId: vm.id, policyId, ...((disks || changes) && { disks }) };
  const written = await run.write<Json>({
    call: `protect-${run.memo.tries ?? 0}`,
    target: vm.id,
    send: async (attempt) => (await run.azure.writes.protect(item, attempt)) as unknown as Json,
    findEffect: async () => ((await isProtectedAsPlanned(run)) ? { traced: true } : null),
    reconcileWindowMs: run.waits.traceProtect,
    isDue,
  });
  if (written.end === 'waiting') return { stage: 'put', inMs: written.inMs, memo: run.memo };
  if (written.end === 'refused') {
    // Somebody else may have put it between the look and the write.
    if (await isProtectedAsPlanned(run)) return { outcome: { ended: 'done', adopted: true } };
    return { outcome: failedCall(written.fault) };
  }
  const accepted = written.value as { operationId?: string; requestId?: string | null };
  if (!accepted.operationId) return { outcome: { ended: 'done' } };
  const { operationId, requestId = null } = accepted;
  const memo = { ...run.memo, operationId, requestId, attemptId: written.attemptId };
  return { stage: 'follow', inMs: run.waits.operation, memo };
}

async function follow(run: Run<Protect>): Promise<Next<Protect['memo']>> {
  const next = await followItem(run, (item) => isAsPlanned(run.part, item));
  return notThroughYet(run, next) ?? next;
}

/** A refusal for missing key access soon after a grant: tried again later, quietly, a limited number of times. */
function notThroughYet(run: Run<Protect>, next: Next): Next<Protect['memo']> | null {
  if (!('outcome' in next) || next.outcome.ended !== 'failed') return null;
  const isThat = next.outcome.failure.codes.some((code) => code.toLowerCase() === notThrough);
  const tries = run.memo.tries ?? 0;
  const granted = run.part.after.map((id) => run.others(id)?.endedAt).find((at) => at);
  const fresh = granted !== undefined && run.now.getTime() - Date.parse(granted as string) < run.waits.grantFresh;
  if (!isThat || !fresh || tries >= maxQuietRepeats) return null;
  return { stage: 'inspect', inMs: run.waits.quietRepeat, memo: { tries: tries + 1 } };
}

async function isProtectedAsPlanned(run: Run<Protect>): Promise<boolean> {
  const item = await run.azure.reads.protectedItem(run.part.ref);
  return item !== null && isAsPlanned(run.part, item);
}

function isAsPlanned(part: ProtectPart, item: ProtectedItem): boolean {
  return isOn(item) && isPlanned(part, item);
}

function isPlanned(part: ProtectPart, item: ProtectedItem): boolean {
  return hasPolicy(part, item) && sameDisks(item.diskChoice, plannedChoice(part));
}

function hasPolicy({ policyId }: ProtectPart, item: ProtectedItem): boolean {
  return item.policyId !== null && sameId(item.policyId, policyId);
}

function plannedChoice({ disks }: ProtectPart): DiskChoice | null {
  return disks ? { luns: disks.luns, only: disks.only } : null;
}

function isOn(item: ProtectedItem): boolean {
  return !isStopped(item) && !/^Invalid$/i.test(item.protectionState);
}

function isStopped(item: ProtectedItem): boolean {
  return item.softDeleted !== null || /^ProtectionStopped$/i.test(item.protectionState);
}
