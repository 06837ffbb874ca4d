import { operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { createVmAsks } from './asks.ts';
import { createVmMemo, type CreateVm } from './plan.ts';
import { runCreateVm } from './run.ts';
import { createVmWaits } from './waits.ts';
import { createVmWords } from './words.ts';

/** Making a VM of restored disks; part of the plan of a restore. */
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
