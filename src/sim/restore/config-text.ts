import type { JsonBody } from '../json.ts';
import type { VmSpec } from '../state/state-compute.ts';
import { encryptionKeys } from '../compute/disk-body.ts';
import { diskId, idOf, vmId } from '../ids.ts';
import type { RestoredDisk } from './restored-disks.ts';

type Machine = { vm: VmSpec; disks: readonly RestoredDisk[] };

/**
 * The settings file of a restored VM. Its keys contain dots, and disks are under `properties.storageProfile`, as the
 * scripts of azure-docs (backup-azure-vms-automation, "Create a VM using the config file") read them. The rest of its
 * content isn't recorded. `vhds`: where the disks are, as files; null: they are managed disks.
 */
export function configText({ vm, disks }: Machine, vhds: ReadonlyMap<RestoredDisk, string> | null): string {
  const placed = (disk: RestoredDisk): JsonBody => ({
    name: disk.attached.name,
    createOption: 'Attach',
    caching: disk.attached.caching ?? (disk.attached.role === 'os' ? 'ReadWrite' : 'None'),
    diskSizeGB: disk.restored.sizeGiB,
    ...(vhds
      ? { vhd: { uri: vhds.get(disk) ?? '' } }
      : { managedDisk: { id: diskId(disk.restored), storageAccountType: disk.restored.sku } }),
    ...(disk.restored.ade ? { encryptionSettings: { ...encryptionKeys(disk.restored.ade), enabled: true } } : {}),
  });
  const os = disks.find(({ attached }) => attached.role === 'os');
  const nic = idOf('Microsoft.Network/networkInterfaces', { ...vm, name: `${vm.name}VMNic` });
  return JSON.stringify({
    id: vmId(vm),
    name: vm.name,
    type: 'Microsoft.Compute/virtualMachines',
    location: vm.location,
    tags: vm.tags,
    'properties.hardwareProfile': { vmSize: vm.size },
    'properties.storageProfile': {
      osDisk: os ? { osType: vm.os, ...placed(os), ...dualPass(vm) } : null,
      dataDisks: disks
        .filter(({ attached }) => attached.role === 'data')
        .map((disk) => ({ lun: disk.attached.lun, ...placed(disk) })),
    },
    'properties.osProfile': { computerName: vm.name, adminUsername: 'contosoadmin' },
    'properties.networkProfile': { networkInterfaces: [{ id: nic }] },
  });
}

function dualPass({ dualPass: keys }: VmSpec): JsonBody {
  return keys ? { encryptionSettings: { ...encryptionKeys(keys), enabled: true } } : {};
}
