/**
 * The alert worker: processes a vault's finished backups. Why a VM fails is read from Azure first, outside any
 * transaction; then one transaction marks the jobs as reported and changes the alerts, so a crash neither repeats nor
 * loses anything.
 */
import { setImmediate } from 'node:timers/promises';
import { causeOfJob } from '../../alerts/cause.ts';
import { fold, newsOf, type AlertChange, type Sighting } from '../../alerts/fold.ts';
import { isOpen, type FailureCause, type Subject } from '../../alerts/alert.ts';
import type { JobFacts, VmEntry } from '../../azure/gateway.ts';
import { AzureFault } from '../../azure/faults.ts';
import { groupAndName, vmIdOfJob, vmKeyOfJob } from '../../azure/job-vm.ts';
import { keyOfId, parseArmId, subscriptionOf } from '../../core/arm-id.ts';
import { loggable } from '../../core/log.ts';
import type { Worker } from '../../jobs/wake.ts';
import {
  newestBackups,
  lockUntold,
  meantToBe,
  noteTold,
  openAlerts,
  saveAlert,
  untoldJobs,
  type StoredAlert,
} from '../../store/alerts.ts';
import { rowOf } from '../../views/jobs/job-row.ts';
import { lastGoodAt } from '../../views/jobs/last-good.ts';
import { asConfigured, whysNow, type WhyNow } from '../../views/jobs/why-now.ts';
import { inTransaction, type Deps, type Within } from '../deps.ts';
import { readinessNow } from '../estate/estate.ts';
import { entriesOf, type Entries } from './entries-of.ts';
import { alertPlaces, isWatched, type AlertPlace } from './places.ts';
import { postAlert, redrawAlert } from './show-alert.ts';
import { storedJob } from './stored-job.ts';

/** How many jobs are processed at a time, and for how many VMs the cause is read. */
const [maxJobs, maxLooked] = [5_000, 1_000];
/** How many causes are determined before yielding to other work. */
const perTurn = 100;
/** Backups run at least weekly: an older failure with nothing after it is from a VM that is no longer backed up. */
const newsMs = 8 * 86_400_000;

/**
 * What is known about the failed VMs, by their keys: what blocks a backup now; and the causes of the failed jobs, by
 * their IDs.
 */
type Known = {
  readonly whys: Whys;
  readonly causes: ReadonlyMap<string, FailureCause>;
};
type Whys = ReadonlyMap<string, Pick<WhyNow, 'finding' | 'isClear' | 'lastPoint' | 'keks'>>;

/** Makes the worker of the `alert` queue. Its IDs are vault IDs. */
export function alertWorker(deps: Deps): Worker {
  return async (vaultId) => {
    if (!(await isWatched(deps, deps.database.db))) return;
    const read = await untoldJobs(deps.database.db, vaultId, maxJobs);
    if (read.length === 0) return;
    const known = await knownOf(deps, decisive(read));
    await inTransaction(deps, async (unit) => {
      // Only these: why one that ended meanwhile failed hasn't been read yet.
      const jobs = await lockUntold(unit.q, idsOf(read));
      await foldJobs({ deps, unit }, { vaultId, jobs: decisive(jobs) }, known);
      await noteTold(unit.q, idsOf(jobs));
      if (read.length === maxJobs) unit.wake({ to: 'alert', id: vaultId });
    });
  };
}

function idsOf(jobs: readonly { readonly id: string }[]): string[] {
  return jobs.map(({ id }) => id);
}

/**
 * The jobs that say whether a VM is backed up. One that completed with warnings doesn't: its snapshot was taken, but
 * not all of the backup was made, so it neither opens an alert nor closes one.
 */
function decisive(rows: readonly { readonly body: unknown }[]): readonly JobFacts[] {
  return rows.map(({ body }) => storedJob(body)).filter(({ status }) => !/^CompletedWithWarnings$/i.test(status));
}

