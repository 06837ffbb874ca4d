import { dialog, operation } from '../../dialogs/operation.ts';
import { aboutItem } from '../../ground/targets.ts';
import { continueDialog } from '../continue-restore/dialog.ts';
import { type RestoreDisks, restoreDisksAsks, restoreMemo, restoreWaits } from '../../parts/restore-disks.ts';
import { restoreDialog } from './dialog.ts';
import { runRestoreDisks } from './run.ts';
import { restoreDisksWords } from './words.ts';

/** Restoring the disks of a recovery point. */
export const restoreDisks = operation<RestoreDisks>({
  name: 'restore-disks',
  command: {
    word: 'restore',
    takes: 'word',
    also: { replace: 'replace' },
    help: [{ typed: 'restore {vm}', says: 'restore', first: true }],
  },
  part: {
    memo: restoreMemo,
    runner: runRestoreDisks,
    words: restoreDisksWords,
    about: aboutItem,
    asks: restoreDisksAsks,
    waits: restoreWaits,
    diagnoses: 'restore',
    job: (_part, { memo, outcome }) => (memo.jobId ? { id: memo.jobId, joined: false, open: outcome === null } : null),
  },
  dialogs: [dialog(restoreDialog), dialog(continueDialog)],
});
