/** Restoring disks. Afterwards they are looked for: Azure documents no list of them. */
import type { Next, Run } from '../../ground/part.ts';
import { restoreRunner } from './runner/restore-runner.ts';
import type { RestoreDisks } from '../../parts/restore-disks.ts';
import { lookFor } from './runner/look-for.ts';

/** Runs `restore-disks`. */
export const runRestoreDisks = restoreRunner<RestoreDisks>({ made });

/** The disks exist: if they can't be found, the restore hasn't failed, and none are claimed. */
function made(run: Run<RestoreDisks>): Promise<Next<RestoreDisks['memo']>> {
  return lookFor(run, { vmId: null, words: () => Promise.resolve([]) });
}
