/** Reads everything that readiness needs about one VM, in parallel, at most five round trips deep. */
import type { AzureReads, VmFacts } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import type { ChosenDisks } from '../chosen-disks.ts';
import { encryptionOf } from '../encryption.ts';
import { objectsOneByOne } from './gather-key-objects.ts';
import { gatherKeyVault } from './gather-key-vault.ts';
import { classicReading, gatherSubscription, isClassic } from './gather-subscription.ts';
import { gatherVaults } from './gather-vaults.ts';
import { type KeyVaultUse, keyVaultUses } from '../key-use.ts';
import { createReader, type GatherAsk, type Reader } from './reader.ts';
import type { DiskReading, KeyVaultReading, VmReading, VmSurroundings } from '../reading.ts';

export { createReadinessCache } from './readiness-cache.ts';
export type { ReadinessCache } from './readiness-cache.ts';

/**
 * The VM to read. `region`, if the inventory knows it, saves a round trip. `vaultId`: the Recovery Services vault that
 * somebody chose for it.
 */
export type VmAsk = {
  readonly vmId: string;
  readonly subscription: string;
  readonly region?: string | null;
  readonly vaultId?: string | null;
  /** The disks that somebody chose for its backups. */
  readonly chosen?: ChosenDisks | null;
};

/** Reads one VM. Faults of single reads are kept in the reading; it throws only for errors of the product itself. */
export function gather(azure: AzureReads, ask: VmAsk & GatherAsk): Promise<VmReading> {
  return gatherVm(createReader(azure, ask), ask);
}

async function gatherVm(reader: Reader, { vmId, subscription, region, ...ask }: VmAsk): Promise<VmReading> {
  const { azure, once, now } = reader;
  if (isClassic(vmId)) return classicReading({ vmId, subscription }, now);
  const early = region ? statusOf(reader, { id: vmId, region }) : null;
  const [vm, shared] = await Promise.all([
    once(`vm ${keyOfId(vmId)}`, () => azure.vm(vmId)),
    gatherSubscription(reader, subscription),
    early,
  ]);
  const facts = vm.ok ? vm.value : null;
  const { vaultId = null, chosen = null } = ask;
  const around = facts && (await gatherAround(reader, { vm: facts, vaults: shared.vaults, vaultId, chosen }));
  return { vmId, subscription, readAt: now, vm, ...shared, around, chosen };
}

type Around = { vm: VmFacts; vaults: VmReading['vaults']; vaultId: string | null; chosen: ChosenDisks | null };

async function gatherAround(reader: Reader, ask: Around): Promise<VmSurroundings> {
  const { vm } = ask;
  const disks = gatherDisks(reader, vm);
  const [keys, rest] = await Promise.all([
    gatherKeys(reader, vm, disks),
    statusOf(reader, vm).then(async (status) => ({
      status,
      ...(await gatherVaults(reader, { ...ask, status, disks })),
    })),
  ]);
  return { ...keys, ...rest };
}

function statusOf({ once, azure }: Reader, vm: { id: string; region: string }): Promise<VmSurroundings['status']> {
  return once(`status ${keyOfId(vm.id)}`, () => azure.backupStatus({ id: vm.id, region: vm.region }));
}

/**
 * The instance view of a running VM names the key vaults a round trip before the disks do. They are read at once; what
 * the disks then say decides, and costs a read only if it differs.
 */
async function gatherKeys(reader: Reader, vm: VmFacts, disksRead: Promise<readonly DiskReading[]>) {
  const early = keyVaultUses(encryptionOf(vm, []));
  const [disks] = await Promise.all([disksRead, gatherKeyVaults(reader, { vm, uses: early, late: false })]);
  const uses = keyVaultUses(encryptionOf(vm, disks));
  return { disks, keyVaults: await gatherKeyVaults(reader, { vm, uses, late: early.length === 0 }) };
}

type KeysAsk = { vm: VmFacts; uses: readonly KeyVaultUse[]; late: boolean };

function gatherKeyVaults(reader: Reader, { vm, uses, late }: KeysAsk): Promise<readonly KeyVaultReading[]> {
  const objects = objectsOneByOne(reader);
  return Promise.all(uses.map((use) => gatherKeyVault(reader, { use, region: vm.region, late, objects })));
}

function gatherDisks({ once, azure }: Reader, vm: VmFacts): Promise<readonly DiskReading[]> {
  const ids = vm.disks.flatMap(({ id }) => (id === null ? [] : [id]));
  return Promise.all(ids.map(async (id) => ({ id, disk: await once(`disk ${keyOfId(id)}`, () => azure.disk(id)) })));
}
