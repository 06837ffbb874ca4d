import type { BackedUpMachine, ItemSpec, PointSpec, RestoreAsked } from '../state/state-backup.ts';
import type { AttachedDiskSpec, DiskSpec } from '../state/state-compute.ts';
import type { SimState } from '../state/state.ts';
import type { World } from '../state/world.ts';
import { hasSnapshot } from '../backup/point-body.ts';
import { diskOf } from '../state/find.ts';
import { diskId, same, vmId as idOf } from '../ids.ts';
import { stamp } from '../times.ts';

/** A VM with its managed disks as it is now: what a backup keeps. */
export function machineOf(state: SimState, vmId: string): BackedUpMachine | undefined {
  const vm = state.vms.find((known) => same(idOf(known), vmId));
  if (!vm) return undefined;
  return structuredClone({ vm, disks: vm.disks.flatMap((disk) => diskOf(state, disk) ?? []) });
}

/** One restored disk of a VM: as the VM held it, as it was, and as it will be. */
export type RestoredDisk = { attached: AttachedDiskSpec; restored: DiskSpec };

type Asked = RestoreAsked & { point: PointSpec; jobId: string };

/**
 * The disks that a restore creates, not yet attached. Encrypted ones keep naming where their keys were. Their names
 * (`vm-osdisk-20191225-220711`), the tag `RSVaultBackup` with the ID of the job, beside the tags of the original, and
 * `createOption: Restore` from the disk of a restore point are as in exported templates of restored disks and in public
 * scripts; the names of data disks as in forum posts. Nobody recorded them whole.
 */
export function restoredDisks(world: World, item: ItemSpec, asked: Asked): RestoredDisk[] {
  const machine = item.machine ?? machineOf(world.state, item.vmId);
  if (!machine) return [];
  const created = stamp(world.now());
  const time = timeInNames(world, `${machine.vm.name}-osdisk-`);
  const [, , subscription = '', , resourceGroup = ''] = (asked.targetGroupId ?? item.vmId).split('/');
  return machine.vm.disks
    .filter((disk) => isWanted(disk, asked))
    .flatMap((attached) => {
      const was = machine.disks.find((disk) => same(diskId(disk), attached.diskId));
      if (!was) return [];
      const kind = attached.role === 'os' ? 'osdisk' : `datadisk-${String(attached.lun).padStart(3, '0')}`;
      const { managedBy: _owner, ade, bek, ...rest } = was;
      const name = `${machine.vm.name}-${kind}-${time}`;
      // With an Entra application the VM's model has the settings, and no disk.
      const onDisk = machine.vm.dualPass ? null : keysOf(asked.point, attached);
      const keys = asked.point.encrypted ? (onDisk ?? keysNow({ ade, bek })) : {};
      const place = { subscription, resourceGroup, name, created };
      const marks = { restoredFrom: sourceOf(item, machine.vm, attached), tags: tagsOf(world, rest, asked.jobId) };
      return [{ attached, restored: { ...withServiceKey(rest, asked.point), ...keys, ...place, ...marks } }];
    });
}

/**
 * From a snapshot a disk keeps its disk encryption set; from the vault it doesn't if the request names none
 * (azure-docs, encryption-at-rest-with-cmk, "Restore VM/disk").
 */
function withServiceKey<T extends Pick<DiskSpec, 'encryptionType' | 'diskEncryptionSetId'>>(disk: T, point: PointSpec) {
  if (hasSnapshot(point) || disk.diskEncryptionSetId === undefined) return disk;
  const { diskEncryptionSetId: _, ...rest } = disk;
  return { ...rest, encryptionType: 'EncryptionAtRestWithPlatformKey' };
}

/** Someone's policy may remove tags that it doesn't know. */
function tagsOf({ state }: World, { tags = {} }: Pick<DiskSpec, 'tags'>, jobId: string): Record<string, string> {
  return state.settings.removesRestoreTags ? {} : { ...tags, RSVaultBackup: jobId };
}

/** Azure Backup's copy of the disk, in the group where it keeps its snapshots. */
function sourceOf(
  { dataId }: ItemSpec,
  vm: { subscription: string; location: string; name: string },
  disk: AttachedDiskSpec,
) {
  const group = `/subscriptions/${vm.subscription}/resourceGroups/AzureBackupRG_${vm.location}_1`;
  const collection = `AzureBackup_${vm.name}_${dataId}`;
  return `${group}/providers/Microsoft.Compute/restorePointCollections/${collection}/restorePoints/AzureBackup/disks/${disk.name}`;
}

/**
 * The time in the names of a restore's disks. In Azure no two restores of a VM end in the same second, as each takes
 * minutes; at a higher speed the later one gets the next second.
 */
function timeInNames({ state, now }: World, prefix: string): string {
  const time = now();
  for (;;) {
    const text = time.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
    if (!state.disks.some(({ name }) => name === `${prefix}${text}`)) return text;
    time.setUTCSeconds(time.getUTCSeconds() + 1);
  }
}

/** The keys as of the recovery point: they may differ from the disk's present ones. */
function keysOf({ copiedKeys = [] }: PointSpec, { role, lun }: AttachedDiskSpec): Pick<DiskSpec, 'ade' | 'bek'> | null {
  const copied = copiedKeys.find((one) => one.lun === (role === 'os' ? -1 : lun));
  return copied ? { ade: copied.ade, bek: copied.bek } : null;
}

function keysNow({ ade, bek }: { ade: DiskSpec['ade']; bek: DiskSpec['bek'] }): Pick<DiskSpec, 'ade' | 'bek'> {
  return { ...(ade ? { ade } : {}), ...(bek === undefined ? {} : { bek }) };
}

function isWanted(disk: AttachedDiskSpec, { luns, point }: Asked): boolean {
  if (disk.role === 'os') return true;
  const isInPoint = !point.disks || point.disks.included.some(({ lun }) => lun === disk.lun);
  return isInPoint && (luns === undefined || luns.includes(disk.lun));
}
