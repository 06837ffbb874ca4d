import type { JsonBody } from '../json.ts';
import type { VmSpec } from '../state/state-compute.ts';
import { encryptionKeys } from '../compute/disk-body.ts';
import { diskId } from '../ids.ts';
import type { RestoredDisk } from './restored-disks.ts';

const text = (defaultValue?: string): JsonBody => ({
  type: 'string',
  ...(defaultValue === undefined ? {} : { defaultValue }),
});

/**
 * The template of a restore: a new VM with the restored disks and a network interface of its own. The names of its
 * parameters are those that a deployment of a real one has printed (a public PowerShell script, "RestoredNIC",
 * "Restoredip"); a real one also creates a public address. The rest isn't recorded.
 */
export function templateText({ vm, disks }: { vm: VmSpec; disks: readonly RestoredDisk[] }): string {
  return JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      virtualMachineName: text(),
      virtualNetwork: text(),
      virtualNetworkResourceGroup: text(),
      subnet: text(),
      osDiskName: text(disks.find(({ attached }) => attached.role === 'os')?.restored.name),
      networkInterfacePrefixName: text(`${vm.name}RestoredNIC`),
    },
    variables: {
      subnetRef:
        "[resourceId(parameters('virtualNetworkResourceGroup'), 'Microsoft.Network/virtualNetworks/subnets', parameters('virtualNetwork'), parameters('subnet'))]",
    },
    resources: [nic(vm), machine(vm, disks)],
  });
}

const NIC = "[parameters('networkInterfacePrefixName')]";

function nic(vm: VmSpec): JsonBody {
  const address = { privateIPAllocationMethod: 'Dynamic', subnet: { id: "[variables('subnetRef')]" } };
  return {
    type: 'Microsoft.Network/networkInterfaces',
    apiVersion: '2020-06-01',
    name: NIC,
    location: vm.location,
    properties: { ipConfigurations: [{ name: 'ipconfig1', properties: address }] },
  };
}

function machine(vm: VmSpec, disks: readonly RestoredDisk[]): JsonBody {
  const os = disks.find(({ attached }) => attached.role === 'os');
  const data = disks.filter(({ attached }) => attached.role === 'data');
  const nicId = "[resourceId('Microsoft.Network/networkInterfaces', parameters('networkInterfacePrefixName'))]";
  return {
    type: 'Microsoft.Compute/virtualMachines',
    apiVersion: '2022-03-01',
    name: "[parameters('virtualMachineName')]",
    location: vm.location,
    tags: vm.tags,
    dependsOn: [nicId],
    properties: {
      hardwareProfile: { vmSize: vm.size },
      storageProfile: {
        osDisk: {
          osType: vm.os,
          name: "[parameters('osDiskName')]",
          createOption: 'Attach',
          caching: 'ReadWrite',
          managedDisk: { id: os ? diskId(os.restored) : '' },
          ...(vm.dualPass ? { encryptionSettings: { ...encryptionKeys(vm.dualPass), enabled: true } } : {}),
        },
        dataDisks: data.map(({ attached, restored }) => ({
          lun: attached.lun,
          name: restored.name,
          createOption: 'Attach',
          managedDisk: { id: diskId(restored) },
        })),
      },
      networkProfile: { networkInterfaces: [{ id: nicId }] },
    },
  };
}
