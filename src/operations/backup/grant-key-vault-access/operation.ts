import { operation } from '../../dialogs/operation.ts';
import { about } from '../../ground/targets.ts';
import { type Grant, grantAsks, grantMemo, grantWaits } from '../../parts/grant-key-vault-access.ts';
import { runGrant } from './run.ts';
import { grantWords } from './words.ts';

/** Giving Azure Backup access to a key vault. */
export const grantKeyVaultAccess = operation<Grant>({
  name: 'grant-key-vault-access',
  command: {
    word: 'access',
    takes: 'vms',
    asks: 'access',
    shows: true,
    help: [{ typed: 'access {vm}', says: 'access' }],
  },
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
