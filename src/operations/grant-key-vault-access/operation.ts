import { operation } from '../operation.ts';
import { about } from '../targets.ts';
import { grantAsks } from './asks.ts';
import { grantMemo, type Grant } from './plan.ts';
import { runGrant } from './run.ts';
import { grantWaits } from './waits.ts';
import { grantWords } from './words.ts';

/** Giving Azure Backup access to a key vault. */
export const grantKeyVaultAccess = operation<Grant>({
  name: 'grant-key-vault-access',
  command: { word: 'access', takes: 'vms', asks: 'access', shows: true },
  part: {
    memo: grantMemo,
    runner: runGrant,
    words: grantWords,
    about: ({ keyVault, by }) => about(keyVault.name, { keyVaults: [{ ...keyVault, model: by.model }] }),
    asks: grantAsks,
    waits: grantWaits,
    diagnoses: 'configure',
  },
  dialogs: [],
});
