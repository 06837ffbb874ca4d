/** What a restore finds of a VM: its backups with their points, the state of its keys, and who could read its disks. */
import { type ProtectedItem, type RecoveryPoint, takesDisk } from '../../../azure/gateway.ts';
import { isBeyondAde } from '../../../readiness/ade-limits.ts';
import { locksDisks } from '../../../readiness/lost-keys.ts';
import { pointTiers, restoresOf, restoresWindow } from '../../../readiness/restores/restore-points.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import type { Assessment } from '../../../readiness/findings/assessment.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { guardOf } from '../../dialogs/guard.ts';
import { namedItem, vmOfItem, type ItemInVault } from '../../dialogs/named-item.ts';
import { keyVaultsOf } from '../../ground/targets.ts';
import { readVm } from '../../backup/protect/read-vm.ts';
import { costOf } from './consequences/cost.ts';
import { ofDay } from './day.ts';
import { readersOf } from './consequences/readers.ts';
import type { Consequences, FoundForRestore, Restorable, RestorePoint } from './found.ts';
import { isInVaultAlone } from '../../wording/point-tier.ts';

const maxPoints = 60;

/** Finds the backups that are meant. `day`: the one whose points are requested; null: the newest. */
export async function findRestorable(estate: Estate, asked: string, day: string | null): Promise<FoundForRestore> {
  const { found, several, unread } = await namedItem(estate, asked, ({ softDeleted }) => (softDeleted ? 1 : 0));
  return { restorable: found && (await told(estate, found, day)), several, unread };
}

async function told(estate: Estate, { vault, item }: ItemInVault, day: string | null): Promise<Restorable> {
  const [named, points, today, guard, keys] = await Promise.all([
    vmOfItem(estate, item),
    pointsOf(estate, item),
    restoresToday(estate, item),
    guardOf(estate, vault, 'restore'),
    keysOf(estate, { vault, item }),
  ]);
  const newest = ofDay(points, day).toSorted((a, b) => b.time.getTime() - a.time.getTime());
  const listed = listedOf(newest.map(pointOf));
  return {
    ...named,
    ...keys,
    ref: item.ref,
    vaultName: vault.name,
    region: vault.region,
    deleted: item.softDeleted !== null,
    hoursLeft: item.softDeleted?.remainingHours ?? null,
    points: listed,
    more: points.length - listed.length,
    day,
    today,
    ...guard,
    mayRestore: estate.restores !== null,
    vaultIdentity: vault.systemIdentity,
  };
}

/**
 * Whether Azure lists the points of deleted backups isn't recorded anywhere; if it doesn't, they are undeleted first.
 */
async function pointsOf({ reads }: Estate, { ref, softDeleted }: ProtectedItem): Promise<readonly RecoveryPoint[]> {
  if (!softDeleted) return reads.recoveryPoints(ref);
  const read = await tried(() => reads.recoveryPoints(ref));
  return read.ok ? read.value : [];
}

/** The newest points, and with them the newest that is only in the vault, however many snapshots are newer. */
function listedOf(newest: readonly RestorePoint[]): readonly RestorePoint[] {
  const listed = newest.slice(0, maxPoints);
  const isVaults = (point: RestorePoint) => point.blocked === null && isInVaultAlone(point);
  if (listed.some(isVaults)) return listed;
  return [...listed, ...newest.slice(maxPoints).filter(isVaults).slice(0, 1)];
}

function pointOf(point: RecoveryPoint): RestorePoint {
  const { name, time, consistency, encrypted, size, disks, privateAccess, zones, softDeleted } = point;
  const { rehydrated, ...tiers } = pointTiers(point);
  return {
    ...{ name, time: time.toISOString(), consistency, encrypted, size, disks, ...tiers },
    ...(rehydrated && { rehydrated }),
    ...(softDeleted && { softDeleted }),
    ...(privateAccess === true && { privateAccess }),
    ...(zones.length > 0 && { zones }),
  };
}

/** How many of the restores that Azure allows within 24 hours were made. */
async function restoresToday({ reads, azureNow }: Estate, { ref }: ProtectedItem): Promise<number | null> {
  const jobs = await tried(() => reads.jobs(ref.vaultId, restoresWindow(azureNow())));
  return jobs.ok ? restoresOf(jobs.value, ref) : null;
}

