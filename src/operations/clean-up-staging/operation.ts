import { operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { cleanUpAsks } from './asks.ts';
import { cleanUpMemo, type CleanUp } from './plan.ts';
import { runCleanUp } from './run.ts';
import { cleanUpWords } from './words.ts';

/** Deleting what a restore has left in its staging account. */
export const cleanUpStaging = operation<CleanUp>({
  name: 'clean-up-staging',
  part: {
    memo: cleanUpMemo,
    runner: runCleanUp,
    words: cleanUpWords,
    about: aboutItem,
    asks: cleanUpAsks,
    waits: {},
    diagnoses: 'restore',
  },
  dialogs: [],
});
