import { operation } from '../../dialogs/operation.ts';
import { aboutItem } from '../../ground/targets.ts';
import { type CreateVm, createVmAsks, createVmMemo, createVmWaits } from '../../parts/create-vm.ts';
import { runCreateVm } from './run.ts';
import { createVmWords } from './words.ts';

/** Creating a VM from restored disks; part of a restore's plan. */
export const createVm = operation<CreateVm>({
  name: 'create-vm',
  part: {
    memo: createVmMemo,
    runner: runCreateVm,
    words: createVmWords,
    about: aboutItem,
    asks: createVmAsks,
    waits: createVmWaits,
    diagnoses: 'restore',
  },
  dialogs: [],
});
