/** Having Azure Backup create a new VM from a recovery point; the result is read from the VM. */
import { newVmId } from '../create-vm/plan.ts';
import { tried } from '../../readiness/gather/reader.ts';
import { failedInternally } from '../failure.ts';
import type { Next, Run } from '../part.ts';
import { measured } from '../restore-disks/consequences/cost.ts';
import { restoreRunner, stagedOf } from '../restore-disks/runner/restore-runner.ts';
import type { RestoreVm } from './plan.ts';

type Memo = RestoreVm['memo'];

/** Runs `restore-vm`. */
export const runRestoreVm = restoreRunner<RestoreVm>({
  before: async ({ part, azure }) =>
    (await azure.reads.vm(newVmId(part))) ? { outcome: failedInternally('vm-name-taken') } : null,
  made,
});

/** The next part checks the VM: if its disks can't be read, the restore hasn't failed. */
async function made({ part, azure, memo }: Run<RestoreVm>): Promise<Next<Memo>> {
  const jobId = memo.jobId as string;
  const staged = stagedOf(await azure.reads.job(part.ref.vaultId, jobId));
  const read = await tried(() => azure.reads.vm(newVmId(part)));
  const disks = read.ok && read.value ? read.value.disks.flatMap(({ id }) => id ?? []) : null;
  const sizes = disks && (await measured(azure.reads, disks));
  return { outcome: { ended: 'done', jobId }, memo: { ...memo, percent: 100, disks, measured: sizes, staged } };
}
