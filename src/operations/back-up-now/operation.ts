import { cancelAsk } from '../cancel-job/asks.ts';
import { operation } from '../operation.ts';
import { aboutItem, asksOnVm } from '../targets.ts';
import { backUpMemo, type BackUp } from './plan.ts';
import { runBackUp } from './run.ts';
import { backUpWaits } from './waits.ts';
import { backUpWords } from './words.ts';

/** The permissions needed in Azure on the Recovery Services vault. */
const azureActions = [
  'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/backup/action',
];

/** An on-demand backup. */
export const backUpNow = operation<BackUp>({
  name: 'back-up-now',
  command: { word: 'now', takes: 'vms', asks: 'back-up-now' },
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
