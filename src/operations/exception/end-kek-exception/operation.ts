import { exceptionAsk } from '../../parts/allow-vm-without-kek.ts';
import { operation } from '../../dialogs/operation.ts';
import { about } from '../../ground/targets.ts';
import { endMemo, type End } from '../../parts/end-kek-exception.ts';
import { runEnd } from './run.ts';
import { endWords } from './words.ts';

/** Ending a VM's exception to the KEK rule; started by the dialog of `allow-vm-without-kek`. */
export const endKekException = operation<End>({
  name: 'end-kek-exception',
  part: {
    memo: endMemo,
    runner: runEnd,
    words: endWords,
    about: ({ vm }) => about(vm.name, { vm }),
    asks: ({ vm }) => [exceptionAsk('end-kek-exception', vm)],
    waits: {},
    diagnoses: 'configure',
  },
  dialogs: [],
});
