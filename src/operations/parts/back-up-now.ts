import { z } from 'zod';
import { minute, second } from '../ground/durations.ts';
import { onItemWithKeys } from '../ground/part.ts';

/**
 * One on-demand backup: of which protected item, and kept for how many days from its start. `keyVaults` hold the keys
 * of its disks; null: unread.
 */
export const backUpPart = z
  .object({
    ...onItemWithKeys,
    does: z.literal('back-up-now'),
    keepDays: z.number(),
    /**
     * The job of a backup that is already running: it is followed, and nothing is started, even if it has ended by
     * then.
     */
    joins: z.string().optional(),
    /**
     * The URLs of the KEKs, if Azure Backup could reach all of them when the plan was made: if it can't copy one, that
     * has another reason.
     */
    keksInReach: z.array(z.string()).readonly().optional(),
  })
  .readonly();
export type BackUpPart = z.infer<typeof backUpPart>;

/** What its stages hand over. Times are ISO. */
export const backUpMemo = z
  .object({
    operationId: z.string().optional(),
    requestId: z.string().nullable().optional(),
    /** The attempt that Azure accepted: its job carries this ID. Absent: an older release sent it. */
    attemptId: z.string().optional(),
    jobId: z.string().optional(),
    /** Somebody else started the job. */
    joined: z.boolean().optional(),
    phase: z.enum(['snapshot', 'transfer', 'other']).optional(),
    phaseSince: z.string().optional(),
    cancellable: z.boolean().optional(),
    jobStarted: z.string().nullable().optional(),
    seenAt: z.string().optional(),
    /** How often in a row its operation or job couldn't be found. */
    tries: z.number().optional(),
    /** How long to wait for its recovery point. */
    until: z.string().optional(),
    /** The cancel was sent, or that is in doubt. */
    cancelling: z.boolean().optional(),
    /** Azure refused it. */
    cancelRefused: z.boolean().optional(),
    /** The person who requested the cancel isn't allowed to. */
    cancelBarred: z.boolean().optional(),
    /** The median time of earlier backups of this VM in milliseconds, and how many there were. */
    usualMs: z.number().optional(),
    usualOf: z.number().optional(),
  })
  .readonly();
export type BackUpMemo = z.infer<typeof backUpMemo>;

/** The types of `back-up-now`. */
export type BackUp = { readonly part: BackUpPart; readonly memo: BackUpMemo; readonly waits: typeof backUpWaits };

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
