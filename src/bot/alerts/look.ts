/**
 * The look worker: what is wrong with a Recovery Services vault other than failed backups. For each look at a vault it
 * reads two lists, in addition to what the inventory and the watcher have read anyway; it reads single VMs and jobs
 * only if those leave a doubt.
 */
import { containerKey, lookOver, type Book, type Look } from '../../alerts/looks/look.ts';
import { AzureFault } from '../../azure/faults.ts';
import type { JobFacts, ProtectedItem, VaultFacts, VmEntry } from '../../azure/gateway.ts';
import { keyOfId, parseArmId } from '../../core/arm-id.ts';
import { loggable } from '../../core/log.ts';
import type { Worker } from '../../jobs/wake.ts';
import { kindOfItem } from '../../readiness/protection.ts';
import { inventoryLine } from '../../store/inventory.ts';
import { claimLook, containerBooks, noteLook, runningJobs, vmsStoppedHere } from '../../store/vault-looks.ts';
import { keepJobs, lastPolls } from '../../store/vault-polls.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { unlisted } from '../estate/inventory.ts';
import { entriesOf } from './entries-of.ts';
import { storedJob } from './stored-job.ts';
import { nameDoers } from './name-doers.ts';
import { isWatched } from './places.ts';
import { takeSightings } from './take-in.ts';

/** Eight days contain a run of every schedule. */
const bookDays = 9;
/** For how long a stop of protection by Kluis itself is expected. */
const expectedDays = 3;
/** The list of a vault's jobs covers two days; the row of an older job may be outdated. */
const listedMs = 2 * 86_400_000;
/** How many VMs and jobs one look reads individually. */
const maxAsked = 100;

/** Makes the worker of the `look` queue. Its IDs are vault IDs. */
export function lookWorker(deps: Deps): Worker {
  return async (vaultId) => {
    const { db } = deps.database;
    if (!(await isWatched(deps, db))) return;
    const listed = await inventoryLine(db, 'vault', keyOfId(vaultId));
    const claim = listed && (await claimLook(db, vaultId, deps.waits.vaultLook));
    if (!claim) return;
    const look = await readLook(deps, { vault: listed.body as VaultFacts, at: listed.at }, vaultId);
    const after = lookOver(look, claim.noted);
    const seen = await nameDoers(deps, look, after.seen);
    await inTransaction(deps, async (unit) => {
      if (await noteLook(unit.q, vaultId, { ...claim, noted: after.noted })) await takeSightings({ deps, unit }, seen);
    });
  };
}

/** A Recovery Services vault, and when Azure listed it so. */
type Listed = { readonly vault: VaultFacts; readonly at: Date };

async function readLook(deps: Deps, { vault, at }: Listed, vaultId: string): Promise<Look> {
  const { db } = deps.database;
  const skew = deps.azure.clockSkew() ?? 0;
  const began = deps.clock.now();
  const inAzure = (at: Date) => new Date(at.getTime() + skew);
  const polled = (await lastPolls(db)).find((poll) => poll.vault === vaultId);
  const running = await runningNow(deps, vaultId);
  const rows = await containerBooks(db, vaultId, bookDays);
  const [items, policies] = await Promise.all([
    readOrNull(deps, deps.azure.reads.protectedItems(vault.id)),
    readOrNull(deps, deps.azure.reads.policies(vault.id)),
  ]);
  const entries = await entriesOf(
    db,
    (items ?? []).map(({ vmId }) => keyOfId(vmId)),
  );
  return {
    now: inAzure(deps.clock.now()),
    readAt: { vault: inAzure(at), items: inAzure(began) },
    vault,
    items,
    policies,
    books: new Map(rows.map(({ container, ...book }): [string, Book] => [container, book])),
    ...running,
    until: polled ? inAzure(polled.at) : null,
    gone: items ? await goneVms(deps, items, entries) : new Map(),
    stoppedHere: new Map([...(await vmsStoppedHere(db, expectedDays))].map(([vm, at]) => [vm, inAzure(at)])),
    tagsOf: (key) => entries.get(key)?.tags ?? null,
  };
}

/** What Azure doesn't return now is unknown. If it refuses permanently, the log says so at each look. */
async function readOrNull<T>(deps: Deps, read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    deps.log.warn({ ...loggable(error) }, 'a part of a vault could not be looked at');
    return null;
  }
}

async function runningNow(deps: Deps, vaultId: string): Promise<Pick<Look, 'running' | 'unsure'>> {
  const jobs = (await runningJobs(deps.database.db, vaultId)).map(storedJob);
  const fresh = deps.clock.now().getTime() + (deps.azure.clockSkew() ?? 0) - listedMs;
  const [old, listed] = [jobs.filter(isBefore(fresh)), jobs.filter((job) => !isBefore(fresh)(job))];
  const unsure = new Set(old.slice(maxAsked).map(containerOf));
  const read = await Promise.all(
    old.slice(0, maxAsked).map(async (job) => {
      try {
        return (await deps.azure.reads.job(vaultId, job.name)) ?? [];
      } catch (error) {
        if (!(error instanceof AzureFault)) throw error;
        unsure.add(containerOf(job));
        return [];
      }
    }),
  );
  await keepRead(deps, vaultId, read.flat());
  return { running: [...listed, ...read.flat()], unsure };
}

/** No list will show any more that one of these ended: it is stored from here, and not read again. */
async function keepRead(deps: Deps, vaultId: string, jobs: readonly JobFacts[]): Promise<void> {
  if (jobs.length === 0) return;
  await inTransaction(deps, async (unit) => {
    const changed = await keepJobs(unit.q, vaultId, jobs);
    if (changed.size > 0) unit.wake({ to: 'alert', id: vaultId });
  });
}

function isBefore(time: number): (job: JobFacts) => boolean {
  return ({ startTime }) => (startTime?.getTime() ?? 0) < time;
}

function containerOf({ containerName }: JobFacts): string {
  return containerKey(containerName ?? '');
}

/**
 * Which VMs no longer exist. One in the list of the estate does. Any other is read individually, since the list may be
 * older than the VM; if its subscription isn't listed, or Azure answers 403, it is unknown.
 */
async function goneVms(
  deps: Deps,
  items: readonly ProtectedItem[],
  entries: ReadonlyMap<string, VmEntry>,
): Promise<ReadonlyMap<string, boolean>> {
  const unread = new Set((await unlisted(deps)).map(({ subscription }) => subscription.toLowerCase()));
  const listed = new Set(deps.azure.subscriptions.map((id) => id.toLowerCase()).filter((id) => !unread.has(id)));
  const gone = new Map<string, boolean>();
  const doubtful: string[] = [];
  for (const item of items.filter((one) => kindOfItem(one) === 'protected')) {
    const id = parseArmId(item.vmId);
    if (entries.has(keyOfId(item.vmId))) gone.set(keyOfId(item.vmId), false);
    else if (id && listed.has(id.subscription.toLowerCase()) && /^Microsoft\.Compute$/i.test(id.provider))
      doubtful.push(item.vmId);
  }
  const asked = doubtful.slice(0, maxAsked);
  const found = await Promise.all(
    asked.map((id) =>
      readOrNull(
        deps,
        deps.azure.reads.vm(id).then((vm) => ({ vm })),
      ),
    ),
  );
  asked.forEach((id, at) => {
    const answer = found[at];
    if (answer) gone.set(keyOfId(id), answer.vm === null);
  });
  return gone;
}
