import { operation } from '../operation.ts';
import { about } from '../targets.ts';
import { recoverAsks } from './asks.ts';
import { recoverMemo, type Recover } from './plan.ts';
import { runRecover } from './run.ts';
import { recoverWaits } from './waits.ts';
import { recoverWords } from './words.ts';

/** Recovering a deleted key vault. */
export const recoverKeyVault = operation<Recover>({
  name: 'recover-key-vault',
  part: {
    memo: recoverMemo,
    runner: runRecover,
    words: recoverWords,
    about: ({ keyVault, vm, vaultName }) =>
      about(keyVault.name, {
        vm,
        keyVaults: [{ ...keyVault, model: null }],
        vault: vaultName === null ? null : { id: null, name: vaultName },
      }),
    asks: recoverAsks,
    waits: recoverWaits,
    diagnoses: 'restore',
  },
  dialogs: [],
});
