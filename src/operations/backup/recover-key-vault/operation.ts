import { operation } from '../../dialogs/operation.ts';
import { about } from '../../ground/targets.ts';
import { type Recover, recoverAsks, recoverMemo, recoverWaits } from '../../parts/recover-key-vault.ts';
import { runRecover } from './run.ts';
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
