import { dialog, operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { continueConversation } from '../continue-restore/conversation.ts';
import { restoreDisksAsks } from './asks.ts';
import { restoreConversation } from './conversation.ts';
import { restoreMemo, type RestoreDisks } from './plan.ts';
import { restorePorts } from './ports.ts';
import { runRestoreDisks } from './run.ts';
import { restoreWaits } from './waits.ts';
import { restoreDisksWords } from './words.ts';

/** Restoring the disks of a recovery point. */
export const restoreDisks = operation<RestoreDisks>({
  name: 'restore-disks',
  command: { word: 'restore', takes: 'word', also: { replace: 'replace' } },
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
  dialogs: [
    dialog(restoreConversation, restorePorts),
    dialog(continueConversation, ({ continuationOf }) => ({ planOf: continuationOf })),
  ],
});
