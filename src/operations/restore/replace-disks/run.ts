/**
 * Replacing a VM's disks: it must still have those of the plan, and Azure requires it to be deallocated, which a person
 * does; that is waited for. The result is read from the VM.
 */
import type { VmFacts } from '../../../azure/gateway.ts';
import { keyOfId } from '../../../core/arm-id.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import { failedInternally } from '../../ground/failure.ts';
import type { Next, Run } from '../../ground/part.ts';
import { restoreRunner } from '../restore-disks/runner/restore-runner.ts';
import type { ReplaceDisks } from '../../parts/replace-disks.ts';

type Memo = ReplaceDisks['memo'];

/** Runs `replace-disks`. */
export const runReplaceDisks = restoreRunner<ReplaceDisks>({ before, made });

async function before({ part, azure, memo, waits, now }: Run<ReplaceDisks>): Promise<Next<Memo> | null> {
  const vm = await azure.reads.vm(part.vm.id);
  if (vm === null) return { outcome: failedInternally('vm-vanished') };
  if (!hasDisks(vm, part.disks)) return { outcome: failedInternally('disks-changed') };
  if (isDeallocated(vm)) return null;
  const { onSince = now.toISOString() } = memo;
  if (now.getTime() - Date.parse(onSince) > waits.offWait) return { outcome: failedInternally('vm-not-deallocated') };
  return { stage: 'inspect', inMs: waits.offLook, memo: { ...memo, onSince } };
}

/** How often the VM is looked at: for some moments Azure may still answer with what it was before. */
const maxLooks = 5;

/** If its disks can't be read, what Azure has done is still a success. */
async function made({ part, azure, memo, waits }: Run<ReplaceDisks>): Promise<Next<Memo>> {
  const read = await tried(() => azure.reads.vm(part.vm.id));
  const vm = read.ok ? read.value : null;
  if (vm && hasDisks(vm, part.disks)) {
    const missed = (memo.missed ?? 0) + 1;
    if (missed < maxLooks) return { stage: 'made', inMs: waits.operation, memo: { ...memo, missed } };
    return { outcome: failedInternally('disks-not-replaced', memo.jobId) };
  }
  const disks = vm && vm.disks.flatMap(({ id }) => id ?? []);
  return { outcome: { ended: 'done', jobId: memo.jobId as string }, memo: { ...memo, percent: 100, disks } };
}

/** Whether it has exactly these disks. */
function hasDisks(vm: VmFacts, ids: readonly string[]): boolean {
  const keys = (some: readonly (string | null)[]) => JSON.stringify(some.map((id) => keyOfId(id ?? '')).toSorted());
  return keys(vm.disks.map(({ id }) => id)) === keys(ids);
}

function isDeallocated({ powerState }: VmFacts): boolean {
  return /^PowerState\/deallocated$/i.test(powerState ?? '');
}
