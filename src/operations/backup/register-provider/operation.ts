import { operation } from '../../dialogs/operation.ts';
import { about } from '../../ground/targets.ts';
import { type Register, registerAsks, registerMemo, registerWaits } from '../../parts/register-provider.ts';
import { runRegister } from './run.ts';
import { registerWords } from './words.ts';

/** Registering a resource provider in a subscription; offered on the card of a VM whose backups need it. */
export const registerProvider = operation<Register>({
  name: 'register-provider',
  part: {
    memo: registerMemo,
    runner: runRegister,
    words: registerWords,
    about: ({ provider }) => about(provider),
    asks: registerAsks,
    waits: registerWaits,
    diagnoses: 'configure',
  },
  dialogs: [],
});
