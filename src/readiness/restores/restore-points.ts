/** What a VM's recovery points allow: which of them can be restored, and how often. Pure. */
import type { ItemRef, JobFacts, RecoveryPoint } from '../../azure/gateway.ts';
import { bareName } from '../../azure/item-ref.ts';

/**
 * A point's tiers that can be restored; `archived`: it has to be rehydrated first; `rehydrated`: it has been;
 * `blocked`: why it can't be restored.
 */
type PointTiers = {
  readonly tiers: readonly string[];
  readonly archived: boolean;
  readonly rehydrated: boolean;
  readonly blocked: 'invalid' | null;
};

/**
 * By what Azure lists of it. A point without any tier is left to Azure's validation; one that is back from the archive
 * tier is restored like any other (azure-cli, custom.py of backup).
 */
export function pointTiers({ tiers: all }: Pick<RecoveryPoint, 'tiers'>): PointTiers {
  const isRehydrated = (one: (typeof all)[number]) => /^rehydrated$/i.test(one.status);
  const usable = all.filter((one) => /^valid$/i.test(one.status) || isRehydrated(one));
  const tiers = usable.map(({ tier }) => tier);
  const rehydrated = usable.some(isRehydrated);
  const archived = !rehydrated && tiers.length > 0 && tiers.every((tier) => /^ArchivedRP$/i.test(tier));
  return { tiers, archived, rehydrated, blocked: tiers.length === 0 && all.length > 0 ? 'invalid' : null };
}

/**
 * How many restores of one VM Azure allows within 24 hours (azure-docs, backup-azure-vm-backup-faq of 9 December 2025;
 * earlier editions said ten a day).
 */
export const dailyRestores = 20;

/** The window of the jobs that count against that limit. Azure's clock may be somewhat ahead. */
export function restoresWindow(now: Date): { readonly from: Date; readonly to: Date; readonly operation: 'Restore' } {
  return {
    from: new Date(now.getTime() - 24 * 3_600_000),
    to: new Date(now.getTime() + 300_000),
    operation: 'Restore',
  };
}

/** How many of these jobs restored an item's points. */
export function restoresOf(jobs: readonly JobFacts[], { item }: Pick<ItemRef, 'item'>): number {
  return jobs.filter(({ containerName }) => containerName && bareName(containerName) === bareName(item)).length;
}
