/**
 * Deletes what a drill created: the VM, then its interface, then its disks, one at a time and each until it is gone.
 * Nothing is deleted because of its name alone: it has to be named by the drill's own rows, be in the drill's group,
 * have the drill's tag with the ID of its operation when it is read just before, and have nothing attached then that
 * doesn't.
 */
import { createVmPartId, newVmId } from '../../parts/create-vm.ts';
import { failedCall, failedInternally } from '../../ground/failure.ts';
import type { Next, PartRunner, Run } from '../../ground/part.ts';
import { restorePartId } from '../../parts/restore-disks.ts';
import { restoredDisks } from '../../restored/restored.ts';
import { madeByDrill } from './made-by-drill.ts';
import { readOwn, remainsOf } from './own.ts';
import type { DeleteDrill } from '../../parts/delete-drill.ts';

type Memo = DeleteDrill['memo'];
type Deleting = Run<DeleteDrill>;

/** Runs `delete-drill`. */
export const runDeleteDrill: PartRunner<DeleteDrill> = { first: 'keep', stages: { keep, inspect, remove, gone } };

/** The requested time to keep it applies only if there is a VM to look at. */
function keep(run: Deleting): Promise<Next<Memo>> {
  const { part, now, began } = run;
  const isMade = run.others(createVmPartId)?.outcome?.ended === 'done';
  const leftMs = isMade ? began.getTime() + part.keepMs - now.getTime() : 0;
  return Promise.resolve(leftMs > 0 ? { stage: 'keep', inMs: leftMs } : { stage: 'inspect', inMs: 0 });
}

async function inspect(run: Deleting): Promise<Next<Memo>> {
  if (!run.azure.restores) return { outcome: failedInternally('no-restore-identity') };
  const made = await madeNow(run);
  const { free, kept, stuck, spared } = await remainsOf(run, made.ids);
  // If it gets no further, all of these still exist.
  const left = [...free, ...kept.map(({ id }) => id), ...stuck];
  const known = made.isKnown ? { made: made.ids } : {};
  const memo = { deleted: run.memo.deleted ?? [], spared, kept, ...known, ...(left.length > 0 ? { left } : {}) };
  if (free.length > 0) return { stage: 'remove', inMs: 0, memo };
  if (kept.length > 0) return { outcome: failedInternally('others-attached'), memo };
  if (spared.length > 0) return { outcome: failedInternally('not-of-drill'), memo };
  return { outcome: made.isKnown ? { ended: 'done' } : failedInternally('drill-disks-unread'), memo };
}

/** What the drill created, as far as it is known, and whether that is all. Leftovers are deleted as far as they are. */
async function madeNow(run: Deleting): Promise<{ readonly ids: readonly string[]; readonly isKnown: boolean }> {
  const known = run.part.left?.ids ?? run.memo.made;
  if (known) return { ids: known, isKnown: true };
  const restored = await restoredDisks(run, newVmId(run.part));
  if (restored.is === 'found') return { ids: madeByDrill(run, restored.disks), isKnown: true };
  // A restore that failed, or wasn't begun, may have left nothing; one that succeeded has left disks.
  const isRestored = run.others(restorePartId)?.outcome?.ended === 'done';
  const isNothing = restored.is === 'unknown' && restored.why === 'nothing' && !isRestored;
  return { ids: madeByDrill(run, []), isKnown: isNothing };
}

/** What counted as the drill's own when it was looked at. */
function recorded(run: Deleting): readonly string[] {
  return run.part.left?.ids ?? run.memo.made ?? madeByDrill(run, []);
}

async function remove(run: Deleting): Promise<Next<Memo>> {
  const { memo, now, waits } = run;
  const { restores } = run.azure;
  const [id] = memo.left ?? [];
  const { tries = 0 } = memo;
  if (!restores || id === undefined) return { stage: 'inspect', inMs: 0, memo };
  let isFree = true;
  const written = await run.write({
    call: `delete ${id}${tries === 0 ? '' : ` (${tries})`}`,
    target: id,
    // Since it was looked at, it may have disappeared, been replaced by another with the same name, or got something
    // attached that would be deleted with it.
    send: async (attempt) => {
      const found = await readOwn(run, id, recorded(run));
      isFree = found.is === 'own' && found.others.length === 0;
      return { requestId: isFree ? (await restores.remove(id, attempt)).requestId : null };
    },
    findEffect: async () => ((await readOwn(run, id, recorded(run))).is === 'own' ? null : { requestId: null }),
    reconcileWindowMs: waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'remove', inMs: written.inMs, memo };
  if (written.end === 'refused' && written.fault.status !== 404) return { outcome: failedCall(written.fault), memo };
  if (!isFree) return { stage: 'inspect', inMs: 0, memo };
  return { stage: 'gone', inMs: waits.deleteLook, memo: { ...memo, since: now.toISOString() } };
}

const maxTries = 3;

async function gone(run: Deleting): Promise<Next<Memo>> {
  const { memo, now, waits } = run;
  const { restores } = run.azure;
  const [id] = memo.left ?? [];
  const { since, tries = 0, deleted = [] } = memo;
  if (!restores || id === undefined) return { stage: 'inspect', inMs: 0, memo };
  const { is } = await readOwn(run, id, recorded(run));
  if (is !== 'own') {
    const { made } = memo;
    const without = is === 'gone' ? [...deleted, id] : deleted;
    return { stage: 'inspect', inMs: 0, memo: { deleted: without, ...(made && { made }) } };
  }
  if (now.getTime() - Date.parse(since ?? '') < waits.deleteTakes)
    return { stage: 'gone', inMs: waits.deleteLook, memo };
  if (tries + 1 >= maxTries) return { outcome: failedInternally('drill-not-deleted'), memo };
  return { stage: 'remove', inMs: 0, memo: { ...memo, tries: tries + 1 } };
}
