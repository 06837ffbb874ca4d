/**
 * Scheduled backups that didn't start. A run starts within two hours of its time, and Azure Backup doesn't adjust for
 * daylight saving time, so it may be an hour early or late by the clocks of the policy's zone: it is missed three hours
 * after its time at the earliest, if nothing started from an hour before it.
 */
import type { PolicyFacts } from '../../azure/gateway.ts';
import { runsBetween } from '../../readiness/next-run.ts';

const hour = 3_600_000;
const day = 24 * hour;
const [early, late] = [hour, 3 * hour];
/** Eight days contain a run of every schedule. */
const back = 9 * day;

/**
 * What is known about one item's backups. `newest`: when the newest of them began, ended or was still running, whatever
 * its result; null: none is known. `since`: from when on the schedule counts. `until`: how far all jobs have been read.
 */
type Runs = {
  readonly policy: PolicyFacts;
  readonly newest: Date | null;
  readonly since: Date;
  readonly until: Date;
};

/**
 * The runs that were skipped since the newest backup, oldest first; null if the schedule isn't understood. An item
 * without any backup is ignored for its first day, during which Azure says that its first backup is pending.
 */
export function missedRuns({ policy, newest, since, until }: Runs): readonly Date[] | null {
  const first = newest === null ? since.getTime() + day : since.getTime();
  const from = Math.max(first, until.getTime() - back);
  const to = until.getTime() - late;
  if (from >= to) return runsBetween(policy, until, until) && [];
  const due = runsBetween(policy, new Date(from), new Date(to));
  return due && due.filter((run) => newest === null || run.getTime() - early > newest.getTime());
}
