import type { SystemActor } from './person.ts';

/**
 * A backup that failed, or completed with warnings (`half`): of which item, when it began, and when the next good one
 * of that item began (ISO texts).
 */
export type FailedBackup = {
  readonly item: string;
  readonly vm: string;
  readonly at: string;
  readonly goodAt: string | null;
  readonly half?: true;
};

/**
 * The backups that Kluis saw end. `good`: the quarters of an hour since 1970 in which a good one began. `isCut`: there
 * are older failures that are not among these. `since`: when the oldest backup began that Kluis saw (ISO text; null: it
 * saw none); of earlier nights nothing is known. `silent`: vaults (names) of which what happened since then (ISO text;
 * null: ever) is not known.
 */
export type BackupBook = {
  readonly good: readonly number[];
  readonly failures: readonly FailedBackup[];
  readonly isCut: boolean;
  readonly since: string | null;
  readonly silent: readonly { readonly vault: string; readonly since: string | null }[];
};

/** Who started a job of Azure through Kluis. `glass`: they did so by break-glass, without the approvals it takes. */
export type JobStart = {
  readonly by: { readonly name: string } | SystemActor;
  readonly glass: {
    readonly name: string;
    readonly reason: string;
    readonly review: { readonly name: string } | null;
  } | null;
};

/** What Kluis wrote down itself. */
export type Books = {
  /** Null: nobody started that job here, or that is forgotten. */
  readonly jobStart: (jobId: string) => Promise<JobStart | null>;
  readonly backups: (since: Date) => Promise<BackupBook>;
  /** How many requests wait for approvals, and how many that were started without them wait for a review. */
  readonly waiting: () => Promise<{ readonly approvals: number; readonly reviews: number }>;
};
