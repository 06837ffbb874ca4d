import { operation } from '../../dialogs/operation.ts';
import { aboutItem, asksOnVm } from '../../ground/targets.ts';
import { type CheckVm, checkVmMemo, checkVmWaits } from '../../parts/check-vm.ts';
import { runCheckVm } from './run.ts';
import { checkVmWords } from './words.ts';

/** Checking a VM that was created from restored disks; part of a restore's plan. It writes nothing. */
export const checkVm = operation<CheckVm>({
  name: 'check-vm',
  part: {
    memo: checkVmMemo,
    runner: runCheckVm,
    words: checkVmWords,
    about: aboutItem,
    asks: (part) =>
      asksOnVm('check-vm', part, [{ scope: part.targetGroup.id, actions: ['Microsoft.Compute/virtualMachines/read'] }]),
    waits: checkVmWaits,
    diagnoses: 'restore',
  },
  dialogs: [],
});
