import { sameId } from '../../core/arm-id.ts';
import { isInGroup } from '../ground/targets.ts';
import type { Run } from '../ground/part.ts';
import { findRestored, skewMs } from './find-restored.ts';
import { restoreMemo, restorePartId, type StagedFiles } from '../parts/restore-disks.ts';
import { stagedOf } from './staged-files.ts';
import type { Verdict } from './restored-disks.ts';

/** What a restore created, as its part stored it: the IDs of its disks, and its files; null: unknown. */
export type Restored = { readonly disks: readonly string[] | null; readonly staged: StagedFiles | null };

/** The same for the restore of disks in the same plan. */
export function restoredIn({ others }: Pick<Run, 'others'>): Restored {
  const { disks = null, staged = null } = restoreMemo.parse(others(restorePartId)?.memo ?? {});
  return { disks, staged };
}

type OnItem = { readonly vm: { readonly name: string }; readonly ref: { readonly vaultId: string } };
type Reader = Pick<Run, 'others' | 'azure'> & { readonly part: OnItem };

/**
 * The disks that the same plan's restore created. If they weren't found at its end, they are looked for again: what
 * couldn't be read then may be readable now. `vmId`: the VM that the plan creates from them; null: none.
 */
export async function restoredDisks({ others, azure, part }: Reader, vmId: string | null): Promise<Verdict> {
  const restore = others(restorePartId);
  const { disks, foundBy, into, jobId } = restoreMemo.parse(restore?.memo ?? {});
  if (disks) return { is: 'found', disks, ways: foundBy ?? ['file'] };
  if (!jobId || !into || !restore?.began) return { is: 'unknown', why: 'nothing', said: [] };
  const job = await azure.reads.job(part.ref.vaultId, jobId);
  const of = { jobId, vmName: part.vm.name, began: new Date(restore.began), into, vmId };
  return findRestored(azure, { ...of, staged: stagedOf(job), words: job?.bag ?? [] });
}

/**
 * Whether a disk was created by the same plan's restore and is nobody else's: it is in the target group, Azure created
 * it after the restore began, it wasn't there before, and no VM has it except the one (`vmId`) that the plan creates
 * from it. Read right before each write: others may have taken it since it was found.
 */
export function isOwnDisk(
  { others }: Pick<Run, 'others'>,
  { id, holder, created }: { readonly id: string; readonly holder: string | null; readonly created: Date | null },
  to: { readonly groupId: string; readonly vmId: string | null },
): boolean {
  const restore = others(restorePartId);
  const { before } = restoreMemo.parse(restore?.memo ?? {}).into ?? {};
  const wasThere = before?.some((name) => sameId(id, `${to.groupId}/providers/Microsoft.Compute/disks/${name}`));
  const since = Date.parse(restore?.began ?? '') - skewMs;
  const isFree = holder === null || (to.vmId !== null && sameId(holder, to.vmId));
  return isInGroup(id, to.groupId) && !wasThere && isFree && (created?.getTime() ?? 0) >= since;
}
