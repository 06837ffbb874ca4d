/**
 * What happened to the protected items of a Recovery Services vault since the previous look: stopped, deleted or in
 * order.
 */
import type { ProtectedItem } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import { kindOfItem } from '../../readiness/protection.ts';
import type { SightedKind, Sought } from '../alert.ts';
import type { Sighting } from '../fold.ts';
import { backupsOver, inOrder, itemsById, lapsed, wrong, type Noted, type NotedItem } from './noted.ts';

/**
 * Compares the complete list of a vault's items with what was recorded; the first look reports nothing. What was
 * stopped before the first look isn't news, nor is what Kluis itself stopped since it was last protected.
 */
export function seenProtections(
  items: readonly ProtectedItem[],
  noted: Noted | null,
  { now, stoppedHere }: { readonly now: Date; readonly stoppedHere: ReadonlyMap<string, Date> },
): readonly Sighting[] {
  const byId = itemsById(items);
  const protectedVms = new Set(items.filter((item) => kindOfItem(item) === 'protected').map(vmOf));
  return Object.entries(noted?.items ?? {}).flatMap(([id, before]) => {
    const item = byId.get(id);
    const sought = { of: id, from: noted?.itemsAt ?? null };
    if (!item) return seenMissing(before, { now, sought });
    const stoppedAt = stoppedHere.get(before.subject.key)?.getTime() ?? 0;
    const isExpected = stoppedAt >= Date.parse(before.since);
    const seen = seenItem(before, kindOfItem(item), { now, sought, isExpected });
    return protectedVms.has(vmOf(item)) ? [...seen, inOrder('backups-deleted', before.subject, now)] : seen;
  });
}

function vmOf({ vmId }: ProtectedItem): string {
  return keyOfId(vmId);
}

/** A soft-deleted item that is gone has reached the end of its retention, and was reported before. */
function seenMissing({ subject, state }: NotedItem, { now, sought }: Omit<Found, 'isExpected'>): Sighting[] {
  const kinds = ['protection-stopped', 'soft-deleted', 'vm-gone', 'drill-failed'] as const;
  const over = [...backupsOver(subject, now), ...kinds.map((kind) => lapsed(kind, subject, now))];
  return state === 'soft-deleted' ? over : [...over, { ...wrong('backups-deleted', subject, now), sought }];
}

type Found = { readonly now: Date; readonly sought: Sought; readonly isExpected: boolean };

function seenItem({ subject, state }: NotedItem, found: NotedItem['state'], how: Found): Sighting[] {
  const { now, sought, isExpected } = how;
  const newly = (kind: SightedKind): Sighting => ({ ...wrong(kind, subject, now), sought });
  switch (found) {
    case 'protected':
      return [inOrder('protection-stopped', subject, now), inOrder('soft-deleted', subject, now)];
    case 'stopped': {
      const stopped = state === 'protected' && !isExpected ? [newly('protection-stopped')] : [];
      return [inOrder('soft-deleted', subject, now), ...backupsOver(subject, now), ...stopped];
    }
    case 'soft-deleted':
      return [...backupsOver(subject, now), ...(state === 'soft-deleted' ? [] : [newly('soft-deleted')])];
  }
}
