import { dialog, operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { restoreWaits } from '../restore-disks/waits.ts';
import { replaceDisksAsks } from './asks.ts';
import { replaceConversation } from './conversation.ts';
import { replaceMemo, type ReplaceDisks } from './plan.ts';
import { replacePorts } from './found.ts';
import { runReplaceDisks } from './run.ts';
import { replaceWaits } from './waits.ts';
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
  dialogs: [dialog(replaceConversation, replacePorts)],
});
