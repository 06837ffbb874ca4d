/** The last stage of a restore that creates disks in a group: finds them, and stores what was found. */
import { tried } from '../../../../readiness/gather/reader.ts';
import type { Next, Run } from '../../../ground/part.ts';
import type { RestoreVm } from '../../../parts/restore-vm.ts';
import { measured } from '../consequences/cost.ts';
import { findRestored } from '../../../restored/find-restored.ts';
import type { RestoreDisks, Unsure } from '../../../parts/restore-disks.ts';
import type { Verdict } from '../../../restored/restored-disks.ts';
import { stagedOf } from '../../../restored/staged-files.ts';

type Memo = RestoreDisks['memo'];
type IntoGroup = RestoreDisks | RestoreVm;

/** `vmId`: the VM that Azure has created from the disks, null: none; `words`: what else names them. */
type Of = { readonly vmId: string | null; readonly words: () => Promise<readonly string[]> };

/** Lists may be some moments old, and an account may be closed for good. */
const maxLooks = 5;

/** Looks for them, several times if they can't be found. The restore has succeeded, whatever is found. */
export async function lookFor(run: Run<IntoGroup>, of: Of): Promise<Next<Memo>> {
  const { azure, part, waits } = run;
  const jobId = run.memo.jobId as string;
  const job = await azure.reads.job(part.ref.vaultId, jobId);
  const { into = { groupId: part.targetGroup.id, before: null, count: null } } = run.memo;
  const staged = stagedOf(job);
  const looked = await tried(async () => {
    const words = [...(job?.bag ?? []), ...(await of.words())];
    const about = { jobId, vmName: part.vm.name, began: run.began, into, staged, words, vmId: of.vmId };
    return findRestored(azure, about);
  });
  const verdict: Verdict = looked.ok ? looked.value : { is: 'unknown', why: 'group-unread', said: [] };
  const missed = (run.memo.missed ?? 0) + 1;
  const memo = { ...run.memo, percent: 100, into, staged };
  if (verdict.is !== 'found' && missed < maxLooks)
    return { stage: 'made', inMs: waits.operation, memo: { ...memo, missed } };
  const found = verdict.is === 'found' ? verdict : null;
  const sizes = found && (await measured(azure.reads, found.disks));
  const known = found ? { foundBy: found.ways } : { unsure: unsureOf(verdict) };
  return {
    outcome: { ended: 'done', jobId },
    memo: { ...memo, disks: found?.disks ?? null, measured: sizes, ...known },
  };
}

function unsureOf(verdict: Verdict): Unsure | undefined {
  switch (verdict.is) {
    case 'found':
      return undefined;
    case 'disagree':
      return { is: 'disagree', said: verdict.said };
    case 'unknown':
      return { is: verdict.why, said: verdict.said };
  }
}
