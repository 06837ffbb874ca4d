import { operation } from '../../dialogs/operation.ts';
import { restoreMemo, restoreWaits } from '../../parts/restore-disks.ts';
import { aboutItem } from '../../ground/targets.ts';
import { type RestoreVm, restoreVmAsks } from '../../parts/restore-vm.ts';
import { runRestoreVm } from './run.ts';
import { restoreVmWords } from './words.ts';

/** Having Azure Backup create a VM from a recovery point; started by the dialog of `restore-disks`. */
export const restoreVm = operation<RestoreVm>({
  name: 'restore-vm',
  part: {
    memo: restoreMemo,
    runner: runRestoreVm,
    words: restoreVmWords,
    about: aboutItem,
    asks: restoreVmAsks,
    waits: restoreWaits,
    diagnoses: 'restore',
    job: (_part, { memo, outcome }) => (memo.jobId ? { id: memo.jobId, joined: false, open: outcome === null } : null),
  },
  dialogs: [],
});
