import { keyOfId } from '../../../core/arm-id.ts';
import { standingOf, type DrillBooks, type HeldVms } from '../../parts/drill-books.ts';
import { isDue } from './rotation.ts';

/**
 * The state of the drills that start by a schedule: the VMs that are overdue, those whose last drill failed, and the
 * entries whose drills nobody has allowed. Null: no entry has a schedule.
 */
export type DrillsDue = {
  readonly due: number;
  readonly failed: number;
  readonly notAllowed: readonly string[];
} | null;

/** Counts them over all entries. */
export async function drillsDue(drills: DrillBooks, held: HeldVms, now: Date): Promise<DrillsDue> {
  if (drills.entries.length === 0) return null;
  const books = await drills.books();
  const vms = drills.vmsOf(held);
  const sum = { due: 0, failed: 0, notAllowed: [] as string[] };
  for (const one of drills.entries) {
    const { name } = one.schedule;
    const here = { now, timeZone: (await drills.timeZoneOf(one)) ?? 'UTC' };
    const own = vms.filter(({ entry }) => entry === name).map(({ id }) => books.get(keyOfId(id)));
    sum.due += own.filter((book) => isDue(one.schedule, { last: book?.endedAt ?? null }, here)).length;
    sum.failed += own.filter((book) => book?.result === 'failed').length;
    if (standingOf(one, await drills.approvalOf(name)) !== 'holds') sum.notAllowed.push(name);
  }
  return sum;
}
