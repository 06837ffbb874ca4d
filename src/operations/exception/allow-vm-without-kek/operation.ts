import { dialog, operation } from '../../dialogs/operation.ts';
import { about } from '../../ground/targets.ts';
import { type Allow, allowMemo, exceptionAsk } from '../../parts/allow-vm-without-kek.ts';
import { exceptionDialog } from './dialog.ts';
import { runAllow } from './run.ts';
import { allowWords } from './words.ts';

/** An exception to the KEK rule for one VM, which others approve and which ends automatically. */
export const allowVmWithoutKek = operation<Allow>({
  name: 'allow-vm-without-kek',
  command: { word: 'exception', takes: 'word', help: [{ typed: 'exception {vm}', says: 'exception' }] },
  part: {
    memo: allowMemo,
    runner: runAllow,
    words: allowWords,
    about: ({ vm }) => about(vm.name, { vm }),
    asks: ({ vm }) => [exceptionAsk('allow-vm-without-kek', vm)],
    waits: {},
    diagnoses: 'configure',
  },
  dialogs: [dialog(exceptionDialog)],
});
