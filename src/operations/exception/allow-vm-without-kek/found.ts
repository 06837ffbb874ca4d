/** What `/backup exception` finds about a VM, and what it asks. */
import type { Unread } from '../../../azure/partial-read.ts';
import type { PlannedVm } from '../../ground/part.ts';

/**
 * `stands`: the rule refuses it; an exception is in effect, until when and by whom; or nothing is refused for lack of a
 * KEK, as far as could be read. `vm` null: no single VM is meant. `earlier`: one that is for an earlier VM of its name.
 */
export type Found = {
  readonly vm: PlannedVm | null;
  readonly stands: 'refused' | 'excepted' | 'not-refused';
  readonly holds: Exception | null;
  readonly earlier?: Exception;
  /** What Azure calls the VM's `vmId`; absent: unknown. */
  readonly guid?: string;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
  /** When it was read; the days count from then. */
  readonly at: string;
};

type Exception = { readonly until: string; readonly by: string };

/** What the dialog reads. */
export type ExceptionPorts = { readonly find: (asked: string) => Promise<Found> };

/** What the dialog knows. */
export type ExceptionKnown = {
  readonly args: readonly string[];
  readonly found: Found;
  readonly reason: string;
  readonly until: string;
  readonly go: string;
  readonly [step: string]: unknown;
};
