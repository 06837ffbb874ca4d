import { operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { pointAsks } from './asks.ts';
import { pointMemo, pointPart, type PointDisks } from './plan.ts';
import { runPoint } from './run.ts';
import { pointWords } from './words.ts';

/** Writing into restored disks where their keys are. */
export const pointDisksToKeys = operation<PointDisks>({
  name: 'point-disks-to-keys',
  part: {
    schema: pointPart,
    memo: pointMemo,
    runner: runPoint,
    words: pointWords,
    about: aboutItem,
    asks: pointAsks,
    diagnoses: 'restore',
  },
  dialogs: [],
});
