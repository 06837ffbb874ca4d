import { dialog, operation } from '../../dialogs/operation.ts';
import { aboutItem } from '../../ground/targets.ts';
import { restoreWaits } from '../../parts/restore-disks.ts';
import { type ReplaceDisks, replaceDisksAsks, replaceMemo, replaceWaits } from '../../parts/replace-disks.ts';
import { replaceDialog } from './dialog.ts';
import { runReplaceDisks } from './run.ts';
import { replaceDisksWords } from './words.ts';

/** Replacing the disks of a VM; started by `backup restore vm-name replace`. */
export const replaceDisks = operation<ReplaceDisks>({
  name: 'replace-disks',
  part: {
    memo: replaceMemo,
    runner: runReplaceDisks,
    words: replaceDisksWords,
    about: aboutItem,
    asks: replaceDisksAsks,
    waits: { ...restoreWaits, ...replaceWaits },
    diagnoses: 'restore',
    job: (_part, { memo, outcome }) => (memo.jobId ? { id: memo.jobId, joined: false, open: outcome === null } : null),
  },
  dialogs: [dialog(replaceDialog)],
});
