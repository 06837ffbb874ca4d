/** Jobs that don't end: until they do, Azure runs no other backup of the VM, and says nothing. */
import type { JobFacts } from '../../azure/gateway.ts';

const hour = 3_600_000;
/** Incremental backups take less than a day; the first one can take days to copy. */
const [backupLimit, firstLimit, otherLimit] = [24 * hour, 72 * hour, 48 * hour];
const timesUsual = 4;

/** Whether a job is still running, by its status. */
export function isRunning({ status }: Pick<JobFacts, 'status'>): boolean {
  return /^(InProgress|Cancelling)$/i.test(status);
}

/**
 * Whether a job has been running for far too long. `longestMs`: how long the longest of the VM's known backups took;
 * null: none is known, so this may be its first.
 */
export function isEndless(job: JobFacts, longestMs: number | null, now: Date): boolean {
  if (!isRunning(job) || job.startTime === null) return false;
  const ran = now.getTime() - job.startTime.getTime();
  if (!/^Backup$/i.test(job.operation)) return ran > otherLimit;
  return ran > (longestMs === null ? firstLimit : Math.max(backupLimit, timesUsual * longestMs));
}
