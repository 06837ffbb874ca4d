import { operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { createVmAsks } from './asks.ts';
import { createVmMemo, type CreateVm } from './plan.ts';
import { runCreateVm } from './run.ts';
import { createVmWaits } from './waits.ts';
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
