import type { JsonBody } from '../json.ts';
import type { VmSpec } from '../state/state-compute.ts';
import { encryptionKeys } from '../compute/disk-body.ts';
import { diskId, idOf, vmId } from '../ids.ts';
import type { RestoredDisk } from './restored-disks.ts';
import { inShape } from './settings-shapes.ts';
import { type SettingsShape } from '../state/state-settings.ts';

type Machine = { vm: VmSpec; disks: readonly RestoredDisk[] };

/** `vhds`: where each disk's copy in the staging account is or would be; `shape`: which public form the file has. */
type Written = { vhds: ReadonlyMap<RestoredDisk, string>; shape: SettingsShape };

/**
 * The settings file of a restored VM. For managed disks its content is recorded nowhere. The form here is that of the
 * only one that was ever pasted in public (azure-powershell issue 25943): the .NET SDK's model of a VM in its order,
 * with a dot in the keys, nulls included, `managedDisk` null, `name` and `vhd` filled. That `name` is the restored
 * disk's is how Microsoft's script uses it (azure-docs, backup-azure-vms-automation, `Update-AzDisk -DiskName`). The
 * other public forms are in `settings-shapes.ts`.
 */
export function configText({ vm, disks }: Machine, { vhds, shape }: Written): string {
  const os = disks.find(({ attached }) => attached.role === 'os');
  const data = disks.filter(({ attached }) => attached.role === 'data');
  const storage = {
    imageReference: null,
    osDisk: os
      ? { osType: vm.os, encryptionSettings: keysOf(os, vm), ...placed(os, vhds), createOption: 'Attach', ...sized(os) }
      : null,
    dataDisks: data.map((disk) => ({
      lun: disk.attached.lun,
      ...placed(disk, vhds),
      createOption: 'Attach',
      ...sized(disk),
      toBeDetached: null,
    })),
  };
  const asThey = (pick: (disk: RestoredDisk) => string) => [...(os ? [os] : []), ...data].map(pick);
  return inShape(modelOf(vm, storage), shape, {
    restoredIds: asThey(({ restored }) => diskId(restored)),
    originalNames: asThey(({ attached }) => attached.name),
    originalIds: asThey(({ attached }) => attached.diskId ?? ''),
  });
}

function modelOf(vm: VmSpec, storage: JsonBody): JsonBody {
  const nic = idOf('Microsoft.Network/networkInterfaces', { ...vm, name: `${vm.name}VMNic` });
  return {
    plan: null,
    'properties.hardwareProfile': { vmSize: vm.size },
    'properties.storageProfile': storage,
    'properties.additionalCapabilities': null,
    'properties.osProfile': { computerName: vm.name, adminUsername: 'contosoadmin' },
    'properties.networkProfile': { networkInterfaces: [{ id: nic }] },
    'properties.diagnosticsProfile': null,
    ...{ resources: null, identity: null, zones: vm.zones ?? null },
    ...{ id: vmId(vm), name: vm.name, type: 'Microsoft.Compute/virtualMachines' },
    ...{ location: vm.location, tags: vm.tags },
  };
}

function placed(disk: RestoredDisk, vhds: Written['vhds']): JsonBody {
  return {
    name: disk.restored.name,
    vhd: { uri: vhds.get(disk) ?? '' },
    image: null,
    caching: disk.attached.caching ?? (disk.attached.role === 'os' ? 'ReadWrite' : 'None'),
    writeAcceleratorEnabled: null,
  };
}

function sized({ restored }: RestoredDisk): JsonBody {
  return { diskSizeGB: restored.sizeGiB, managedDisk: null };
}

function keysOf({ restored }: RestoredDisk, { dualPass }: VmSpec): JsonBody | null {
  const keys = dualPass ?? restored.ade;
  return keys ? { ...encryptionKeys(keys), enabled: true } : null;
}
