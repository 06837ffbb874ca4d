import { sameId } from '../../core/arm-id.ts';
import { isInGroup } from '../drill/plan.ts';
import type { Run } from '../part.ts';
import { restoreMemo, restorePartId, type StagedFiles } from './plan.ts';

/** What a restore created: the IDs of its disks, and its files in the staging account; null: unknown. */
export type Restored = { readonly disks: readonly string[] | null; readonly staged: StagedFiles | null };

/** What the restore of disks in the same plan created, for the parts that come after it. */
export function restoredIn({ others }: Pick<Run, 'others'>): Restored {
  const { disks = null, staged = null } = restoreMemo.parse(others(restorePartId)?.memo ?? {});
  return { disks, staged };
}

/** Azure's clock and ours may differ by this much. */
const skewMs = 300_000;

/**
 * Whether a disk was created by the same plan's restore and is nobody else's: it is in the target group, Azure created
 * it after the restore began, and no VM has it except the one (`vmId`) that the plan creates from it. The names of the
 * disks come from a file that others may have changed.
 */
export function isOwnDisk(
  { others }: Pick<Run, 'others'>,
  { id, holder, created }: { readonly id: string; readonly holder: string | null; readonly created: Date | null },
  to: { readonly groupId: string; readonly vmId: string | null },
): boolean {
  const since = Date.parse(others(restorePartId)?.began ?? '') - skewMs;
  const isFree = holder === null || (to.vmId !== null && sameId(holder, to.vmId));
  return isInGroup(id, to.groupId) && isFree && (created?.getTime() ?? 0) >= since;
}
