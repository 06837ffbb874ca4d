/**
 * Pushing the Azure Disk Encryption extension to a VM that was created from restored disks, by the restore identity.
 * Azure doesn't install it again. On Windows, up to 16 disks and 4 TB keep their settings and open without it, so a
 * person decides there; otherwise the data disks count as not encrypted until it is pushed. The push has the
 * operation's ID as its tag, by which it is found again.
 */
import type { AdeExtension, DiskFacts, DiskKeys, VmFacts } from '../../../azure/gateway.ts';
import { isBeyondAde } from '../../../readiness/ade-limits.ts';
import { isOfEntraApp } from '../../../readiness/encryption.ts';
import { wasEntraApp } from '../../parts/restore-key-and-secret.ts';
import { hasAgent, isRunning } from '../check-vm/answering.ts';
import { newVmId } from '../../parts/create-vm.ts';
import { failedCall, failedInternally } from '../../ground/failure.ts';
import type { Next, Outcome, PartRunner, Run } from '../../ground/part.ts';
import type { PushAdeExtension } from '../../parts/push-ade-extension.ts';

type Memo = PushAdeExtension['memo'];
type Push = Run<PushAdeExtension>;

/** How often the new VM may be missing. */
const maxUnseen = 5;

/** Runs `push-ade-extension`. */
export const runPush: PartRunner<PushAdeExtension> = {
  first: 'inspect',
  readStages: ['inspect', 'follow'],
  stages: { inspect, push, follow },
};

async function inspect(run: Push): Promise<Next<Memo>> {
  const { part, azure, waits, now, began } = run;
  if (!azure.restores) return { outcome: failedInternally('no-restore-identity') };
  const vm = await azure.reads.vm(newVmId(part));
  if (vm === null) return notShown(run);
  const { os } = vm;
  if (os === null) return { outcome: failedInternally('system-unread') };
  const disks = await disksOf(run, vm);
  // It needs the application's secret; the version without one doesn't work on such a VM.
  if (wasEntraApp(run) || disks.some(isOfEntraApp)) return spared('entra-app');
  const keys = disks.flatMap((disk) => keysOf(disk) ?? [])[0];
  if (!keys) return spared('no-keys');
  const { keyVaultId, kek } = settingsOf(keys);
  if (os === 'Windows' && isFew(disks)) return spared('few-disks', { keyVaultId, kek });
  if ((await azure.restores.adeExtension(vm.id, os))?.tag === run.operation)
    return { stage: 'follow', inMs: 0, memo: { os } };
  // Azure refuses an extension for a VM that is off, and gives up on one whose agent is silent.
  if (isRunning(vm) && hasAgent(vm)) return { stage: 'push', inMs: 0, memo: { os } };
  if (now.getTime() - began.getTime() < waits.vmAgent) return { stage: 'inspect', inMs: waits.vmLook, memo: {} };
  return { outcome: failedInternally(isRunning(vm) ? 'agent-silent' : 'vm-not-running') };
}

/** For some moments after its creation Azure may still answer as if it weren't there. */
function notShown({ memo, waits }: Push): Next<Memo> {
  const missed = (memo.missed ?? 0) + 1;
  if (missed > maxUnseen) return { outcome: failedInternally('vm-vanished') };
  return { stage: 'inspect', inMs: waits.vmLook, memo: { missed } };
}

function spared(why: NonNullable<Memo['spared']>, keys?: Memo['keys']): Next<Memo> {
  return { outcome: { ended: 'done', adopted: true }, memo: { spared: why, ...(keys && { keys }) } };
}

/** The VM's disks; one that can't be read is null. */
function disksOf({ azure }: Push, { disks }: VmFacts): Promise<readonly (DiskFacts | null)[]> {
  return Promise.all(disks.map(({ id }) => (id === null ? null : azure.reads.disk(id))));
}

/** Unknown disks don't count as small. */
function isFew(disks: readonly (DiskFacts | null)[]): boolean {
  const gib = disks.reduce((sum, disk) => sum + (disk?.sizeGiB ?? Infinity), 0);
  return !isBeyondAde({ disks: disks.length, gib });
}

function keysOf(disk: DiskFacts | null): DiskKeys | undefined {
  return disk?.ade?.keys.find(({ secretUrl, secretVaultId }) => secretUrl !== null && secretVaultId !== null);
}

async function push(run: Push): Promise<Next<Memo>> {
  const { part, azure, memo, operation } = run;
  const { restores } = azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const vm = await azure.reads.vm(newVmId(part));
  if (vm === null) return { outcome: failedInternally('vm-vanished') };
  const keys = (await disksOf(run, vm)).flatMap((disk) => keysOf(disk) ?? [])[0];
  if (!keys) return { outcome: failedInternally('restored-unread') };
  const os = memo.os as AdeExtension['os'];
  const extension = { vmId: vm.id, region: vm.region, os, ...settingsOf(keys), tag: operation };
  const written = await run.write({
    call: 'push-ade-extension',
    target: vm.id,
    send: async (attempt) => ({ requestId: (await restores.pushAdeExtension(extension, attempt)).requestId }),
    findEffect: async () => ((await restores.adeExtension(vm.id, os))?.tag === operation ? { requestId: null } : null),
    reconcileWindowMs: run.waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'push', inMs: written.inMs, memo };
  if (written.end === 'refused') return { outcome: failedCall(written.fault) };
  return { stage: 'follow', inMs: run.waits.extension, memo };
}

function settingsOf({ secretUrl, secretVaultId, keyUrl, keyVaultId }: DiskKeys) {
  return {
    keyVaultUri: new URL('/', secretUrl as string).href,
    keyVaultId: secretVaultId as string,
    kek: keyUrl !== null && keyVaultId !== null ? { url: keyUrl, vaultId: keyVaultId } : null,
  };
}

const maxMissed = 20;

async function follow(run: Push): Promise<Next<Memo>> {
  const { part, azure, memo, waits, operation } = run;
  if (!azure.restores) return { outcome: failedInternally('no-restore-identity') };
  const now = await azure.restores.adeExtension(newVmId(part), memo.os as AdeExtension['os']);
  if (now?.tag !== operation) {
    const missed = (memo.missed ?? 0) + 1;
    if (missed > maxMissed) return { outcome: failedInternally('extension-vanished') };
    return { stage: 'follow', inMs: waits.extension, memo: { ...memo, missed } };
  }
  if (/^Succeeded$/i.test(now.state ?? '')) return { outcome: { ended: 'done' }, memo };
  if (/^(Failed|Canceled)$/i.test(now.state ?? '')) return { outcome: failedExtension(now), memo };
  return { stage: 'follow', inMs: waits.extension, memo: { ...memo, missed: 0 } };
}

function failedExtension({ code, message }: { code: string | null; message: string | null }): Outcome {
  const said = { codes: code === null ? [] : [code], says: message === null ? [] : [message] };
  return {
    ended: 'failed',
    failure: { origin: 'arm', ...said, internal: null, requestId: null, jobId: null },
  };
}