async function knownOf(deps: Deps, jobs: readonly JobFacts[]): Promise<Known> {
  const entries = await entriesOf(deps.database.db, jobs.map(vmKeyOfJob));
  const whys = await whysOf(deps, jobs, [...entries.values()]);
  const causes = new Map<string, FailureCause>();
  for (const job of jobs.filter(isFailed)) {
    causes.set(job.id, causeOf(job, vmOfJob(job, entries), whys));
    if (causes.size % perTurn === 0) await setImmediate();
  }
  return { whys, causes };
}

/** Reads the VMs whose newest backup failed. If Azure doesn't answer, what it said about the job has to be enough. */
async function whysOf(deps: Deps, jobs: readonly JobFacts[], listed: readonly VmEntry[]): Promise<Whys> {
  const newest = new Map(jobs.map((job) => [vmKeyOfJob(job), job]));
  const failed = new Set([...newest].flatMap(([key, job]) => (isFailed(job) ? [key] : [])));
  const looked = listed.filter(({ id }) => failed.has(keyOfId(id)));
  const now = new Date(deps.clock.now().getTime() + (deps.azure.clockSkew() ?? 0));
  const readiness = await readinessNow(deps);
  try {
    const whys = await whysNow(looked, { reads: deps.azure.reads, readiness, azureNow: () => now }, maxLooked);
    const has = { grants: deps.azure.grants !== null, restores: deps.azure.restores !== null };
    return new Map([...whys].map(([key, why]) => [key, asConfigured(why, has)]));
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    deps.log.warn({ ...loggable(error) }, 'the causes of failed backups could not be read');
    return new Map();
  }
}

type OfVault = { readonly vaultId: string; readonly jobs: readonly JobFacts[] };

async function foldJobs(within: Within, { vaultId, jobs }: OfVault, known: Known): Promise<void> {
  const { unit } = within;
  const stored = await openAlerts(unit.q, 'toMove');
  const containers = jobs.filter(isFailed).flatMap(({ containerName }) => containerName?.toLowerCase() ?? []);
  const newest = await newestBackups(unit.q, vaultId, [...new Set(containers)]);
  const entries = await entriesOf(unit.q, jobs.map(vmKeyOfJob));
  const seen = news(within, jobs, stored).map((job) => backupOf(job, { ...known, entries }, newest));
  await foldIn(within, stored, seen.filter(isNewest(stored)));
}

/**
 * A job that Azure lists late says nothing about a VM that has failed since, nor that it is failing if it was backed up
 * since.
 */
function isNewest(stored: readonly StoredAlert[]): (seen: Sighting) => boolean {
  const open = stored.flatMap(({ alert }) => alert.affected.filter(isOpen));
  const last = new Map(open.map((one) => [one.key, one.last]));
  return ({ subject, at, cause, lastGood }) =>
    at >= (last.get(subject.key) ?? '') && (cause === null || at >= (lastGood ?? ''));
}

/**
 * Takes in what a source other than the jobs found, oldest first, and posts it to its subscribers. Runs inside the
 * transaction in which the source records its progress; what the open alerts already know changes nothing.
 */
export async function takeSightings(within: Within, seen: readonly Sighting[]): Promise<void> {
  const news = (stored: readonly StoredAlert[]) =>
    newsOf(
      stored.map(({ alert }) => alert),
      seen,
    );
  // Nearly every look finds nothing new: then nobody else has to wait for the lock.
  if ((await notMeant(within, news(await openAlerts(within.unit.q)))).length === 0) return;
  const stored = await openAlerts(within.unit.q, 'toMove');
  await foldIn(within, stored, await notMeant(within, news(stored)));
}

/** Those that nobody has marked as intended, for as long as they have stayed that way. */
async function notMeant({ unit }: Within, seen: readonly Sighting[]): Promise<readonly Sighting[]> {
  const keys = seen.flatMap(({ cause }) => cause?.key ?? []);
  const meant = keys.length === 0 ? [] : await meantToBe(unit.q, keys);
  return seen.filter(
    ({ subject, at, cause }) => cause === null || !meant.some(({ key, last }) => key === subject.key && at <= last),
  );
}

