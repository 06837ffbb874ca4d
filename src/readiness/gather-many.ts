/**
 * Reads many VMs at once, by list where Azure has one: disks per subscription, protected items, policies and jobs per
 * vault, each key vault once. What exists only one by one and can wait until a VM is looked at alone is left out: single
 * keys and secrets, locks on the VM, backupStatus. Per VM that leaves the VM itself and, where it is not protected,
 * Azure's own answer for one vault.
 */
import type { AzureReads, BackupStatus, DiskFacts, ProtectedItem, VaultFacts, VmFacts } from '../azure/gateway.ts';
import { keyOfId, sameId } from '../core/arm-id.ts';
import { isDefault, sameRegion } from './destinations.ts';
import { encryptionOf } from './encryption.ts';
import type { VmAsk } from './gather.ts';
import { gatherKeyVault } from './gather-key-vault.ts';
import { gatherProtection } from './gather-vaults.ts';
import { classicReading, gatherBackupGroup, gatherSubscription, isClassic } from './gather-subscription.ts';
import type { SubscriptionReading } from './gather-subscription.ts';
import { keyVaultUses } from './key-use.ts';
import { createReader } from './reader.ts';
import type { GatherAsk, Reader } from './reader.ts';
import type { DiskReading, Read, VaultReading, VmReading, VmSurroundings } from './reading.ts';

/** Reads the VMs, in their order. As `gather`, it keeps faults and throws only over errors of the product itself. */
export async function gatherMany(
  azure: AzureReads,
  ask: GatherAsk & { readonly vms: readonly VmAsk[] },
): Promise<readonly VmReading[]> {
  const reader = createReader(azure, ask);
  return Promise.all(ask.vms.map((vm) => gatherListed(reader, vm)));
}

type VaultItems = { readonly vault: VaultFacts; readonly items: Read<readonly ProtectedItem[]> };
type Lists = Pick<SubscriptionReading, 'vaults'> & { readonly items: readonly VaultItems[] };

async function gatherListed(reader: Reader, { vmId, subscription }: VmAsk): Promise<VmReading> {
  const { azure, once, now } = reader;
  if (isClassic(vmId)) return classicReading({ vmId, subscription }, now);
  const vm = once(`vm ${keyOfId(vmId)}`, () => azure.vm(vmId));
  const disks = once(`disks ${subscription.toLowerCase()}`, () => azure.disks(subscription));
  const shared = gatherSubscription(reader, subscription);
  const lists = shared.then(async ({ vaults }) => ({ vaults, items: await gatherItems(reader, vaults) }));
  const known = vm.then((read) => (read.ok ? read.value : null));
  const around = Promise.all([
    known.then(async (facts) => facts && gatherKeys(reader, facts, await disks)),
    known.then(async (facts) => facts && gatherPlaces(reader, facts, await lists)),
    known.then(async (facts) => facts && gatherBackupGroup(reader, facts)),
  ]).then(
    ([keys, places, backupGroup]) => keys && places && backupGroup && joined(reader, { keys, places, backupGroup }),
  );
  const read = await Promise.all([vm, shared, around, disks, lists]);
  const vmLocks = { ok: true, value: [] } as const;
  return { vmId, subscription, readAt: now, vm: read[0], ...read[1], vmLocks, around: read[2], byList: true };
}

function gatherItems({ once, azure }: Reader, vaults: SubscriptionReading['vaults']): Promise<readonly VaultItems[]> {
  const read = (vault: VaultFacts) => once(`items ${keyOfId(vault.id)}`, () => azure.protectedItems(vault.id));
  return Promise.all((vaults.ok ? vaults.value : []).map(async (vault) => ({ vault, items: await read(vault) })));
}

type Keys = Pick<VmSurroundings, 'disks' | 'keyVaults'> & { readonly settled: boolean };

