import { keyOfId } from '../../core/arm-id.ts';
import { ownOf } from '../../core/own-of.ts';
import { deleteDrillMemo } from '../../operations/parts/delete-drill.ts';
import type { UnfinishedDrill } from '../../operations/parts/drill-books.ts';
import { restoreMemo, restorePartId } from '../../operations/parts/restore-disks.ts';
import { readOperation } from '../../operations/stored-operation.ts';
import type { Queries } from '../../store/database.ts';
import { drillsNotDeleted } from '../../store/drills.ts';

/** A VM's ended drills that haven't deleted everything, with what their rows say is left. */
export async function unfinishedDrills(q: Queries, vmId: string): Promise<readonly UnfinishedDrill[]> {
  const stored = await drillsNotDeleted(q, vmId);
  return stored.map((operation) => {
    const read = readOperation(operation);
    const deleting = read?.plan.parts.find(({ does }) => does === 'delete-drill');
    const state = read && deleting && ownOf(read.parts, deleting.id);
    const { left = [] } = deleteDrillMemo.safeParse(state?.memo).data ?? {};
    const { disks = [] } = restoreMemo.safeParse(read?.parts[restorePartId]?.memo).data ?? {};
    const ids = new Map([...left, ...(disks ?? [])].map((id) => [keyOfId(id), id]));
    return { operation: operation.id, ids: [...ids.values()] };
  });
}
