import { cancelAsk } from '../../parts/cancel-job.ts';
import { operation } from '../../dialogs/operation.ts';
import { aboutItem, asksOnVm } from '../../ground/targets.ts';
import { type BackUp, backUpMemo, backUpWaits } from '../../parts/back-up-now.ts';
import { runBackUp } from './run.ts';
import { backUpWords } from './words.ts';

/** The permissions needed in Azure on the Recovery Services vault. */
const azureActions = [
  'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/backup/action',
];

/** An on-demand backup. */
export const backUpNow = operation<BackUp>({
  name: 'back-up-now',
  command: { word: 'now', takes: 'vms', asks: 'back-up-now', help: [{ typed: 'now {vm}', says: 'now', first: true }] },
  part: {
    memo: backUpMemo,
    runner: runBackUp,
    words: backUpWords,
    about: (part) => ({ ...aboutItem(part), keksInReach: part.keksInReach ?? null }),
    asks: (part) => asksOnVm('back-up-now', part, [{ scope: part.ref.vaultId, actions: azureActions }]),
    waits: backUpWaits,
    diagnoses: 'backup',
    job: ({ joins }, { memo, outcome, stage }) => {
      const id = memo.jobId ?? joins;
      const open = outcome === null && stage === 'job';
      return id === undefined ? null : { id, joined: memo.joined === true || joins !== undefined, open };
    },
    cancelAsk: (part, startedBy) => cancelAsk({ ...part, vaultId: part.ref.vaultId, startedBy }),
  },
  dialogs: [],
});
