import { operation } from '../../dialogs/operation.ts';
import { aboutItem } from '../../ground/targets.ts';
import { pointAsks, type PointDisks, pointMemo, pointWaits } from '../../parts/point-disks-to-keys.ts';
import { runPoint } from './run.ts';
import { pointWords } from './words.ts';

/** Writing key locations into restored disks. */
export const pointDisksToKeys = operation<PointDisks>({
  name: 'point-disks-to-keys',
  part: {
    memo: pointMemo,
    runner: runPoint,
    words: pointWords,
    about: aboutItem,
    asks: pointAsks,
    waits: pointWaits,
    diagnoses: 'restore',
  },
  dialogs: [],
});
