import { operation } from '../operation.ts';
import { deleteDrillAsks } from './asks.ts';
import { deleteDrillMemo, deleteDrillPart, type DeleteDrill } from './plan.ts';
import { runDeleteDrill } from './run.ts';
import { deleteDrillWords } from './words.ts';

/** Deleting what a drill has made; part of the plan of a drill. */
export const deleteDrill = operation<DeleteDrill>({
  name: 'delete-drill',
  part: {
    schema: deleteDrillPart,
    memo: deleteDrillMemo,
    runner: runDeleteDrill,
    words: deleteDrillWords,
    asks: deleteDrillAsks,
    diagnoses: 'restore',
  },
  dialogs: [],
});
