/**
 * A VM's protection when a part of its plan has ended: the last good backup, and when it is backed up next. Only shown,
 * never used for a decision; so what can't be read is omitted, and doesn't delay the end of the part.
 */
import { AzureFault } from '../../azure/faults.ts';
import type { AzureReads, ItemRef } from '../../azure/gateway.ts';
import { attemptsFrom, attemptsOn } from '../../readiness/attempts.ts';
import { backupsOf } from './backups-of.ts';
import { plannedRun } from '../../readiness/next-run.ts';
import type { Kind, Next, Run, ProtectionStatus } from './part.ts';

type OnItem = Kind & { readonly part: { readonly ref: ItemRef } };
type Stage<K extends Kind> = (run: Run<K>) => Promise<Next<K['memo']>>;

/** The same stages; if one ends its part, the end includes the protection status. */
export function withProtectionStatus<K extends OnItem>(
  stages: Readonly<Record<string, Stage<K>>>,
): Readonly<Record<string, Stage<K>>> {
  return Object.fromEntries(Object.entries(stages).map(([name, stage]) => [name, withStatus(stage)]));
}

function withStatus<K extends OnItem>(stage: Stage<K>): Stage<K> {
  return async (run) => {
    const next = await stage(run);
    if (!('outcome' in next) || next.outcome.ended === 'skipped') return next;
    const isToRepeat = 'failure' in next.outcome;
    const protection = await statusOf(run.azure.reads, run.part.ref, { now: run.now, isToRepeat });
    return protection === null ? next : { ...next, outcome: { ...next.outcome, protection } };
  };
}

type Reads = Pick<AzureReads, 'protectedItem' | 'recoveryPoints' | 'policies' | 'jobs'>;

type StatusQuery = { readonly now: Date; readonly isToRepeat: boolean };

async function statusOf(
  reads: Reads,
  ref: ItemRef,
  { now, isToRepeat }: StatusQuery,
): Promise<ProtectionStatus | null> {
  try {
    const item = await reads.protectedItem(ref);
    if (item === null || item.softDeleted !== null) return null;
    const [points, policies, backups] = await Promise.all([
      reads.recoveryPoints(ref),
      reads.policies(ref.vaultId),
      isToRepeat ? backupsOf(reads, ref, { from: attemptsFrom(now), now }) : null,
    ]);
    const policy = policies.find(({ id }) => id.toLowerCase() === item.policyId?.toLowerCase());
    const newest = Math.max(...points.map(({ time }) => time.getTime()));
    return {
      lastGood: points.length === 0 ? null : new Date(newest).toISOString(),
      points: points.length,
      ...(policy ? plannedRun(policy, now) : { nextRun: null }),
      policy: policy?.name ?? item.policyName,
      ...(backups && { attempts: attemptsOn(backups, policy ?? null, now) }),
    };
  } catch (error) {
    if (error instanceof AzureFault) return null;
    throw error;
  }
}
