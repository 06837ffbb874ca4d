import { operation } from '../operation.ts';
import { recoverAsks } from './asks.ts';
import { recoverMemo, recoverPart, type Recover } from './plan.ts';
import { runRecover } from './run.ts';
import { recoverWords } from './words.ts';

/** Recovering a deleted key vault. */
export const recoverKeyVault = operation<Recover>({
  name: 'recover-key-vault',
  part: {
    schema: recoverPart,
    memo: recoverMemo,
    runner: runRecover,
    words: recoverWords,
    asks: recoverAsks,
    diagnoses: 'restore',
  },
  dialogs: [],
});
