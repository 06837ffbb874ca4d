import { operation } from '../../dialogs/operation.ts';
import { aboutItem } from '../../ground/targets.ts';
import { type CleanUp, cleanUpAsks, cleanUpMemo } from '../../parts/clean-up-staging.ts';
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
