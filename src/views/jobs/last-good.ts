import type { JobFacts, ProtectedItem } from '../../azure/gateway.ts';
import type { Unread } from '../../azure/partial-read.ts';
import { keyOfId, parseArmId } from '../../core/arm-id.ts';
import { keyOf, type Failures } from './failure-rows.ts';
import { rowOf } from './job-row.ts';

/** A VM's newest recovery point, and when its newest backup that completed, and that completed with warnings, began. */
type Known = { readonly point: Date | null; readonly good: Date | null; readonly warned: Date | null };

/**
 * When a VM's last good backup was: the time of its recovery point, which is what a restore goes back to; null: none is
 * known. A point that a job with warnings left proves no good backup. Then it is the one before, of which only the
 * beginning of its job is known.
 */
export function lastGoodAt({ point, good, warned }: Known): Date | null {
  const isHalfDone = point && warned && point >= warned && warned > (good ?? new Date(0));
  return isHalfDone ? good : point;
}

type Place = Pick<Unread, 'of' | 'name' | 'subscription'>;

type Read = {
  readonly items: readonly ProtectedItem[];
  readonly jobs: readonly JobFacts[];
  readonly unread: readonly Place[];
};

/**
 * It for each VM, as ISO text, by the VM's key. If its item isn't known, because its vault is `unread` or Azure omitted
 * the job's container, the beginning of its newest good job stands for the point.
 */
export function lastGoodOf({ items, jobs, unread }: Read): Failures['lastGood'] {
  const [warned, good] = [newestOf(jobs, /^CompletedWithWarnings$/i), newestOf(jobs, /^Completed$/i)];
  const told = items.map(({ vmId, lastRecoveryPoint: point }) => {
    const key = keyOfId(vmId);
    return [key, lastGoodAt({ point, good: good.get(key) ?? null, warned: warned.get(key) ?? null })] as const;
  });
  const without = new Set(jobs.filter((job) => isUnread(job, unread)).map(keyOfJob));
  const all = [...[...good].filter(([key]) => without.has(key)), ...told];
  return Object.fromEntries(all.flatMap(([key, at]) => (at ? [[key, at.toISOString()]] : [])));
}

function isUnread(job: JobFacts, unread: readonly Place[]): boolean {
  const { name, subscription } = parseArmId(job.vaultId) ?? {};
  const isOfVault = unread.some((one) => one.of === 'vault' && one.name === name && one.subscription === subscription);
  return isOfVault || rowOf(job, '').vmKey === undefined;
}

/** When the newest backup with this status began, by VM. */
function newestOf(jobs: readonly JobFacts[], status: RegExp): ReadonlyMap<string, Date> {
  const fitting = jobs.flatMap((job) =>
    job.operation === 'Backup' && status.test(job.status) && job.startTime ? [{ job, began: job.startTime }] : [],
  );
  const oldestFirst = fitting.toSorted((a, b) => a.began.getTime() - b.began.getTime());
  return new Map(oldestFirst.map(({ job, began }) => [keyOfJob(job), began]));
}

function keyOfJob(job: JobFacts): string {
  return keyOf(rowOf(job, parseArmId(job.vaultId)?.name ?? ''));
}
