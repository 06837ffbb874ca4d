import type { Words } from '../../message/words.ts';
import { ownOf } from '../../core/own-of.ts';

/** A job's operation in plain words; an unknown operation is shown as Azure calls it. */
export function kindWord({ say }: Words, operation: string): string {
  const known = {
    backup: 'job.backup',
    restore: 'job.restore',
    configurebackup: 'job.configure',
    disablebackup: 'job.disable',
    deletebackupdata: 'job.delete',
    undelete: 'job.undelete',
  } as const;
  const key = ownOf(known, operation.toLowerCase());
  return key ? say(key) : operation;
}

/** A job's status in plain words; an unknown one is shown as Azure calls it. */
function statusWord({ say }: Words, status: string): string {
  const known = {
    inprogress: 'job.in-progress',
    completed: 'job.completed',
    completedwithwarnings: 'job.half',
    failed: 'job.failed',
    cancelled: 'job.cancelled',
    cancelling: 'job.cancelling',
  } as const;
  const key = ownOf(known, status.toLowerCase());
  return key ? say(key) : status;
}

/** A VM, what was done with it and how that ended, as a line: `vm-web-01: backup failed`. */
export function jobLine(
  words: Words,
  { vm, operation, status }: Readonly<Record<'vm' | 'operation' | 'status', string>>,
) {
  const isEnabled = /^configurebackup$/i.test(operation) && /^completed$/i.test(status);
  if (isEnabled) return words.say('jobs.row-enabled', { vm });
  return words.say('jobs.row', { vm, what: kindWord(words, operation), status: statusWord(words, status) });
}

/** A job's task in plain words; an unknown one is shown as Azure calls it. */
export function taskWord({ say }: Words, name: string): string {
  const known = { 'take snapshot': 'phase.snapshot', 'transfer data to vault': 'phase.copy' } as const;
  const key = ownOf(known, name.toLowerCase());
  return key ? say(key) : name;
}
