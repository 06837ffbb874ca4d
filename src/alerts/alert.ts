/** An alert: one cause for which backups fail, with the VMs that it stops. Times are ISO texts, by Azure's clock. */
import type { FindingToSay } from '../message/words.ts';
import { fitOf, type Match } from '../people/match.ts';

/**
 * Why backups fail: what the checks say now (`finding`; null: nothing), and what Azure said of the newest job.
 * `key` is the same for the same cause.
 */
export type Cause = {
  readonly key: string;
  readonly finding: FindingToSay | null;
  readonly operation: string;
  readonly codes: readonly string[];
  readonly says: readonly string[];
};

/** A VM as it is told apart and narrowed down by. `tags` null: it is not in the list of the estate (any more). */
export type SeenVm = {
  readonly key: string;
  readonly name: string;
  /** How it can be typed: its group and name. */
  readonly calledAs: string;
  readonly vaultId: string;
  readonly vault: string;
  readonly subscription: string;
  readonly resourceGroup: string | null;
  readonly tags: Readonly<Record<string, string>> | null;
};

/** A VM of an alert. `failures` in a row, since `since`; `end` null: it has no good backup since. */
export type AlertVm = SeenVm & {
  readonly jobId: string;
  readonly activityId: string | null;
  readonly failures: number;
  readonly since: string;
  readonly last: string;
  /** The newest good recovery point that is known; null: none is. */
  readonly lastGood: string | null;
  /** Why it is no longer stopped by this: it has a good backup, or fails for another cause. */
  readonly end: { readonly why: 'good' | 'other-cause'; readonly at: string } | null;
};

/** Who took it on, and when. */
type TakenOn = { readonly id: string; readonly name: string; readonly at: string };

/** One alert. It closes by itself with the last of its VMs. */
export type Alert = {
  readonly id: string;
  readonly cause: Cause;
  readonly vms: readonly AlertVm[];
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly takenOn: TakenOn | null;
  /** Nothing new is said in its thread until then; null: it is not snoozed. */
  readonly snoozedUntil: string | null;
};

/** What a place hears of: VMs that fit one of these. One that asks for nothing fits all. */
export type Scope = readonly Match[];

/** The VMs of an alert that a place hears of. Tags that could not be read may be the ones that it means. */
export function vmsIn({ vms }: Pick<Alert, 'vms'>, scope: Scope): readonly AlertVm[] {
  return vms.filter((vm) => scope.some((match) => fitOf(match, targetOf(vm)) !== 'differs'));
}

function targetOf({ vault, subscription, resourceGroup, tags }: SeenVm) {
  return { vault, subscription, resourceGroup, tags };
}

/** Whether a VM is still stopped. */
export function isStopped({ end }: AlertVm): boolean {
  return end === null;
}