async function foldIn(within: Within, stored: readonly StoredAlert[], seen: readonly Sighting[]): Promise<void> {
  const open = stored.map(({ alert }) => alert);
  const changes = fold(open, seen, within.deps.newId);
  if (changes.length === 0) return;
  const places = await alertPlaces(within);
  for (const change of changes) await tell(within, change, { stored, places });
}

/** All backups of a VM, unless its last failure is old and in no alert. */
function news({ deps }: Within, jobs: readonly JobFacts[], stored: readonly StoredAlert[]): JobFacts[] {
  const inAlert = new Set(stored.flatMap(({ alert }) => alert.affected.map(({ key }) => key)));
  const newest = new Map(jobs.map((job) => [vmKeyOfJob(job), job]));
  const since = deps.clock.now().getTime() - newsMs;
  return jobs.filter((job) => {
    const last = newest.get(vmKeyOfJob(job)) as JobFacts;
    return inAlert.has(vmKeyOfJob(job)) || timeOf(last).getTime() >= since;
  });
}

type Telling = { readonly stored: readonly StoredAlert[]; readonly places: readonly AlertPlace[] };

async function tell(within: Within, change: AlertChange, { stored, places }: Telling): Promise<void> {
  const before = stored.find(({ alert }) => alert.id === change.alert.id);
  const shown: StoredAlert = { alert: change.alert, copies: before?.copies ?? [] };
  await redrawAlert(within, shown, change);
  const posted = change.alert.closedAt === null ? await postAlert(within, shown, places) : shown;
  await saveAlert(within.unit.q, posted);
}

/** If no job of a good backup is known any more, the newest recovery point says when it was. */
type Newest = Awaited<ReturnType<typeof newestBackups>>;

function backupOf(job: JobFacts, known: Known & { entries: Entries }, newest: Newest): Sighting {
  const { entries, whys, causes } = known;
  const subject = vmOfJob(job, entries);
  const cause = isFailed(job) ? (causes.get(job.id) ?? causeOf(job, subject, whys)) : null;
  const { good, warned } = newest.get(job.containerName?.toLowerCase() ?? '') ?? { good: null, warned: null };
  const point = whys.get(subject.key)?.lastPoint;
  // Unless its recovery points were read now, the beginning of its newest good job stands for the point.
  const lastGood = (point ? lastGoodAt({ point: new Date(point), good, warned }) : good)?.toISOString() ?? null;
  return { subject, at: timeOf(job).toISOString(), jobId: job.name, activityId: job.activityId, cause, lastGood };
}

function causeOf(job: JobFacts, { key, name, resourceGroup, vault }: Subject, whys: Whys): FailureCause {
  const names = [name, resourceGroup ?? '', vault].filter(Boolean);
  const why = whys.get(key);
  const cause = causeOfJob(rowOf(job, vault), why?.finding ?? null, names);
  return { ...cause, ...(why?.isClear && { isClear: true }), ...(why?.keks && { keks: why.keks }) };
}

function vmOfJob(job: JobFacts, entries: Entries): Subject {
  const key = vmKeyOfJob(job);
  return {
    key,
    name: job.vmName,
    calledAs: groupAndName(job),
    vaultId: job.vaultId,
    vault: parseArmId(job.vaultId)?.name ?? job.vaultId,
    subscription: subscriptionOf(job.vaultId) ?? '',
    resourceGroup: parseArmId(vmIdOfJob(job) ?? '')?.resourceGroup ?? null,
    tags: entries.get(key)?.tags ?? null,
  };
}

function timeOf({ startTime, endTime }: JobFacts): Date {
  return endTime ?? startTime ?? new Date(0);
}

function isFailed({ status }: JobFacts): boolean {
  return /^Failed$/i.test(status);
}
