import { dialog, operation } from '../../dialogs/operation.ts';
import { about } from '../../ground/targets.ts';
import { type Cancel, cancelAsk, cancelMemo } from '../../parts/cancel-job.ts';
import { cancelDialog } from './dialog.ts';
import { runCancel } from './run.ts';
import { cancelWords } from './words.ts';

/** Cancelling a running job. */
export const cancelJob = operation<Cancel>({
  name: 'cancel-job',
  command: { word: 'cancel', takes: 'words', help: [{ typed: 'cancel {vm}', says: 'cancel' }] },
  part: {
    memo: cancelMemo,
    runner: runCancel,
    words: cancelWords,
    about: ({ vm, vaultId, vaultName }) => about(vm.name, { vm, vault: { id: vaultId, name: vaultName } }),
    asks: (part) => [cancelAsk(part)],
    waits: {},
    diagnoses: 'configure',
  },
  dialogs: [dialog(cancelDialog)],
});
