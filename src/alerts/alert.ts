/** An alert: one cause of something wrong, and what it affects. Times are ISO texts, by Azure's clock. */
import type { Unread } from '../azure/partial-read.ts';
import type { Locale } from '../core/person.ts';
import { wallTime } from '../message/wall-time.ts';
import { severities, type Severity } from '../core/severity.ts';
import type { FindingToSay } from '../message/words.ts';
import { fitOf, type Match } from '../people/match.ts';

/**
 * What can be wrong other than a failed backup, with its severity. If you add one, add its words too
 * (`sighted.<kind>.…` in `message/wording/sightings.*`) and its fix (`sighted-telling.ts`).
 */
const sightedKinds = {
  'schedule-missed': 'error',
  'job-endless': 'warning',
  'vm-gone': 'warning',
  'protection-stopped': 'warning',
  'soft-deleted': 'critical',
  'backups-deleted': 'critical',
  'soft-delete-off': 'critical',
  'immutability-off': 'critical',
  'guard-off': 'critical',
  'azure-away': 'error',
  'vault-unread': 'error',
  'drill-failed': 'error',
  'drill-left': 'warning',
} as const satisfies Readonly<Record<string, Severity>>;
/** What may have been done on purpose, so that a person can say so and close the alert. */
export const canBeMeant: ReadonlySet<SightedKind> = new Set<SightedKind>([
  ...(['vm-gone', 'protection-stopped', 'soft-deleted', 'backups-deleted'] as const),
  ...(['soft-delete-off', 'immutability-off', 'guard-off'] as const),
]);

/** A kind of problem other than a failed backup. */
export type SightedKind = keyof typeof sightedKinds;

/**
 * Why backups fail: what the checks find now (`finding`; null: nothing; `isClear`: everything could be read, too), and
 * what Azure said about the newest job. `keks`: see `suspectKeks`.
 * `key` is the same for the same cause.
 */
export type FailureCause = {
  readonly kind: 'backup-failed';
  readonly key: string;
  readonly finding: FoundNow | null;
  readonly isClear?: true;
  readonly keks?: readonly string[];
  readonly operation: string;
  readonly codes: readonly string[];
  readonly says: readonly string[];
};

/** `grants`: Kluis can give the access to a key vault that is missing; `recovers`: recover the one that was deleted. */
export type FoundNow = FindingToSay & { readonly grants?: true; readonly recovers?: true };

/** What a VM's own newest failure says of the cause it shares with others. */
type OwnFailure = Pick<FailureCause, 'finding' | 'isClear' | 'keks' | 'codes' | 'says'>;

/** Any other problem. `key` is the same for everything on one card: one kind in one Recovery Services vault. */
export type SightedCause = { readonly kind: SightedKind; readonly key: string };

/** Why an alert is open. */
export type Cause = FailureCause | SightedCause;

/** The severity of a cause. */
export function severityOf({ kind }: Cause): Severity {
  return kind === 'backup-failed' ? 'error' : sightedKinds[kind];
}

/**
 * What an alert is about, with what identifies it and filters it: a VM (by its protected item, if the VM is gone), a
 * Recovery Services vault, a resource group, whose ID is then the `vaultId`, or all of Azure. `key` distinguishes it
 * from everything else its source sees: for failed backups it is the VM's, any other begins with its kind. `tags` null:
 * it isn't in the estate's list (any more).
 */
export type Subject = {
  /** Absent in rows of an earlier version: a VM. */
  readonly of?: 'vm' | 'vault' | 'group' | 'azure';
  readonly key: string;
  readonly name: string;
  /** How to type it: its group and name. */
  readonly calledAs: string;
  readonly vaultId: string;
  readonly vault: string;
  readonly subscription: string;
  readonly resourceGroup: string | null;
  readonly tags: Readonly<Record<string, string>> | null;
};

