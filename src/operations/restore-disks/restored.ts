import type { Run } from '../part.ts';
import { restoreMemo, restorePartId, type StagedFiles } from './plan.ts';

/** What a restore has made: the ids of its disks, and its files in the staging account; null: that is not known. */
export type Restored = { readonly disks: readonly string[] | null; readonly staged: StagedFiles | null };

/** What the restore of disks in the same plan has made, for the parts that come after it. */
export function restoredIn({ others }: Pick<Run, 'others'>): Restored {
  const { disks = null, staged = null } = restoreMemo.parse(others(restorePartId)?.memo ?? {});
  return { disks, staged };
}
