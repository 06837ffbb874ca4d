import { operation } from '../operation.ts';
import { aboutItem, asksOnVm } from '../targets.ts';
import { checkVmMemo, type CheckVm } from './plan.ts';
import { runCheckVm } from './run.ts';
import { checkVmWaits } from './waits.ts';
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
