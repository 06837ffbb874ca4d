/**
 * Checks whether a drill's network has outbound access, and before that tags the restored disks as this drill's. Only
 * those are tagged that are in the drill's group, that weren't there before, that no VM has, and that Azure created
 * after this began.
 */
import { failedCall, failedInternally } from '../../ground/failure.ts';
import type { Next, PartRunner, Run } from '../../ground/part.ts';
import { whyNotFound } from '../../restored/not-found.ts';
import { isOwnDisk, restoredDisks } from '../../restored/restored.ts';
import { drillOf, drillTag } from '../../../core/drill-tag.ts';
import { type Drill } from '../../parts/drill.ts';
import { egressPaths } from './egress-paths.ts';

type Memo = Drill['memo'];

/** Runs `drill`. */
export const runDrill: PartRunner<Drill> = { first: 'inspect', stages: { inspect, mark, network } };

async function inspect(run: Run<Drill>): Promise<Next<Memo>> {
  if (!run.azure.restores) return { outcome: failedInternally('no-restore-identity') };
  if (run.part.at === 'start') return { stage: 'network', inMs: 0 };
  const restored = await restoredDisks(run, null);
  if (restored.is !== 'found') return { outcome: failedInternally(whyNotFound(restored)) };
  return { stage: 'mark', inMs: 0, memo: { left: restored.disks } };
}

async function mark(run: Run<Drill>): Promise<Next<Memo>> {
  const { restores } = run.azure;
  const [id, ...left] = run.memo.left ?? [];
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  if (id === undefined) return { stage: 'network', inMs: 0 };
  const disk = await restores.deletable(id);
  if (disk === null) return { outcome: failedInternally('disks-not-shown') };
  if (!isOwnDisk(run, { ...disk, id }, { groupId: run.part.targetGroup.id, vmId: null }))
    return { outcome: failedInternally('disks-not-of-drill') };
  const written = await run.write({
    call: `tag ${id}`,
    target: id,
    send: async (attempt) => ({
      requestId: (await restores.addTags(id, { [drillTag]: run.operation }, attempt)).requestId,
    }),
    findEffect: async () =>
      drillOf((await restores.deletable(id))?.tags ?? {}) === run.operation ? { requestId: null } : null,
    reconcileWindowMs: run.waits.traceProtect,
  });
  if (written.end === 'waiting') return { stage: 'mark', inMs: written.inMs, memo: run.memo };
  if (written.end === 'refused') return { outcome: failedCall(written.fault) };
  return { stage: 'mark', inMs: 0, memo: { left } };
}

async function network(run: Run<Drill>): Promise<Next<Memo>> {
  const { restores } = run.azure;
  if (!restores) return { outcome: failedInternally('no-restore-identity') };
  const ways = await restores.subnetWays(run.part.subnet.id);
  if (ways === null) return { outcome: failedInternally('network-vanished') };
  const openings = egressPaths(ways);
  return openings.length > 0
    ? { outcome: failedInternally('network-open'), memo: { openings } }
    : { outcome: { ended: 'done' }, memo: {} };
}
