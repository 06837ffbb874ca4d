/**
 * A look at a Recovery Services vault: what is wrong or in order about it, and what is recorded for the next look.
 * Pure. What could not be read is null or absent here and gives no sighting: an unread list neither opens nor closes an
 * alert.
 */
import type { JobFacts, PolicyFacts, ProtectedItem, VaultFacts } from '../../azure/gateway.ts';
import { keyOfId, parseArmId } from '../../core/arm-id.ts';
import { ownOf } from '../../core/own-of.ts';
import { kindOfItem } from '../../readiness/protection.ts';
import type { Subject } from '../alert.ts';
import type { Sighting } from '../fold.ts';
import { isEndless, isRunning } from './endless.ts';
import { inOrder, lapsed, wrong, type Noted, type NotedItem } from './noted.ts';
import { seenProtections } from './protections.ts';
import { missedRuns } from './schedules.ts';
import { seenSettings } from './settings.ts';

/**
 * What the vault's jobs say about one item: when its newest backup began or ended, and how long its longest one took.
 */
export type Book = { readonly newest: Date | null; readonly longestMs: number | null };

/** What was read. `now` is by Azure's clock. */
export type Look = {
  readonly now: Date;
  /** When the vault and its items were read, or a little earlier. */
  readonly readAt: { readonly vault: Date; readonly items: Date };
  readonly vault: VaultFacts;
  readonly items: readonly ProtectedItem[] | null;
  readonly policies: readonly PolicyFacts[] | null;
  /** By `containerKey`. */
  readonly books: ReadonlyMap<string, Book>;
  /** The running jobs; if one couldn't be read again, its container is in `unsure`. */
  readonly running: readonly JobFacts[];
  readonly unsure: ReadonlySet<string>;
  /** How far all jobs of the vault have been read; null: they haven't been. */
  readonly until: Date | null;
  /** Whether an item's VM is gone, by the item's ID in lower case; absent: unknown. */
  readonly gone: ReadonlyMap<string, boolean>;
  /** When Kluis itself recently stopped the backups of VMs, by their IDs in lower case. */
  readonly stoppedHere: ReadonlyMap<string, Date>;
  readonly tagsOf: (vmKey: string) => Readonly<Record<string, string>> | null;
};

/** Checks all of it. */
export function lookOver(
  look: Look,
  noted: Noted | null,
): { readonly seen: readonly Sighting[]; readonly noted: Noted } {
  const { items } = look;
  const { seen: ofVault, ...settings } = seenSettings(look, noted);
  if (items === null) return { seen: ofVault, noted: { ...noted, ...settings, items: noted?.items ?? {} } };
  const next = items.map((item) => [keyOfId(item.id), notedItem(look, item, noted)] as const);
  const seen = [
    ...ofVault,
    ...seenProtections(items, noted, look),
    ...items.flatMap((item, at) => seenOfItem(look, item, next[at]?.[1] as NotedItem)),
  ];
  return { seen, noted: { ...settings, items: Object.fromEntries(next), itemsAt: look.readAt.items.toISOString() } };
}

/** The name of a container without the prefix that Azure writes or leaves out. */
export function containerKey(container: string): string {
  return container.toLowerCase().replace(/^iaasvmcontainer;/, '');
}

function notedItem(look: Look, item: ProtectedItem, noted: Noted | null): NotedItem {
  const before = noted ? (ownOf(noted.items, keyOfId(item.id)) ?? null) : null;
  const state = kindOfItem(item);
  const schedule = look.policies === null ? (before?.schedule ?? null) : scheduleOf(policyOf(look, item));
  const goes = before !== null && before.state === state && before.schedule === schedule;
  const isGone = state === 'protected' ? look.gone.get(keyOfId(item.vmId)) : false;
  const gone = isGone === undefined ? (before?.gone ?? null) : isGone ? (before?.gone ?? look.now.toISOString()) : null;
  return { subject: subjectOf(look, item), state, schedule, since: goes ? before.since : look.now.toISOString(), gone };
}

function policyOf({ policies }: Look, { policyId }: ProtectedItem): PolicyFacts | null {
  return policies?.find(({ id }) => policyId !== null && keyOfId(id) === keyOfId(policyId)) ?? null;
}

function scheduleOf(policy: PolicyFacts | null): string | null {
  return policy && JSON.stringify([keyOfId(policy.id), policy.timeZone, policy.schedule]);
}

function subjectOf({ vault, tagsOf }: Look, { vmId, friendlyName }: ProtectedItem): Subject {
  const key = keyOfId(vmId);
  const group = parseArmId(vmId)?.resourceGroup ?? null;
  return {
    of: 'vm',
    key,
    name: friendlyName,
    calledAs: group === null ? friendlyName : `${group}/${friendlyName}`,
    vaultId: vault.id,
    vault: vault.name,
    subscription: vault.subscription,
    resourceGroup: group,
    tags: tagsOf(key),
  };
}

function seenOfItem(look: Look, item: ProtectedItem, noted: NotedItem): Sighting[] {
  return [...seenSchedule(look, item, noted), ...seenVm(look, item, noted), ...seenJobs(look, item, noted)];
}

function seenSchedule(look: Look, item: ProtectedItem, { subject, state, since }: NotedItem): Sighting[] {
  if (state !== 'protected') return [lapsed('schedule-missed', subject, look.now)];
  const policy = policyOf(look, item);
  const { until } = look;
  if (policy === null || until === null) return [];
  const newest = newestOf(look, item);
  const missed = missedRuns({ policy, newest, since: new Date(since), until });
  if (missed === null) return [];
  if (missed.length === 0) return [inOrder('schedule-missed', subject, newest ?? look.now)];
  const lastGood = item.lastRecoveryPoint?.toISOString() ?? null;
  return missed.map((run) => ({ ...wrong('schedule-missed', subject, run), lastGood }));
}

/** The newest sign of a backup: from the jobs, and from what Azure stores with the item. */
function newestOf(
  { books, running, now }: Look,
  { ref, lastBackupTime, lastRecoveryPoint }: ProtectedItem,
): Date | null {
  const key = containerKey(ref.container);
  const runs = running.some((job) => isRunning(job) && containerKey(job.containerName ?? '') === key);
  const times = [books.get(key)?.newest, lastBackupTime, lastRecoveryPoint, runs ? now : null];
  const known = times.flatMap((time) => time?.getTime() ?? []);
  return known.length > 0 ? new Date(Math.max(...known)) : null;
}

function seenVm({ now, gone }: Look, { vmId }: ProtectedItem, noted: NotedItem): Sighting[] {
  const { subject, state } = noted;
  if (state !== 'protected') return [lapsed('vm-gone', subject, now)];
  const isGone = gone.get(keyOfId(vmId));
  if (isGone === undefined) return [];
  if (!isGone) return [inOrder('vm-gone', subject, now)];
  return [{ ...wrong('vm-gone', subject, noted.gone ?? now), sought: { of: vmId, from: null } }];
}

function seenJobs(look: Look, { ref }: ProtectedItem, { subject }: NotedItem): Sighting[] {
  const key = containerKey(ref.container);
  if (look.until === null || look.unsure.has(key)) return [];
  const longestMs = look.books.get(key)?.longestMs ?? null;
  const mine = look.running.filter(({ containerName }) => containerKey(containerName ?? '') === key);
  const endless = mine.find((job) => isEndless(job, longestMs, look.now));
  if (!endless?.startTime) return [inOrder('job-endless', subject, look.now)];
  const { name, activityId } = endless;
  return [{ ...wrong('job-endless', subject, endless.startTime), jobId: name, activityId }];
}
