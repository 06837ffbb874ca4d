/**
 * Deletes the files of one restore from its staging account, one after another, and no other blob: the copies of its
 * disks, its template, and the files with keys last, so that a restore which stops before that can still put them back.
 */
import { parseArmId } from '../../../core/arm-id.ts';
import { failedCall, failedInternally } from '../../ground/failure.ts';
import type { Next, PartRunner, Run } from '../../ground/part.ts';
import { restoredIn, type Restored } from '../../restored/restored.ts';
import type { CleanUp } from '../../parts/clean-up-staging.ts';

type Memo = CleanUp['memo'];

/** Runs `clean-up-staging`. */
export const runCleanUp: PartRunner<CleanUp> = { first: 'inspect', stages: { inspect, remove } };

async function inspect(run: Run<CleanUp>): Promise<Next<Memo>> {
  const { restores } = run.azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const restored = madeBy(run);
  if (!restored.staged && run.part.ifAny) return { outcome: { ended: 'done' }, memo: { deleted: [] } };
  if (!restored.staged) return { outcome: failedInternally('staging-unknown') };
  const { account, container } = restored.staged;
  const all = await restores.blobs({ account, container });
  const left = ownBlobs(all, restored);
  const memo = { left, deleted: [], others: all.length - left.length };
  return left.length === 0 ? { outcome: { ended: 'done' }, memo } : { stage: 'remove', inMs: 0, memo };
}

async function remove(run: Run<CleanUp>): Promise<Next<Memo>> {
  const { memo } = run;
  const { restores } = run.azure;
  const { staged } = madeBy(run);
  const [blob, ...left] = memo.left ?? [];
  if (!restores || !staged || blob === undefined) return { outcome: { ended: 'done' }, memo };
  const { account, container } = staged;
  const written = await run.write({
    call: `delete ${blob}`,
    target: `${account}/${container}/${blob}`,
    send: async (attempt) => ({
      requestId: (await restores.deleteBlob({ account, container, blob }, attempt)).requestId,
    }),
    findEffect: async () =>
      (await restores.blobs({ account, container })).includes(blob) ? null : { requestId: null },
    reconcileWindowMs: run.waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'remove', inMs: written.inMs, memo };
  // Somebody else has deleted it.
  if (written.end === 'refused' && written.fault.status !== 404) return { outcome: failedCall(written.fault), memo };
  const after = { ...memo, left, deleted: [...(memo.deleted ?? []), blob] };
  return left.length === 0 ? { outcome: { ended: 'done' }, memo: after } : { stage: 'remove', inMs: 0, memo: after };
}

function madeBy(run: Run<CleanUp>): Restored {
  return run.part.from ?? restoredIn(run);
}

/** This restore's blobs, by the names that its job gave, or by the disk that one is a copy of. */
function ownBlobs(all: readonly string[], { staged, disks }: Restored): readonly string[] {
  const names = (disks ?? []).flatMap((id) => parseArmId(id)?.name ?? []);
  const copies = all.filter((blob) => names.some((name) => blob === `${name}.vhd`));
  const named = [staged?.templateBlob, staged?.encryptionInfoBlob, staged?.configBlob];
  return [...copies, ...named.filter((name) => name != null && all.includes(name))] as readonly string[];
}
