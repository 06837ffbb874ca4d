/**
 * The vault watcher: one list call per vault and poll, however many jobs there are. It stores the vault's newest jobs,
 * and wakes the operation that follows a job which has ended, so that no card waits for its own next poll.
 */
import type { WhyUnread } from '../../alerts/alert.ts';
import { answerOf, AzureFault } from '../../azure/faults.ts';
import type { JobFacts } from '../../azure/gateway.ts';
import { reasonOf } from '../../azure/partial-read.ts';
import { keyOfId } from '../../core/arm-id.ts';
import type { Worker } from '../../jobs/wake.ts';
import { partKindOf } from '../../operations/list.ts';
import { renewLease } from '../../store/lease.ts';
import { claimPoll, endPoll, keepJobs, noteUnread } from '../../store/vault-polls.ts';
import { expediteOperation, runningOperations } from '../../store/operations.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { readable, type LiveOperation } from '../live-operation.ts';
import { keepRenewing } from './keep-renewing.ts';

const windowMs = 2 * 86_400_000;
const firstWindowMs = 30 * 86_400_000;

/** Makes the worker of the `watch` queue. Its IDs are vault IDs. */
export function watchWorker(deps: Deps): Worker {
  return async (vaultId) => {
    const claim = await claimPoll(deps.database.db, vaultId, deps.leases.poll);
    if (!claim) return;
    const leaseMs = deps.leases.poll;
    const lease = { key: vaultId, fence: claim.fence, forMs: leaseMs };
    const prolong = () => renewLease(deps.database.db, 'vault_poll', lease);
    const renewal = keepRenewing(deps, { leaseMs, prolong, of: { vault: vaultId } });
    const list = deps.azure.reads.jobs(vaultId, windowOf(deps, claim.polledAt));
    const jobs = await listed(deps, list, { vaultId, fence: claim.fence }).finally(renewal.end);
    const busy = jobs.some((job) => /^(InProgress|Cancelling)$/i.test(job.status));
    await inTransaction(deps, async (unit) => {
      const changed = await keepJobs(unit.q, vaultId, jobs);
      const news = jobs.filter((job) => changed.has(job.id.toLowerCase()));
      for (const id of await followers(unit.q, news)) {
        await expediteOperation(unit.q, id);
        unit.wake({ to: 'advance', id });
      }
      const next = busy ? deps.waits.vaultBusy : deps.waits.vaultIdle;
      const inMs = await endPoll(unit.q, { vaultId, ...claim }, next);
      unit.wake({ to: 'watch', id: vaultId, inMs });
      if (news.length > 0) unit.wake({ to: 'alert', id: vaultId });
    });
  };
}

/**
 * Jobs that started up to two days before the last poll may have ended since; the first time, and after a long gap, 30
 * days.
 */
function windowOf({ clock, azure }: Deps, polledAt: Date | null): { from: Date; to: Date } {
  const skew = azure.clockSkew() ?? 0;
  const now = clock.now().getTime() + skew;
  const first = now - firstWindowMs;
  const from = polledAt ? Math.max(first, Math.min(now, polledAt.getTime() + skew) - windowMs) : first;
  return { from: new Date(from), to: new Date(now + 300_000) };
}

/** If Azure doesn't give the list, why is recorded: one vault that can't be read for long is an alert of its own. */
async function listed<T>(deps: Deps, list: Promise<T>, claim: Parameters<typeof noteUnread>[1]): Promise<T> {
  try {
    const jobs = await list;
    deps.metrics.polled('ok');
    return jobs;
  } catch (error) {
    deps.metrics.polled('fault');
    if (error instanceof AzureFault) await noteUnread(deps.database.db, claim, whyOf(error));
    throw error;
  }
}

function whyOf(fault: AzureFault): WhyUnread {
  const { why, action } = reasonOf(fault);
  return { why, action, answer: answerOf(fault.facts), says: fault.facts.says };
}

/** The operations that still follow an ended job. */
async function followers(q: Parameters<typeof runningOperations>[0], jobs: readonly JobFacts[]): Promise<string[]> {
  const ended = new Set(
    jobs.filter((job) => !/^(InProgress|Cancelling)$/i.test(job.status)).map((job) => keyOfId(job.name)),
  );
  if (ended.size === 0) return [];
  return readable(await runningOperations(q))
    .filter((operation) => followsOne(operation, ended))
    .map((operation) => operation.id);
}

function followsOne({ plan, parts }: LiveOperation, ended: ReadonlySet<string>): boolean {
  return plan.parts.some((part) => {
    const state = parts[part.id];
    const job = (state && partKindOf(part).job?.(part, state)) ?? null;
    return job !== null && job.open && ended.has(keyOfId(job.id));
  });
}
