/** Reads where the VM is protected, or the Recovery Services vaults that could take it. */
import type { BackupStatus, ItemRef, VaultFacts, VmFacts } from '../azure/gateway.ts';
import { itemRefOf } from '../azure/gateway.ts';
import { keyOfId } from '../core/arm-id.ts';
import { sameRegion } from './destinations.ts';
import type { Reader } from './reader.ts';
import type { ProtectionReading, Read, VaultReading } from './reading.ts';

/** What was read of the VM so far. */
export type VaultsAsk = {
  readonly vm: VmFacts;
  readonly status: Read<BackupStatus>;
  readonly vaults: Read<readonly VaultFacts[]>;
};

/** The vault that knows the VM, else all vaults of its region; and, where an item was found, its points and jobs. */
export async function gatherVaults(reader: Reader, ask: VaultsAsk) {
  const { vm, status } = ask;
  const known = status.ok && status.value.vaultId !== null ? status.value : null;
  if (known?.vaultId) {
    const ref = refOf(known, vm, known.vaultId);
    const [vault, protection] = await Promise.all([
      gatherVault(reader, { vm, ref, validate: false }),
      gatherProtection(reader, ref, true),
    ]);
    return { vaultReadings: [vault], protection };
  }
  const near = (ask.vaults.ok ? ask.vaults.value : []).filter((vault) => sameRegion(vault.region, vm.region));
  const vaultReadings = await Promise.all(
    near.map((vault) => gatherVault(reader, { vm, ref: itemRefOf(vm.id, vault.id), validate: true })),
  );
  // backupStatus may be silent on a soft-deleted item, or not readable: the item's own place is known all the same.
  const holder = vaultReadings.find(({ item }) => item.ok && item.value !== null);
  const ref = holder?.item.ok ? (holder.item.value?.ref ?? null) : null;
  return { vaultReadings, protection: ref ? await gatherProtection(reader, ref, true) : null };
}

function refOf(status: BackupStatus, vm: VmFacts, vaultId: string): ItemRef {
  const made = itemRefOf(vm.id, vaultId);
  return { vaultId, container: status.container ?? made.container, item: status.item ?? made.item };
}

type VaultAsk = { vm: VmFacts; ref: ItemRef; validate: boolean };

async function gatherVault({ once, azure }: Reader, { vm, ref, validate }: VaultAsk): Promise<VaultReading> {
  const { vaultId } = ref;
  const vault = keyOfId(vaultId);
  const [item, policies, permissions, preValidation] = await Promise.all([
    once(`item ${vault} ${ref.container} ${ref.item}`.toLowerCase(), () => azure.protectedItem(ref)),
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
  // A run that was planned for the end of the day before may have begun before midnight or after it.
  const evening = new Date(new Date(now).setUTCHours(-2, 0, 0, 0));
  // A first backup can run for days, so what runs is looked for further back than today.
  const weekAgo = new Date(now.getTime() - 7 * day);
  const to = new Date(now.getTime() + 60_000);
  const vault = keyOfId(ref.vaultId);
  const [points, running, today] = await Promise.all([
    withPoints
      ? once(`points ${vault} ${ref.container} ${ref.item}`.toLowerCase(), () => azure.recoveryPoints(ref))
      : null,
    once(`running ${vault}`, () => azure.jobs(ref.vaultId, { from: weekAgo, to, status: 'InProgress' })),
    once(`today ${vault}`, () => azure.jobs(ref.vaultId, { from: evening, to, operation: 'Backup' })),
  ]);
  return { points, running, today };
}
