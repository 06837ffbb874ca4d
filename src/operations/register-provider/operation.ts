import { operation } from '../operation.ts';
import { about } from '../targets.ts';
import { registerAsks } from './asks.ts';
import { registerMemo, type Register } from './plan.ts';
import { runRegister } from './run.ts';
import { registerWaits } from './waits.ts';
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