/**
 * Who did it, according to Azure's activity log. `unread`: the log couldn't be read; `unnamed`: it was read, and names
 * nobody.
 */
export type Doer = { readonly who: string; readonly at: string } | 'unread' | 'unnamed';

/** Why a Recovery Services vault can't be read; `says`: Azure's own words. */
export type WhyUnread = Pick<Unread, 'why' | 'action'> & {
  readonly answer: string | null;
  readonly says: string | null;
};

/**
 * Where the activity log is searched for who did it: events of this resource or of something below it, since it was
 * last seen in order; null: in all of the log.
 */
export type Sought = { readonly of: string; readonly from: string | null };

/**
 * The state of one affected thing. Seen `failures` times in a row since `since`; `end` null: it isn't in order again.
 */
export type Affected = Subject & {
  readonly jobId: string | null;
  readonly activityId: string | null;
  readonly failures: number;
  readonly since: string;
  readonly last: string;
  /** The newest known good recovery point; null: none. */
  readonly lastGood: string | null;
  /** Absent: it isn't a failed backup, or an earlier version stored it. */
  readonly own?: OwnFailure;
  /** What happened, as a sentence in each language; absent: its kind says it all. */
  readonly told?: Readonly<Record<Locale, string>>;
  /** Why it can't be read; absent: it is another problem. */
  readonly unread?: WhyUnread;
  /** Absent: not looked up. */
  readonly doer?: Doer;
  /** Absent: nobody does it, or an earlier version stored it. */
  readonly sought?: Sought;
  /** Why it is over: it is in order again, it fails for another cause, or somebody said it is intended. */
  readonly end: { readonly why: 'good' | 'other-cause' | 'intended'; readonly at: string } | null;
};

/** Who took it on, and when; `by`: who assigned it to them. */
type TakenOn = { readonly id: string; readonly name: string; readonly at: string; readonly by?: string };

/** Somebody to whom an alert can be assigned. */
export type Assignee = { readonly id: string; readonly name: string; readonly platformId: string };

/** One alert. It closes automatically with the last thing it affects. */
export type Alert = {
  readonly id: string;
  readonly cause: Cause;
  readonly affected: readonly Affected[];
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly takenOn: TakenOn | null;
  /** Its thread stays quiet until then; null: it isn't snoozed. */
  readonly snoozedUntil: string | null;
};

/**
 * What a channel subscribes to: anything that matches one of these. One without conditions matches everything;
 * `severity`: at least this bad.
 */
export type Scope = readonly (Match & { readonly severity?: Severity })[];

/** The part of an alert that a channel subscribes to. Tags that couldn't be read count as matching. */
export function affectedIn({ cause, affected }: Pick<Alert, 'cause' | 'affected'>, scope: Scope): readonly Affected[] {
  const rank = severities.indexOf(severityOf(cause));
  const wanted = scope.filter(({ severity }) => !severity || rank <= severities.indexOf(severity));
  return affected.filter((one) => wanted.some((match) => fitOf(match, [targetOf(one)]) !== 'differs'));
}

function targetOf({ of, vault, subscription, resourceGroup, tags }: Subject) {
  if (of === 'azure') return { vault: null, subscription: null, resourceGroup: null, tags: null };
  return { vault, subscription, resourceGroup, tags };
}

/** Whether something is still wrong with it. */
export function isOpen({ end }: Affected): boolean {
  return end === null;
}

/** When a snooze until the morning ends, by the clocks of that zone. */
export const morning = '08:00';

/** The next 08:00 in a zone. */
export function nextMorning(now: Date, timeZone: string): Date {
  const at = (days: number) => wallTime({ time: morning, timeZone, now, days });
  return at(0) > now ? at(0) : at(1);
}

/** Whether nothing new is posted about it now. */
export function isSnoozed({ snoozedUntil }: Alert, now: Date): boolean {
  return snoozedUntil !== null && Date.parse(snoozedUntil) > now.getTime();
}
