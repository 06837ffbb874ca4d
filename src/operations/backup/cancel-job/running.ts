/** What `/backup cancel` finds running. */
import type { Unread } from '../../../azure/partial-read.ts';
import type { PlannedVm } from '../../ground/part.ts';

/**
 * A running job as the dialog needs it. `vm.id` is the VM's resource ID as the job names it, whether or not the VM
 * still exists; `calledAs` distinguishes it from another VM of the same name. `startedBy` is the person whose operation
 * started the job.
 */
export type RunningJob = {
  readonly jobId: string;
  readonly vaultId: string;
  readonly vaultName: string;
  readonly vm: PlannedVm;
  readonly calledAs: string;
  readonly since: string | null;
  readonly cancellable: boolean;
  readonly startedBy: string | null;
};

/** A running job in a list; `vm` is group and name. */
export type RunningRow = Pick<RunningJob, 'jobId' | 'vaultName' | 'since'> & { readonly vm: string };

/**
 * What matches the words: one job, or the VMs, as group and name, that each have a running one; and what wasn't read.
 * `rows`: everything that is running, if no words were given.
 */
export type Running = {
  readonly found: RunningJob | null;
  readonly several: readonly string[];
  readonly rows?: readonly RunningRow[];
  readonly unread: readonly Unread[];
};

/** What the dialog reads; null requests everything that is running. */
export type CancelPorts = { readonly running: (asked: string | null) => Promise<Running> };
