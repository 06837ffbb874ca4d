import { operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { putBackAsks } from './asks.ts';
import { putBackMemo, type RestoreKeyAndSecret } from './plan.ts';
import { runPutBack } from './run.ts';
import { keyWaits } from './waits.ts';
import { putBackWords } from './words.ts';

/** Putting back the keys and secrets of restored disks. */
export const restoreKeyAndSecret = operation<RestoreKeyAndSecret>({
  name: 'restore-key-and-secret',
  part: {
    memo: putBackMemo,
    runner: runPutBack,
    words: putBackWords,
    about: aboutItem,
    asks: putBackAsks,
    waits: keyWaits,
    diagnoses: 'restore',
  },
  dialogs: [],
});
