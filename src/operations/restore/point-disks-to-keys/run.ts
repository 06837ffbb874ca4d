/**
 * Writing into restored disks where their keys are now, by the restore identity: a disk that names the old URL of a
 * secret stays locked. If no URL has changed nothing is written. A disk that already has the new URL is adopted.
 */
import type { DiskKeys } from '../../../azure/gateway.ts';
import type { Json } from '../../../core/json.ts';
import { failedCall, failedInternally } from '../../ground/failure.ts';
import type { Next, PartRunner, Run } from '../../ground/part.ts';
import { isOwnDisk } from '../../restored/restored.ts';
import { sameUrl } from '../restore-key-and-secret/needs.ts';
import { putBackMemo, putBackPartId, type RestoreKeyAndSecret } from '../../parts/restore-key-and-secret.ts';
import type { PointDisks } from '../../parts/point-disks-to-keys.ts';

type Memo = PointDisks['memo'];
type PointRun = Run<PointDisks>;
type Moved = NonNullable<RestoreKeyAndSecret['memo']['moved']>;

/** Runs `point-disks-to-keys`. */
export const runPoint: PartRunner<PointDisks> = {
  first: 'inspect',
  stages: { inspect, write },
};

/** One disk after another, until all have the right URLs. */
async function inspect(run: PointRun): Promise<Next<Memo>> {
  const { memo, azure, waits, now } = run;
  const { disks = [], moved = [] } = keysPut(run);
  const found = await Promise.all(moved.length === 0 ? [] : disks.map((id) => azure.reads.disk(id)));
  if (found.includes(null)) return { outcome: failedInternally('restored-unread') };
  const open = found.flatMap((disk) => (disk && !isPointed(disk.ade?.keys ?? [], moved) ? [disk] : []));
  const written = memo.written ?? [];
  if (open.length === 0) return { outcome: { ended: 'done', ...(written.length === 0 && { adopted: true }) }, memo };
  const next = open.find(({ name }) => !written.includes(name));
  if (next) return { stage: 'write', inMs: 0, memo: { ...memo, disk: next.id } };
  if (Date.parse(memo.until ?? '') <= now.getTime()) return { outcome: failedInternally('disks-not-shown') };
  return { stage: 'inspect', inMs: waits.pointLook, memo };
}

async function write(run: PointRun): Promise<Next<Memo>> {
  const { memo, azure, waits, now } = run;
  const { restores, reads } = azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const { moved = [] } = keysPut(run);
  const disk = await reads.disk(memo.disk as string);
  if (!disk?.ade) return { outcome: failedInternally('restored-unread') };
  const own = await restores.deletable(disk.id);
  if (!own || !isOwnDisk(run, own, { groupId: run.part.targetGroup.id, vmId: null }))
    return { outcome: failedInternally('disks-not-free') };
  const keys = pointed(disk.ade.keys, moved);
  const written = await run.write<Json>({
    call: `point ${disk.name}`,
    target: disk.id,
    send: async (attempt) => ({ requestId: (await restores.pointDiskToKeys(disk.id, keys, attempt)).requestId }),
    findEffect: () => Promise.resolve(isPointed(disk.ade?.keys ?? [], moved) ? { traced: true } : null),
    reconcileWindowMs: waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'write', inMs: written.inMs, memo };
  if (written.end === 'refused') return { outcome: failedCall(written.fault) };
  const until = new Date(now.getTime() + waits.pointShows).toISOString();
  return { stage: 'inspect', inMs: 0, memo: { written: [...(memo.written ?? []), disk.name], until } };
}

function keysPut({ others }: PointRun): RestoreKeyAndSecret['memo'] {
  return putBackMemo.parse(others(putBackPartId)?.memo ?? {});
}

/** The same keys, each secret with its new URL if it has one. */
function pointed(keys: readonly DiskKeys[], moved: Moved): readonly DiskKeys[] {
  return keys.map((one) => ({
    ...one,
    secretUrl: moved.find(({ from }) => isOf(from, one.secretUrl))?.to ?? one.secretUrl,
  }));
}

function isPointed(keys: readonly DiskKeys[], moved: Moved): boolean {
  return keys.every(({ secretUrl }) => !moved.some(({ from }) => isOf(from, secretUrl)));
}

/** Two disks may write the same secret's URL in a different case. */
function isOf(from: string, url: string | null): boolean {
  return url !== null && sameUrl(from, url);
}