async function gatherKeys(reader: Reader, vm: VmFacts, list: Read<readonly DiskFacts[]>): Promise<Keys> {
  const disks = disksOf(vm, list);
  const uses = keyVaultUses(encryptionOf(vm, disks));
  const asked = { region: vm.region, late: false, objects: false };
  const keyVaults = await Promise.all(uses.map((use) => gatherKeyVault(reader, { use, ...asked })));
  return { disks, keyVaults, settled: keyVaults.every(({ grant }) => grant === null) };
}

type Parts = { keys: Keys; places: Places; backupGroup: VmSurroundings['backupGroup'] };

// The recovery points prove that a right is there which seems to be missing; where none is, nobody needs the proof.
async function joined(reader: Reader, { keys, places, backupGroup }: Parts): Promise<VmSurroundings> {
  const { settled, ...read } = keys;
  const { item, ...where } = places;
  const protection = item && (await gatherProtection(reader, item.ref, !settled));
  return { ...read, ...where, protection, backupGroup };
}

function disksOf(vm: VmFacts, list: Read<readonly DiskFacts[]>): readonly DiskReading[] {
  return vm.disks.flatMap(({ id }): readonly DiskReading[] => {
    if (id === null) return [];
    if (!list.ok) return [{ id, disk: list }];
    return [{ id, disk: { ok: true, value: list.value.find((disk) => sameId(disk.id, id)) ?? null } }];
  });
}

type Places = Pick<VmSurroundings, 'status' | 'vaultReadings'> & { readonly item: ProtectedItem | null };

async function gatherPlaces(reader: Reader, vm: VmFacts, lists: Lists): Promise<Places> {
  const status = statusOf(vm, lists);
  const holder = lists.items.find(({ items }) => itemIn(items, vm) !== null);
  if (holder) {
    const item = itemIn(holder.items, vm);
    const vault = await vaultOf(reader, { vm, vault: holder.vault, item: { ok: true, value: item }, validate: false });
    return { status, vaultReadings: [vault], item };
  }
  const near = lists.items.filter(({ vault }) => sameRegion(vault.region, vm.region));
  const first = near.find(({ vault }) => isDefault(vault, reader.rules)) ?? near[0];
  const vaultReadings = near.map(({ vault, items }) => {
    const item = items.ok ? ({ ok: true, value: null } as const) : items;
    return vaultOf(reader, { vm, vault, item, validate: vault === first?.vault });
  });
  return { status, vaultReadings: await Promise.all(vaultReadings), item: null };
}

function itemIn(items: Read<readonly ProtectedItem[]>, vm: VmFacts): ProtectedItem | null {
  return items.ok ? (items.value.find((item) => sameId(item.vmId, vm.id)) ?? null) : null;
}

// The items of all vaults say what backupStatus would, but for vaults that the bot cannot see; there pre-validation says
// "already protected". Where a list could not be read, it is not known.
function statusOf(vm: VmFacts, { vaults, items }: Lists): Read<BackupStatus> {
  const none = { vaultId: null, container: null, item: null, policyName: null };
  if (!vaults.ok) return vaults;
  const held = items.some((one) => itemIn(one.items, vm) !== null);
  const unread = items.find((one) => !one.items.ok)?.items;
  if (!held && unread && !unread.ok) return unread;
  return { ok: true, value: { status: held ? 'Protected' : 'NotProtected', ...none } };
}

type Place = { vm: VmFacts; vault: VaultFacts; item: VaultReading['item']; validate: boolean };

async function vaultOf({ once, azure }: Reader, { vm, vault, item, validate }: Place): Promise<VaultReading> {
  const id = keyOfId(vault.id);
  const [policies, permissions, preValidation] = await Promise.all([
    once(`policies ${id}`, () => azure.policies(vault.id)),
    once(`permissions ${id}`, () => azure.permissions(vault.id)),
    validate ? once(`validate ${keyOfId(vm.id)} ${id}`, () => azure.preValidate(vm, vault.id)) : null,
  ]);
  return { vaultId: vault.id, item, policies, permissions, preValidation };
}
