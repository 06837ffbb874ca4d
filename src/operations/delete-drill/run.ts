/**
 * Deletes what a drill has made: the VM, then its interface, then its disks, one at a time and each until it is gone.
 * Nothing is deleted for its name alone: it must be named by this operation's own rows, lie in the group of the drill,
 * and bear the drill's tag with the id of this operation, as it is read just before.
 */
import { keyOfId } from '../../core/arm-id.ts';
import { newVmId, createVmMemo, createVmPartId, ownName } from '../create-vm/plan.ts';
import { drillTag, isInGroup } from '../drill/plan.ts';
import { failedCall, failedInternally } from '../failure.ts';
import type { Next, PartRunner, Run } from '../part.ts';
import { restorePartId } from '../restore-disks/plan.ts';
import { restoredIn } from '../restore-disks/restored.ts';
import type { DeleteDrill } from './plan.ts';

type Memo = DeleteDrill['memo'];
type Deleting = Run<DeleteDrill>;

/** Runs `delete-drill`. */
export const runDeleteDrill: PartRunner<DeleteDrill> = { first: 'keep', stages: { keep, inspect, remove, gone } };

/** What was asked to be kept is, but only where there is a VM to look at. */
function keep(run: Deleting): Promise<Next<Memo>> {
  const { part, now, began } = run;
  const isMade = run.others(createVmPartId)?.outcome?.ended === 'done';
  const leftMs = isMade ? began.getTime() + part.keepMs - now.getTime() : 0;
  return Promise.resolve(leftMs > 0 ? { stage: 'keep', inMs: leftMs } : { stage: 'inspect', inMs: 0 });
}

async function inspect(run: Deleting): Promise<Next<Memo>> {
  const { restores } = run.azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const [left, spared]: [string[], string[]] = [[], []];
  for (const id of namedByRows(run)) {
    const found = await restores.deletable(id);
    if (found) (found.tags[drillTag] === run.operation ? left : spared).push(id);
  }
  const memo = { deleted: run.memo.deleted ?? [], spared };
  // If it goes no further, all of these are still there.
  if (left.length > 0) return { stage: 'remove', inMs: 0, memo: { ...memo, left } };
  if (spared.length > 0) return { outcome: failedInternally('not-of-drill'), memo };
  return { outcome: isAllNamed(run) ? { ended: 'done' } : failedInternally('drill-disks-unread'), memo };
}

async function remove(run: Deleting): Promise<Next<Memo>> {
  const { memo, now, waits } = run;
  const { restores } = run.azure;
  const [id] = memo.left ?? [];
  const { tries = 0 } = memo;
  if (!restores || id === undefined) return { stage: 'inspect', inMs: 0, memo };
  const written = await run.write({
    call: `delete ${id}${tries === 0 ? '' : ` (${tries})`}`,
    target: id,
    // It may be gone since, or have been replaced by another of its name: then there is nothing to delete.
    send: async (attempt) => ({
      requestId: (await isOwn(run, id)) ? (await restores.remove(id, attempt)).requestId : null,
    }),
    findEffect: async () => ((await isOwn(run, id)) ? null : { requestId: null }),
    reconcileWindowMs: waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'remove', inMs: written.inMs, memo };
  if (written.end === 'refused' && written.fault.status !== 404) return { outcome: failedCall(written.fault), memo };
  return { stage: 'gone', inMs: waits.deleteLook, memo: { ...memo, since: now.toISOString() } };
}

/** Whether it is there, and this drill's. */
async function isOwn({ azure: { restores }, operation }: Deleting, id: string): Promise<boolean> {
  const found = await restores?.deletable(id);
  return found?.tags[drillTag] === operation;
}

const maxTries = 3;

async function gone(run: Deleting): Promise<Next<Memo>> {
  const { memo, now, waits } = run;
  const { restores } = run.azure;
  const [id] = memo.left ?? [];
  const { since, tries = 0, deleted = [] } = memo;
  if (!restores || id === undefined) return { stage: 'inspect', inMs: 0, memo };
  if (!(await isOwn(run, id))) return { stage: 'inspect', inMs: 0, memo: { deleted: [...deleted, id] } };
  if (now.getTime() - Date.parse(since ?? '') < waits.deleteTakes)
    return { stage: 'gone', inMs: waits.deleteLook, memo };
  if (tries + 1 >= maxTries) return { outcome: failedInternally('drill-not-deleted'), memo };
  return { stage: 'remove', inMs: 0, memo: { ...memo, tries: tries + 1 } };
}

/** The VM first, which holds the others. */
function namedByRows(run: Deleting): readonly string[] {
  const { part } = run;
  const { made = [] } = createVmMemo.safeParse(run.others(createVmPartId)?.memo).data ?? {};
  const nic = `${part.targetGroup.id}/providers/Microsoft.Network/networkInterfaces/${ownName(run)}-nic`;
  const others = [...made, nic, ...(restoredIn(run).disks ?? [])].filter(isDeletable);
  const all = [newVmId(part), ...others].filter((id) => isInGroup(id, part.targetGroup.id));
  return [...new Map(all.map((id) => [keyOfId(id), id])).values()];
}

function isDeletable(id: string): boolean {
  return /\/providers\/Microsoft\.(Compute\/(virtualMachines|disks)|Network\/networkInterfaces)\/[^/]+$/i.test(id);
}

/** Whether it is known which disks Azure restored, where it did. */
function isAllNamed(run: Deleting): boolean {
  return restoredIn(run).disks !== null || run.others(restorePartId)?.outcome?.ended !== 'done';
}
