import { operation } from '../../dialogs/operation.ts';
import { aboutItem } from '../../ground/targets.ts';
import { keyWaits, putBackAsks, putBackMemo, type RestoreKeyAndSecret } from '../../parts/restore-key-and-secret.ts';
import { runPutBack } from './run.ts';
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
