/**
 * Reads many VMs at once, by list where Azure has one: disks and locks per subscription, protected items, policies and
 * jobs per vault, keys and secrets per key vault. That leaves for each VM the VM itself, and either its recovery points
 * or Azure's own answer for one vault. The result is assessed like the reading of one VM, and is the same.
 */
import {
  type AzureReads,
  type BackupStatus,
  type DiskFacts,
  itemRefOf,
  type ListedVm,
  type ProtectedItem,
  type VaultFacts,
  type VmFacts,
} from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import { unhurried } from '../../core/unhurried.ts';
import { sameRegion } from '../destinations.ts';
import { encryptionOf } from '../encryption.ts';
import type { VmAsk } from './gather.ts';
import { objectsByList, type ObjectReads } from './gather-key-objects.ts';
import { gatherKeyVault } from './gather-key-vault.ts';
import { firstVault, gatherNear, gatherProtection, gatherVault, gatherVaults } from './gather-vaults.ts';
import { classicReading, gatherSubscription, isClassic, type SubscriptionReading } from './gather-subscription.ts';
import { isKeyAccessCode } from '../key-access-code.ts';
import { keyVaultUses, type KeyVaultUse } from '../key-use.ts';
import { createReader, type GatherAsk, type Reader } from './reader.ts';
import { indexOf } from './index-of.ts';
import type { DiskReading, Read, VaultReading, VmReading, VmSurroundings } from '../reading.ts';

/** Reads the VMs, in their order. Like `gather`, it keeps faults and throws only for errors of the product itself. */
export async function gatherMany(
  azure: AzureReads,
  ask: GatherAsk & { readonly vms: readonly VmAsk[] },
): Promise<readonly VmReading[]> {
  return eachReading(createReader(azure, ask), ask.vms, (reading) => reading);
}

/** A subscription's VMs and disks as they were listed, protected or not. */
export type ListedSubscription = {
  readonly subscription: string;
  readonly vms: Read<readonly ListedVm[]>;
  readonly disks: Read<readonly DiskFacts[]>;
};

type EstateAsk = GatherAsk & { readonly vms: readonly VmAsk[]; readonly subscriptions: readonly string[] };

/**
 * Reads thousands of VMs, and lists all of these subscriptions, in as many calls as the lists have pages and a handful
 * for each vault and key vault. Recovery points are left out: what they prove is read by `gatherProof`. So is what
 * Azure itself says about a VM that no list has. `judge` gets the readings in the order of the VMs; only what it makes
 * of them is kept, since a reading is many times as large.
 */
export async function gatherEstate<T>(
  azure: AzureReads,
  ask: EstateAsk,
  judge: (reading: VmReading, index: number) => T,
): Promise<{ readonly judged: readonly T[]; readonly listed: readonly ListedSubscription[] }> {
  const reader = createReader(azure, { ...ask, byList: true });
  const list = async (subscription: string): Promise<ListedSubscription> => {
    const [vms, disks] = await Promise.all([readVms(reader, subscription), readDisks(reader, { subscription })]);
    return { subscription, vms, disks };
  };
  const [judged, listed] = await Promise.all([
    eachReading(reader, ask.vms, judge),
    Promise.all(ask.subscriptions.map(list)),
  ]);
  return { judged, listed };
}

/** How many VMs are read at a time. */
const perGroup = 500;

async function inGroups<T>(vms: readonly VmAsk[], read: (group: readonly VmAsk[]) => Promise<readonly T[]>) {
  const all: T[] = [];
  for (let from = 0; from < vms.length; from += perGroup) {
    for (const one of await read(vms.slice(from, from + perGroup))) all.push(one);
  }
  return all;
}

function eachReading<T>(
  reader: Reader,
  vms: readonly VmAsk[],
  judge: (reading: VmReading, index: number) => T,
): Promise<T[]> {
  const inUse = secretsInUse(reader, vms);
  const objects = objectsByList(reader, async (id) => (await inUse).get(keyOfId(id))?.size ?? 0);
  const shared = { objects, listsOf: listsBySubscription(reader) };
  let index = 0;
  return inGroups(vms, async (group) => {
    const readings = await Promise.all(group.map((vm) => gatherListed(reader, vm, shared)));
    return unhurried(readings, (reading) => judge(reading, index++));
  });
}

