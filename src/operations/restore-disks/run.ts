/** Restoring disks. The result is read from the settings file that Azure leaves in the staging account. */
import { tried } from '../../readiness/gather/reader.ts';
import type { Next, Run } from '../part.ts';
import { measured } from './consequences/cost.ts';
import { disksIn } from './settings-file.ts';
import type { RestoreDisks, StagedFiles } from './plan.ts';
import { restoreRunner, stagedOf } from './runner/restore-runner.ts';

type Memo = RestoreDisks['memo'];

/** Runs `restore-disks`. */
export const runRestoreDisks = restoreRunner<RestoreDisks>({ made });

const maxReads = 5;

/** The disks exist: if their names can't be read, the restore hasn't failed, and none are claimed. */
async function made(run: Run<RestoreDisks>): Promise<Next<Memo>> {
  const jobId = run.memo.jobId as string;
  const staged = stagedOf(await run.azure.reads.job(run.part.ref.vaultId, jobId));
  const read = await tried(() => disksOf(run, staged));
  const missed = (run.memo.missed ?? 0) + 1;
  // Access to the staging account may be closed permanently, so it isn't tried for as long as Azure is.
  if (!read.ok && missed < maxReads)
    return { stage: 'made', inMs: run.waits.operation, memo: { ...run.memo, percent: 100, missed } };
  const disks = read.ok ? read.value : null;
  const sizes = disks && (await measured(run.azure.reads, disks));
  return { outcome: { ended: 'done', jobId }, memo: { ...run.memo, percent: 100, disks, measured: sizes, staged } };
}

/** The IDs of what was created; null: where to read them is unknown, or they aren't there. */
async function disksOf({ azure }: Run<RestoreDisks>, staged: StagedFiles | null): Promise<readonly string[] | null> {
  const { account, container, configBlob } = staged ?? {};
  if (!azure.restores || !account || !container || !configBlob) return null;
  const text = await azure.restores.blob({ account, container, blob: configBlob });
  return text === null ? null : disksIn(text);
}