type Keys = Pick<
  Restorable,
  'keys' | 'keyVaults' | 'deletedKeyVaults' | 'keysSince' | 'ade' | 'beyondAde' | 'entraApp' | 'customerKey'
>;

/** The state of the disks' keys, which unlock a restored disk. For a VM that is gone nothing is known. */
async function keysOf(estate: Estate, { vault, item }: ItemInVault): Promise<Keys> {
  const { assessment } = await readVm(estate, item.vmId, { vaultId: item.ref.vaultId });
  const wrong = assessment.findings.filter(locksDisks);
  // A Recovery Services vault only has VMs of its own region.
  const region = assessment.vm.region ?? vault.region;
  const deleted = assessment.keyVaults.filter(({ state }) => state === 'deleted');
  return {
    keyVaults: keyVaultsOf(assessment),
    keysSince: await keysSince(estate, assessment),
    ade: adeOf(assessment),
    beyondAde: beyondAdeOf(assessment),
    ...(assessment.encryption.entraApp && { entraApp: true }),
    ...(assessment.encryption.kind === 'cmk' && { customerKey: true }),
    keys: wrong.map(({ code, params }) => ({ code, params })),
    deletedKeyVaults: deleted.map(({ id, name }) => ({ id, name, region })),
  };
}

function adeOf({ encryption: { kind }, findings }: Assessment): Restorable['ade'] {
  if (findings.some(({ code }) => code === 'vm.missing')) return 'gone';
  if (kind === 'ade-kek' || kind === 'ade-bek') return 'yes';
  return kind === 'unknown' || kind === 'confidential' ? 'unknown' : 'no';
}

/** The push itself measures the restored disks; this is what can be said before. */
function beyondAdeOf(assessment: Assessment): Restorable['beyondAde'] {
  const { encryption, protection } = assessment;
  const ade = adeOf(assessment);
  if (ade === 'no') return null;
  if (ade !== 'yes') return 'unknown';
  const taken = encryption.disks.filter(({ lun }) => takesDisk(protection.diskChoice, lun));
  const sum = { disks: taken.length, gib: taken.reduce((all, { sizeGiB }) => all + (sizeGiB ?? 0), 0) };
  if (isBeyondAde(sum)) return sum;
  return taken.some(({ sizeGiB }) => sizeGiB === null) ? 'unknown' : null;
}

/** By the versions that the VM's disks use now; the control plane returns none of their values. */
async function keysSince({ reads }: Estate, { findings, keyVaults }: Assessment): Promise<string | null> {
  const used = findings.filter(({ code }) => /^(kek-version\.(enabled|expire)|secret\.(present|expire))/.test(code));
  const found = await Promise.all(
    used.map(async ({ params: { keyVault, key, version, secret } }) => {
      const id = keyVaults.find(({ name }) => name === keyVault)?.id;
      if (id === undefined) return null;
      const read = await tried(() =>
        secret === undefined ? reads.keyVersion(id, String(key), String(version)) : reads.secret(id, String(secret)),
      );
      return read.ok ? (read.value?.created ?? null) : null;
    }),
  );
  const times = found.flatMap((created) => created?.getTime() ?? []);
  return times.length > 0 ? new Date(Math.max(...times)).toISOString() : null;
}

/** Who could read what is restored into a group, and what else the people who decide are told. */
export async function readConsequences(estate: Estate, { vm, ref }: Restorable, group: string): Promise<Consequences> {
  const { reads, prices, namesOf } = estate;
  const [readers, item] = await Promise.all([readersOf(reads, group), tried(() => reads.protectedItem(ref))]);
  const { who, allDenials } = readers;
  const [names, cost] = await Promise.all([
    namesOf((who ?? []).map(({ id }) => id)),
    item.ok && item.value ? costOf(reads, prices, { vmId: vm.id, diskChoice: item.value.diskChoice }) : null,
  ]);
  return { who, told: { names, cost, ...(!allDenials && { denialsUnread: true as const }) }, prices };
}
