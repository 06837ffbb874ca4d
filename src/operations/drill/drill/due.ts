import { keyOfId } from '../../../core/arm-id.ts';
import { standingOf, type DrillBooks, type HeldVms } from '../../parts/drill-books.ts';
import { isDue } from './rotation.ts';

/** The state of the drills that start by a schedule; null: no entry has one. */
type Due = { readonly due: number; readonly failed: number; readonly notAllowed: readonly string[] } | null;

/** Counts them over all entries: VMs that are overdue, VMs whose last drill failed, entries that nobody has allowed. */
export async function drillsDue(drills: DrillBooks, held: HeldVms, now: Date): Promise<Due> {
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
