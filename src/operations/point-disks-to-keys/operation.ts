import { operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { pointAsks } from './asks.ts';
import { pointMemo, type PointDisks } from './plan.ts';
import { runPoint } from './run.ts';
import { pointWaits } from './waits.ts';
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