/** The secrets that all these VMs use, by key vault: they decide whether a list is worth its pages. */
async function secretsInUse(reader: Reader, vms: readonly VmAsk[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>();
  const note = ({ id, secrets }: KeyVaultUse) => {
    const known = found.get(keyOfId(id)) ?? new Set();
    for (const { name } of secrets) known.add(name);
    found.set(keyOfId(id), known);
  };
  await inGroups(vms, (group) =>
    Promise.all(
      group.map(async (ask) => {
        const [vm, disks] = await Promise.all([readVm(reader, ask), readDisks(reader, ask)]);
        if (vm.ok && vm.value) usesOf(vm.value, disksOf(vm.value, disks)).forEach(note);
      }),
    ),
  );
  return found;
}

type VaultItems = { readonly vault: VaultFacts; readonly items: Read<readonly ProtectedItem[]> };

/** What the vaults of a subscription hold. `holderOf`: the one that backs a VM up. */
type Lists = Pick<SubscriptionReading, 'vaults'> & {
  readonly items: readonly VaultItems[];
  readonly holderOf: (vm: VmFacts) => VaultItems | undefined;
};

type Shared = { readonly objects: ObjectReads; readonly listsOf: (subscription: string) => Promise<Lists> };

async function gatherListed(reader: Reader, ask: VmAsk, { objects, listsOf }: Shared): Promise<VmReading> {
  const { vmId, subscription } = ask;
  const { now } = reader;
  if (isClassic(vmId)) return classicReading({ vmId, subscription }, now);
  const vm = readVm(reader, ask);
  const disks = readDisks(reader, ask);
  const shared = gatherSubscription(reader, subscription);
  const lists = listsOf(subscription);
  const known = vm.then((read) => (read.ok ? read.value : null));
  const around = Promise.all([
    known.then(async (facts) => facts && gatherKeys(reader, { vm: facts, list: await disks, objects })),
    known.then(
      async (facts) =>
        facts &&
        gatherPlaces(reader, {
          vm: facts,
          disks: disks.then((list) => disksOf(facts, list)),
          lists: await lists,
        }),
    ),
  ]).then(([keys, places]) => keys && places && { ...keys, ...places });
  const read = await Promise.all([vm, shared, around, lists]);
  return { vmId, subscription, readAt: now, vm: read[0], ...read[1], around: read[2] };
}

async function readVm(reader: Reader, { vmId, subscription }: VmAsk): Promise<Read<VmFacts | null>> {
  if (isClassic(vmId)) return { ok: true, value: null };
  if (reader.byList) {
    const list = await readVms(reader, subscription);
    if (!list.ok) return list;
    const listed = vmListed(list.value, keyOfId(vmId));
    if (listed?.isWhole) return { ok: true, value: listed.vm };
  }
  // If the list says nothing about it, it is read itself before anything is said.
  return reader.once(`vm ${keyOfId(vmId)}`, () => reader.azure.vm(vmId));
}

function readVms({ once, azure }: Reader, subscription: string): Promise<Read<readonly ListedVm[]>> {
  return once(`vms ${subscription.toLowerCase()}`, () => azure.vms(subscription));
}

const vmListed = indexOf<ListedVm>(({ vm }) => keyOfId(vm.id));

function readDisks(
  { once, azure }: Reader,
  { subscription }: Pick<VmAsk, 'subscription'>,
): Promise<Read<readonly DiskFacts[]>> {
  return once(`disks ${subscription.toLowerCase()}`, () => azure.disks(subscription));
}

function listsBySubscription(reader: Reader): Shared['listsOf'] {
  const { once, azure } = reader;
  const itemsOf = (vault: VaultFacts) => once(`items ${keyOfId(vault.id)}`, () => azure.protectedItems(vault.id));
  const read = async (subscription: string): Promise<Lists> => {
    const { vaults } = await gatherSubscription(reader, subscription);
    const all = vaults.ok ? vaults.value : [];
    const items = await Promise.all(all.map(async (vault) => ({ vault, items: await itemsOf(vault) })));
    return { vaults, items, holderOf: holderIn(items) };
  };
  const known = new Map<string, Promise<Lists>>();
  return (subscription) => {
    const lists = known.get(subscription) ?? read(subscription);
    known.set(subscription, lists);
    return lists;
  };
}

/** The first of the vaults in which the VM's item is live; hundreds of vaults aren't searched for each VM. */
function holderIn(all: readonly VaultItems[]): Lists['holderOf'] {
  const byKey = new Map<string, Set<number>>();
  const note = (key: string, at: number) => byKey.set(key, (byKey.get(key) ?? new Set()).add(at));
  for (const [at, { items }] of all.entries())
    for (const { vmId, ref } of items.ok ? items.value : []) {
      note(keyOfId(vmId), at);
      note(ref.item.toLowerCase(), at);
    }
  return (vm) => {
    const name = itemRefOf(vm.id, '').item.toLowerCase();
    const places = new Set([...(byKey.get(keyOfId(vm.id)) ?? []), ...(byKey.get(name) ?? [])]);
    const candidates = [...places].sort((a, b) => a - b).flatMap((at) => all[at] ?? []);
    return candidates.find(({ vault, items }) => isLive(itemIn(items, vm, vault)));
  };
}

type KeysAsk = { vm: VmFacts; list: Read<readonly DiskFacts[]>; objects: ObjectReads };

async function gatherKeys(
  reader: Reader,
  { vm, list, objects }: KeysAsk,
): Promise<Pick<VmSurroundings, 'disks' | 'keyVaults'>> {
  const disks = disksOf(vm, list);
  const asked = { region: vm.region, late: false, objects };
  const keyVaults = await Promise.all(usesOf(vm, disks).map((use) => gatherKeyVault(reader, { use, ...asked })));
  return { disks, keyVaults };
}

function usesOf(vm: VmFacts, disks: readonly DiskReading[]): readonly KeyVaultUse[] {
  return keyVaultUses(encryptionOf(vm, disks));
}

/** A VM's disks from a list. */
export function disksOf(vm: VmFacts, list: Read<readonly DiskFacts[]>): readonly DiskReading[] {
  return vm.disks.flatMap(({ id }): readonly DiskReading[] => {
    if (id === null) return [];
    if (!list.ok) return [{ id, disk: list }];
    return [{ id, disk: { ok: true, value: diskOf(list.value, keyOfId(id)) } }];
  });
}

type Places = Pick<VmSurroundings, 'status' | 'vaultReadings' | 'protection'>;

/**
 * The items of all vaults say what backupStatus would. If the list of a vault that may protect the VM couldn't be read,
 * if Azure isn't asked for any vault, or if it refuses a VM that no list has (it may be protected in somebody else's
 * vault), backupStatus is read; among hundreds it stays unread instead.
 */
async function gatherPlaces(reader: Reader, { vm, disks, lists }: PlacesAsk): Promise<Places> {
  const holder = lists.holderOf(vm);
  if (holder) return gatherHeld(reader, vm, holder);
  const near = lists.items.filter(({ vault }) => sameRegion(vault.region, vm.region));
  const unread = [lists.vaults, ...near.map(({ items }) => items)].find(({ ok }) => !ok);
  if (unread && !reader.byList) return gatherAlone(reader, { vm, disks, lists });
  const item = async (vault: VaultFacts): Promise<VaultReading['item']> => {
    const items = near.find((one) => one.vault === vault)?.items;
    if (items && !items.ok) return items;
    return { ok: true, value: items ? itemIn(items, vm, vault) : null };
  };
  const ask = { vm, near: near.map(({ vault }) => vault), disks, vaultId: null, item };
  const [places, unasked] = await Promise.all([
    gatherNear(reader, ask),
    !reader.byList && firstVault(ask.near, null, reader.rules) === null ? statusOf(reader, vm) : null,
  ]);
  if (unread && !unread.ok) return { status: unread, ...places };
  if (places.vaultReadings.some(isRefused)) return gatherAlone(reader, { vm, disks, lists });
  if (unasked && !(unasked.ok && unasked.value.vaultId === null)) return gatherAlone(reader, { vm, disks, lists });
  return { status: unasked ?? { ok: true, value: { status: 'NotProtected', ...nowhere } }, ...places };
}

type PlacesAsk = { vm: VmFacts; disks: Promise<readonly DiskReading[]>; lists: Lists };

async function gatherHeld(reader: Reader, vm: VmFacts, { vault, items }: VaultItems): Promise<Places> {
  const held = itemIn(items, vm, vault);
  const item = Promise.resolve({ ok: true, value: held } as const);
  const ref = itemRefOf(vm.id, vault.id);
  const [reading, protection] = await Promise.all([
    gatherVault(reader, { vm, ref, item, validate: false }),
    held && gatherProtection(reader, held.ref, !reader.byList),
  ]);
  const status: BackupStatus = { status: 'Protected', ...nowhere, vaultId: vault.id };
  return { status: { ok: true, value: status }, vaultReadings: [reading], protection };
}

async function gatherAlone(reader: Reader, { vm, disks, lists: { vaults } }: PlacesAsk): Promise<Places> {
  const status = await statusOf(reader, vm);
  return { status, ...(await gatherVaults(reader, { vm, status, vaults, disks, vaultId: null })) };
}

function statusOf({ once, azure }: Reader, { id, region }: VmFacts): Promise<Read<BackupStatus>> {
  return once(`status ${keyOfId(id)}`, () => azure.backupStatus({ id, region }));
}

const nowhere = { vaultId: null, container: null, item: null, policyName: null };

// An item's name consists of the group's and the VM's name, so an item with this name takes the VM's place even if it
// is an earlier VM's. A moved VM keeps the item of its old group, which then knows it only by its ID.
function itemIn(items: Read<readonly ProtectedItem[]>, vm: VmFacts, vault: VaultFacts): ProtectedItem | null {
  if (!items.ok) return null;
  const name = itemRefOf(vm.id, vault.id).item.toLowerCase();
  return itemOfVm(items.value, keyOfId(vm.id)) ?? itemNamed(items.value, name);
}

const diskOf = indexOf<DiskFacts>(({ id }) => keyOfId(id));
const itemOfVm = indexOf<ProtectedItem>(({ vmId }) => keyOfId(vmId));
const itemNamed = indexOf<ProtectedItem>(({ ref }) => ref.item.toLowerCase());

function isLive(item: ProtectedItem | null): boolean {
  return item !== null && item.softDeleted === null;
}

function isRefused({ preValidation }: VaultReading): boolean {
  return preValidation?.ok === true && !preValidation.value.ok && !isKeyAccessCode(preValidation.value.code);
}
