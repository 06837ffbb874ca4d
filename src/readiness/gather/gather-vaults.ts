/** Reads where the VM is protected, or the Recovery Services vaults that could protect it. */
import { type BackupStatus, type ItemRef, itemRefOf, type VaultFacts, type VmFacts } from '../../azure/gateway.ts';
import { keyOfId, sameId } from '../../core/arm-id.ts';
import { attemptsFrom } from '../attempts.ts';
import type { ChosenDisks } from '../chosen-disks.ts';
import { isDefault, sameRegion, takes } from '../destinations.ts';
import { encryptionOf } from '../encryption.ts';
import { policyNeeds } from '../policy-needs.ts';
import type { Reader } from './reader.ts';
import type { DiskReading, ProtectionReading, Read, VaultReading } from '../reading.ts';

/**
 * What was read about the VM so far. `disks` is still being read; `vaultId` and `chosen`: the vault and the disks that
 * somebody chose.
 */
type VaultsAsk = {
  readonly vm: VmFacts;
  readonly status: Read<BackupStatus>;
  readonly vaults: Read<readonly VaultFacts[]>;
  readonly disks: Promise<readonly DiskReading[]>;
  readonly vaultId: string | null;
  readonly chosen?: ChosenDisks | null;
};

/**
 * The vault that knows the VM, otherwise those in its region as far as they matter; and, if an item was found, its
 * points and jobs.
 */
export async function gatherVaults(reader: Reader, ask: VaultsAsk) {
  const { vm, status } = ask;
  const known = status.ok && status.value.vaultId !== null ? status.value : null;
  const item = (vault: VaultFacts) => itemOf(reader, itemRefOf(vm.id, vault.id));
  if (known?.vaultId) {
    const ref = refOf(known, vm, known.vaultId);
    const [vault, protection] = await Promise.all([
      gatherVault(reader, { vm, ref, item: itemOf(reader, ref), validate: false }),
      gatherProtection(reader, ref, true),
    ]);
    if (!isSoftDeleted(vault)) return { vaultReadings: [vault], protection };
    // Only its own vault refuses a VM whose backups were deleted there: the others may protect it.
    const others = await gatherNear(reader, {
      ...ask,
      near: nearOf(ask).filter(({ id }) => !sameId(id, ref.vaultId)),
      item,
    });
    return { vaultReadings: [vault, ...others.vaultReadings], protection: others.protection ?? protection };
  }
  return gatherNear(reader, { ...ask, near: nearOf(ask), item });
}

function nearOf({ vm, vaults }: VaultsAsk): readonly VaultFacts[] {
  return (vaults.ok ? vaults.value : []).filter((vault) => sameRegion(vault.region, vm.region));
}

/** The vaults in the VM's region, and how the VM's item in one of them is read. */
type NearAsk = Pick<VaultsAsk, 'vm' | 'disks' | 'vaultId' | 'chosen'> & {
  readonly near: readonly VaultFacts[];
  readonly item: (vault: VaultFacts) => Promise<VaultReading['item']>;
};

/**
 * The chosen or preselected vault; for the others only whether they have an item of this VM: Azure counts calls per
 * subscription, and pre-validation is a POST. If the preselected vault can't protect the VM, the others are read as
 * well.
 */
export async function gatherNear(reader: Reader, ask: NearAsk) {
  const { vm, near, item } = ask;
  const askOf = (vault: VaultFacts, validate: boolean): VaultAsk => {
    return { vm, ref: itemRefOf(vm.id, vault.id), item: item(vault), validate: validate && !reader.byList };
  };
  const first = firstVault(near, ask.vaultId, reader.rules);
  const others = near.filter((vault) => vault !== first);
  const [one, items] = await Promise.all([
    first ? gatherVault(reader, askOf(first, true)) : null,
    Promise.all(others.map(item)),
  ]);
  const instead =
    one !== null && ask.vaultId === null && (isSoftDeleted(one) || !takes(one, traitsOf(ask, await ask.disks)));
  // backupStatus may say nothing about a soft-deleted item, or be unreadable: the item's own location is still known.
  const more = others.filter((_, index) => instead || holds(items[index]));
  const rest = await Promise.all(more.map((vault) => gatherVault(reader, askOf(vault, instead))));
  const vaultReadings = one ? [one, ...rest] : rest;
  const ref = vaultReadings.flatMap((vault) => (vault.item.ok && vault.item.value ? [vault.item.value.ref] : []))[0];
  return { vaultReadings, protection: ref ? await gatherProtection(reader, ref, !reader.byList) : null };
}

