/**
 * Checks a VM that was created from restored disks until it runs and its agent answers, and then its disks: exactly the
 * restored ones, all of them.
 */
import type { AttachedDisk, VmFacts } from '../../../azure/gateway.ts';
import { sameId } from '../../../core/arm-id.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import { addressesOf } from './addresses.ts';
import { hasAgent, isRunning } from './answering.ts';
import { newVmId } from '../../parts/create-vm.ts';
import { failedInternally } from '../../ground/failure.ts';
import { backupsStateOf } from '../../ground/backups-state.ts';
import type { Next, PartRunner, Run } from '../../ground/part.ts';
import { wasEntraApp } from '../../parts/restore-key-and-secret.ts';
import { whyNotFound } from '../../restored/not-found.ts';
import { restoredDisks } from '../../restored/restored.ts';
import type { CheckVm } from '../../parts/check-vm.ts';

type Memo = CheckVm['memo'];

/** Runs `check-vm`. */
export const runCheckVm: PartRunner<CheckVm> = {
  first: 'wait',
  readStages: ['wait', 'disks'],
  stages: { wait, disks },
};

/** How often it may be missing: for some moments after its creation Azure may still answer as if it weren't there. */
const maxMissed = 5;

async function wait(run: Run<CheckVm>): Promise<Next<Memo>> {
  const { part, azure, waits } = run;
  const vm = await azure.reads.vm(newVmId(part));
  if (vm === null) return notShown(run);
  const running = isRunning(vm);
  const memo = { running, agent: vm.agent?.version ?? null };
  if (running && hasAgent(vm)) return { stage: 'disks', inMs: 0, memo };
  if (isEarly(run)) return { stage: 'wait', inMs: waits.vmLook, memo };
  const reached = running && !part.drill ? await addressesOf(run, vm) : {};
  return { outcome: failedInternally(running ? 'agent-silent' : 'vm-not-running'), memo: { ...memo, ...reached } };
}

function notShown({ memo, waits }: Run<CheckVm>): Next<Memo> {
  const missed = (memo.missed ?? 0) + 1;
  if (missed > maxMissed) return { outcome: failedInternally('vm-vanished') };
  return { stage: 'wait', inMs: waits.vmLook, memo: { ...memo, missed } };
}

async function disks(run: Run<CheckVm>): Promise<Next<Memo>> {
  const { part, azure } = run;
  const vm = await azure.reads.vm(newVmId(part));
  if (vm === null) return { outcome: failedInternally('vm-vanished') };
  const restored = await restoredDisks(run, newVmId(part));
  if (restored.is !== 'found') return { outcome: failedInternally(whyNotFound(restored)), memo: run.memo };
  const isOther = ({ id }: AttachedDisk) => id === null || !restored.disks.some((disk) => sameId(disk, id));
  if (vm.disks.some(isOther)) return { outcome: failedInternally('other-disks'), memo: run.memo };
  const isThere = (id: string) => vm.disks.some((disk) => disk.id !== null && sameId(disk.id, id));
  if (!restored.disks.every(isThere)) return { outcome: failedInternally('disks-missing'), memo: run.memo };
  const looked = await Promise.all(
    vm.disks.map(async ({ id, name }) => {
      const read = await tried(async () => (id === null ? null : azure.reads.disk(id)));
      const disk = read.ok ? read.value : null;
      const customerKey = disk !== null && disk.diskEncryptionSetId !== null;
      return { name, encrypted: disk && disk.ade !== null, ...(customerKey && { customerKey }) };
    }),
  );
  const entraApp = wasEntraApp(run) || vm.disks.some(({ modelAde }) => modelAde !== null);
  const closed = part.drill ? closedDisks(vm, looked, entraApp) : [];
  const memo = {
    ...{ ...run.memo, disks: looked },
    ...(entraApp && { entraApp }),
    ...(closed.length > 0 && { closed }),
    ...(part.drill ? {} : await addressesOf(run, vm)),
    ...(await oldVm(run)),
  };
  const isProven = part.encrypted !== true || entraApp || looked.some(({ encrypted }) => encrypted === true);
  if (isProven) return { outcome: { ended: 'done' }, memo };
  if (looked.every(({ encrypted }) => encrypted === false))
    return { outcome: failedInternally('disks-not-encrypted'), memo };
  if (isEarly(run)) return { stage: 'disks', inMs: run.waits.vmLook, memo: run.memo };
  return { outcome: failedInternally('disks-unread'), memo };
}

/**
 * Encrypted data disks of a Linux VM: only the extension opens them, and a drill doesn't push it (azure-docs,
 * restore-azure-encrypted-virtual-machines, step 3). With an Entra application no disk shows whether it is encrypted.
 */
function closedDisks({ os, disks }: VmFacts, looked: NonNullable<Memo['disks']>, entraApp: boolean): string[] {
  if (os !== 'Linux') return [];
  return disks.flatMap(({ role, name }, at) => {
    const isEncrypted = entraApp || looked[at]?.encrypted === true;
    return role === 'data' && isEncrypted ? [name] : [];
  });
}

/** What became of the VM that was backed up. Its backups belong to whichever VM has its group and name. */
async function oldVm({ part, azure }: Run<CheckVm>): Promise<Pick<Memo, 'old' | 'backups'>> {
  if (part.drill) return {};
  if (!sameId(newVmId(part), part.vm.id)) {
    const read = await tried(() => azure.reads.vm(part.vm.id));
    return read.ok ? { old: read.value === null ? 'gone' : 'there' } : {};
  }
  const read = await tried(() => azure.reads.protectedItem(part.ref));
  if (!read.ok) return { old: 'same', backups: null };
  const state = read.value && backupsStateOf(read.value);
  if (state === null || state === 'deleted') return { old: 'same', backups: 'none' };
  return { old: 'same', backups: state === 'stopped' ? 'stopped' : 'continue' };
}

function isEarly({ now, began, waits }: Run<CheckVm>): boolean {
  return now.getTime() - began.getTime() < waits.vmAgent;
}
