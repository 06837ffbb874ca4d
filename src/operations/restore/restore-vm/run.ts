/** Having Azure Backup create a new VM from a recovery point; its disks are looked for, and then the VM is checked. */
import { newVmId } from '../../parts/create-vm.ts';
import { failedInternally } from '../../ground/failure.ts';
import type { Next, Run } from '../../ground/part.ts';
import { lookFor } from '../restore-disks/runner/look-for.ts';
import { restoreRunner } from '../restore-disks/runner/restore-runner.ts';
import type { RestoreVm } from '../../parts/restore-vm.ts';

/** Runs `restore-vm`. */
export const runRestoreVm = restoreRunner<RestoreVm>({
  before: async ({ part, azure }) =>
    (await azure.reads.vm(newVmId(part))) ? { outcome: failedInternally('vm-name-taken') } : null,
  made,
});

/** The next part checks the VM: if its disks can't be found, the restore hasn't failed. */
function made(run: Run<RestoreVm>): Promise<Next<RestoreVm['memo']>> {
  const vmId = newVmId(run.part);
  const words = async () => (await run.azure.reads.vm(vmId))?.disks.flatMap(({ id }) => id ?? []) ?? [];
  return lookFor(run, { vmId, words });
}