/** The vault to read: the chosen one, otherwise the only one, otherwise the only default; null if there is none. */
export function firstVault(
  near: readonly VaultFacts[],
  chosen: string | null,
  rules: Reader['rules'],
): VaultFacts | null {
  if (chosen !== null) return near.find((vault) => sameId(vault.id, chosen)) ?? null;
  const defaults = near.length === 1 ? near : near.filter((vault) => isDefault(vault, rules));
  return defaults.length === 1 ? (defaults[0] ?? null) : null;
}

function traitsOf({ vm, chosen }: NearAsk, disks: readonly DiskReading[]) {
  return policyNeeds({ vm, encryption: encryptionOf(vm, disks), chosen });
}

function isSoftDeleted({ item }: VaultReading): boolean {
  return item.ok && item.value !== null && item.value.softDeleted !== null;
}

function holds(item: VaultReading['item'] | undefined): boolean {
  return item?.ok === true && item.value !== null;
}

function refOf(status: BackupStatus, vm: VmFacts, vaultId: string): ItemRef {
  const made = itemRefOf(vm.id, vaultId);
  return { vaultId, container: status.container ?? made.container, item: status.item ?? made.item };
}

function itemOf({ once, azure }: Reader, ref: ItemRef): Promise<VaultReading['item']> {
  const key = `item ${keyOfId(ref.vaultId)} ${ref.container} ${ref.item}`.toLowerCase();
  return once(key, () => azure.protectedItem(ref));
}

/**
 * A vault, and the VM's item in it while it is being read. `validate`: Azure is asked whether it would protect the VM.
 */
type VaultAsk = { vm: VmFacts; ref: ItemRef; item: Promise<VaultReading['item']>; validate: boolean };

/** Reads one vault for a VM. */
export async function gatherVault(reader: Reader, ask: VaultAsk): Promise<VaultReading> {
  const { once, azure } = reader;
  const { vm, ref, validate } = ask;
  const { vaultId } = ref;
  const vault = keyOfId(vaultId);
  const [item, policies, permissions, preValidation] = await Promise.all([
    ask.item,
    once(`policies ${vault}`, () => azure.policies(vaultId)),
    once(`permissions ${vault}`, () => azure.permissions(vaultId)),
    validate ? once(`validate ${keyOfId(vm.id)} ${vault}`, () => azure.preValidate(vm, vaultId)) : null,
  ]);
  return { vaultId, item, policies, permissions, preValidation };
}

const day = 24 * 3_600_000;

/** Reads the jobs of an item's vault and, if wanted, its recovery points. */
export async function gatherProtection(
  { once, azure, now }: Reader,
  ref: ItemRef,
  withPoints: boolean,
): Promise<ProtectionReading> {
  // A first backup can run for days, so running jobs are searched further back than today.
  const weekAgo = new Date(now.getTime() - 7 * day);
  const to = new Date(now.getTime() + 60_000);
  const vault = keyOfId(ref.vaultId);
  const [points, running, today] = await Promise.all([
    withPoints
      ? once(`points ${vault} ${ref.container} ${ref.item}`.toLowerCase(), () => azure.recoveryPoints(ref))
      : null,
    once(`running ${vault}`, () => azure.jobs(ref.vaultId, { from: weekAgo, to, status: 'InProgress' })),
    once(`today ${vault}`, () => azure.jobs(ref.vaultId, { from: attemptsFrom(now), to, operation: 'Backup' })),
  ]);
  return { points, running, today };
}
