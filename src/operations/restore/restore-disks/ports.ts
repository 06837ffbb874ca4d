import {
  type AzureReads,
  type ProtectedItem,
  type RecoveryPoint,
  type RestoreProblems,
  takesDisk,
  type VirtualNetwork,
} from '../../../azure/gateway.ts';
import { sameId, subscriptionOf } from '../../../core/arm-id.ts';
import { isBeyondAde } from '../../../readiness/ade-limits.ts';
import { sameRegion } from '../../../readiness/destinations.ts';
import { locksDisks } from '../../../readiness/lost-keys.ts';
import { pointTiers, restoresOf, restoresWindow } from '../../../readiness/restores/restore-points.ts';
import { isOfService, stagingOf, subscriptionOfRestores } from '../../../readiness/staging.ts';
import { fittingSizes } from '../../../readiness/restores/vm-sizes.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import type { Assessment } from '../../../readiness/findings/assessment.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { guardOf } from '../../dialogs/guard.ts';
import { namedItem, vmOfItem, type ItemInVault } from '../../dialogs/named-item.ts';
import { keyVaultsOf } from '../../ground/targets.ts';
import { backupPorts } from '../../backup/protect/ports.ts';
import type { RestorePart } from '../../parts/restore-part.ts';
import { costOf } from './consequences/cost.ts';
import { ofDay } from './day.ts';
import { readersOf } from './consequences/readers.ts';
import type {
  Consequences,
  Destinations,
  Networks,
  NewVmPlace,
  Restorable,
  RestorePoint,
  RestorePorts,
  Sizes,
  Subnet,
} from './found.ts';
import { keysProblems } from './restore-checks.ts';
import { objectionsTo } from './runner/request.ts';
import { isInVaultAlone } from '../../wording/point-tier.ts';

const maxPoints = 60;

/** The ports of the restore dialog. */
export function restorePorts(estate: Estate): RestorePorts {
  return {
    find: async (asked, day) => {
      const { found, several, unread } = await namedItem(estate, asked, ({ softDeleted }) => (softDeleted ? 1 : 0));
      return { restorable: found && (await told(estate, found, day)), several, unread };
    },
    consequences: (restorable, group) => consequencesOf(estate, restorable, group),
    networks: (restorable, place) => networksOf(estate, restorable, place),
    destinations: (restorable) => destinationsOf(estate, restorable),
    check: (part) => checked(estate, part),
  };
}

/** Azure validates a restore alone, not what becomes of its keys. */
async function checked(estate: Estate, part: RestorePart): Promise<RestoreProblems> {
  if (!estate.restores) return [];
  const [objections, ofKeys] = await Promise.all([objectionsTo(part, estate.restores), keysProblems(estate, part)]);
  return [...objections, ...ofKeys];
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
  const { assessment } = await backupPorts(estate).reading(item.vmId, { vaultId: item.ref.vaultId });
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

async function consequencesOf(estate: Estate, { vm, ref }: Restorable, group: string): Promise<Consequences> {
  const { reads, prices, namesOf } = estate;
  const [readers, item] = await Promise.all([readersOf(reads, group), tried(() => reads.protectedItem(ref))]);
  const { who, allDenials } = readers;
  const [names, cost] = await Promise.all([
    namesOf((who ?? []).map(({ id }) => id)),
    item.ok && item.value ? costOf(reads, prices, { vmId: vm.id, diskChoice: item.value.diskChoice }) : null,
  ]);
  return { who, told: { names, cost, ...(!allDenials && { denialsUnread: true as const }) }, prices };
}

async function destinationsOf(
  { reads }: Estate,
  { vm, ref, region, vaultIdentity }: Restorable,
): Promise<Destinations> {
  const subscription = subscriptionOfRestores(vm.id, ref.vaultId);
  const [groups, accounts] = await Promise.all([
    reads.resourceGroups(subscription),
    reads.storageAccounts(subscription),
  ]);
  const byName = <T extends { readonly name: string }>(all: readonly T[]) =>
    all.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return {
    groups: byName(groups.filter((group) => sameRegion(group.region, region) && !isOfService(group))).map(
      ({ id, name }) => ({ id, name }),
    ),
    accounts: byName(accounts).map((account) => {
      const { id, name } = account;
      return { id, name, ...stagingOf(account, { region, vaultIdentity }) };
    }),
  };
}

/** Subnets that Azure reserves for its own services. */
const reserved = /^(GatewaySubnet|AzureBastionSubnet|AzureFirewall(Management)?Subnet|RouteServerSubnet)$/i;

async function networksOf({ reads }: Estate, restorable: Restorable, place: NewVmPlace): Promise<Networks> {
  const { group, point, uniqueInSubscription } = place;
  const { region } = restorable;
  const subscription = subscriptionOf(`${group}/providers/Microsoft.Compute/virtualMachines/any`);
  const [networks, vms, sizes] = await Promise.all([
    reads.virtualNetworks(subscription),
    reads.vmEntries(subscription),
    sizesOf(reads, { restorable, subscription, point }),
  ]);
  const here = networks.filter((network) => sameRegion(network.region, region));
  const subnets = (await Promise.all(here.map((network) => subnetsOf(reads, network)))).flat();
  const groupName = group.split('/').pop()?.toLowerCase();
  return {
    sizes,
    subnets: subnets.toSorted((a, b) => `${a.network}/${a.name}`.localeCompare(`${b.network}/${b.name}`, 'en')),
    taken: vms
      .filter((vm) => uniqueInSubscription || vm.resourceGroup.toLowerCase() === groupName)
      .map(({ name }) => name.toLowerCase()),
  };
}

/** Those that a VM can be in, each with its free addresses if Azure gives them. */
async function subnetsOf(
  reads: Pick<AzureReads, 'subnetAddresses'>,
  network: VirtualNetwork,
): Promise<readonly Subnet[]> {
  const read = await tried(() => reads.subnetAddresses(network.id));
  const freeIn = (id: string) => {
    const told = read.ok ? read.value.filter(({ subnetId }) => sameId(subnetId, id)) : [];
    // More than one answer for a subnet hasn't been recorded.
    const [only] = told.length === 1 ? told : [];
    return only ? Math.max(0, only.limit - only.used) : null;
  };
  return network.subnets
    .filter(({ name }) => !reserved.test(name))
    .map(({ id, name, prefix }) => ({ id, name, prefix, network: network.name, free: freeIn(id) }));
}

const maxSizes = 60;

type NewVm = {
  readonly restorable: Restorable;
  readonly subscription: string;
  readonly point: RestorePoint | null;
};

/** If the VM still exists, its current disks are counted. */
async function sizesOf(
  reads: Pick<AzureReads, 'vm' | 'vmSizes' | 'coreQuotas'>,
  { restorable: { vm, region }, subscription, point }: NewVm,
): Promise<Sizes | null> {
  const [all, now, used] = await Promise.all([
    tried(() => reads.vmSizes(subscription, region)),
    tried(() => reads.vm(vm.id)),
    tried(() => reads.coreQuotas(subscription, region)),
  ]);
  if (!all.ok) return null;
  const was = point?.size ?? null;
  const dataDisks = now.ok && now.value ? now.value.disks.filter(({ role }) => role === 'data').length : null;
  const quotas = used.ok ? used.value : null;
  const need = { was, dataDisks, encrypted: point?.encrypted !== false, quotas, zones: point?.zones ?? [] };
  const { sizes, ...rest } = fittingSizes(all.value, need);
  return { was, ...rest, others: sizes.slice(0, maxSizes), more: Math.max(0, sizes.length - maxSizes) };
}
