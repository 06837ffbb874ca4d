import { minute, second } from '../cards/durations.ts';

/** How long a backup waits for Azure, in milliseconds. */
export const backUpWaits = {
  /** Between two looks at the followed job: in its first 5 minutes, in its first hour, later. */
  jobEarly: 10 * second,
  jobMid: 30 * second,
  jobLate: 2 * minute,
  jobEarlyEnds: 5 * minute,
  jobMidEnds: 60 * minute,
  /** The reconcile window of the write that starts it. */
  traceBackup: 60 * second,
  /** How long after its job a recovery point may take to appear. */
  point: 2 * minute,
};
