import type { Deployment, DiskKeys, NewInterface, NewVm } from '../../../src/azure/gateway.ts';
import type { SimState } from '../../../src/sim/state/state.ts';
import type { DiskSpec } from '../../../src/sim/state/state-compute.ts';
import { keyVaultId, subscription } from './names.ts';
import { keyVaultOf, type Simulated } from './simulated.ts';

/** The target resource group of restores, and IDs in it and in the networks' group. */
export const restoreGroup = `/subscriptions/${subscription}/resourceGroups/rg-restore`;
export const restoredDisk = (name: string) => `${restoreGroup}/providers/Microsoft.Compute/disks/${name}`;
export const restoredVm = (name: string) => `${restoreGroup}/providers/Microsoft.Compute/virtualMachines/${name}`;
export const restoredInterface = (name: string) =>
  `${restoreGroup}/providers/Microsoft.Network/networkInterfaces/${name}`;
export const subnetOf = (network: string, subnet: string) =>
  `/subscriptions/${subscription}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/${network}/subnets/${subnet}`;

/** Puts copies of a VM's disks where a restore would put them, under the given names. */
export async function restoreDisks(sim: Simulated, of: string, names: readonly string[]): Promise<DiskSpec[]> {
  const { disks } = (await sim.state()) as SimState;
  const restored = disks
    .filter(({ managedBy }) => managedBy?.endsWith(`/${of}`))
    .map(({ managedBy: _, ...disk }, at) => ({ ...disk, resourceGroup: 'rg-restore', name: names[at] ?? disk.name }));
  await sim.change({ disks: [...disks, ...restored] });
  return restored;
}

/** The keys of a disk as the port takes them. */
export function keysOf({ ade }: DiskSpec): DiskKeys {
  return {
    secretUrl: ade?.secretUrl ?? null,
    secretVaultId: ade?.secretVaultId ?? null,
    keyUrl: ade?.keyUrl ?? null,
    keyVaultId: ade?.keyVaultId ?? null,
  };
}

const parameters = {
  VirtualMachineName: { type: 'string' },
  VirtualNetwork: { type: 'string', defaultValue: 'vnet-prod-weu' },
  VirtualNetworkResourceGroup: { type: 'string', defaultValue: 'rg-network' },
  Subnet: { type: 'string', defaultValue: 'snet-restore' },
  OsDiskName: { type: 'string' },
};

const networkInterface = {
  type: 'Microsoft.Network/networkInterfaces',
  name: "[variables('nic')]",
  apiVersion: '2023-05-01',
  location: 'westeurope',
  properties: {
    ipConfigurations: [
      {
        name: 'ipconfig1',
        properties: { privateIPAllocationMethod: 'Dynamic', subnet: { id: "[variables('subnet')]" } },
      },
    ],
  },
};

const virtualMachine = {
  type: 'Microsoft.Compute/virtualMachines',
  name: "[parameters('VirtualMachineName')]",
  apiVersion: '2024-07-01',
  location: 'West Europe',
  dependsOn: ["[resourceId('Microsoft.Network/networkInterfaces', variables('nic'))]"],
  properties: {
    hardwareProfile: { vmSize: 'Standard_D4s_v5' },
    storageProfile: {
      osDisk: {
        createOption: 'Attach',
        osType: 'Windows',
        managedDisk: { id: "[resourceId('Microsoft.Compute/disks', parameters('OsDiskName'))]" },
      },
      dataDisks: [],
    },
    networkProfile: {
      networkInterfaces: [{ id: "[resourceId('Microsoft.Network/networkInterfaces', variables('nic'))]" }],
    },
  },
};

/** A template like the one that a restore of disks leaves: a VM with an existing disk, in a subnet of another group. */
export const template = {
  $schema: 'https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters,
  variables: {
    nic: "[concat(parameters('VirtualMachineName'), '-nic')]",
    subnet:
      "[resourceId(parameters('VirtualNetworkResourceGroup'), 'Microsoft.Network/virtualNetworks/subnets', parameters('VirtualNetwork'), parameters('Subnet'))]",
  },
  // The VM first, as in no template of Azure: the order comes from the dependencies.
  resources: [virtualMachine, networkInterface],
};

/** A template with everything that a deployment may link: an address, a security group, keys. */
export const linkedTemplate = {
  ...template,
  resources: [
    {
      type: 'Microsoft.Network/publicIPAddresses',
      name: 'address',
      apiVersion: '2023-05-01',
      location: 'westeurope',
    },
    {
      ...networkInterface,
      dependsOn: ['address'],
      properties: {
        networkSecurityGroup: { id: "[resourceId('rg-network', 'Microsoft.Network/networkSecurityGroups', 'nsg')]" },
        ipConfigurations: [
          {
            name: 'ipconfig1',
            properties: {
              subnet: { id: "[variables('subnet')]" },
              publicIPAddress: { id: "[resourceId('Microsoft.Network/publicIPAddresses', 'address')]" },
            },
          },
        ],
      },
    },
    {
      ...virtualMachine,
      properties: {
        ...virtualMachine.properties,
        storageProfile: {
          osDisk: {
            ...virtualMachine.properties.storageProfile.osDisk,
            encryptionSettings: {
              enabled: true,
              diskEncryptionKey: { sourceVault: { id: keyVaultId }, secretUrl: 's' },
            },
          },
        },
      },
    },
  ],
};

/** The deployment of that template, or of a modified one. */
export function deploymentOf(change: Partial<Deployment> = {}): Deployment {
  return {
    resourceGroupId: restoreGroup,
    name: 'kluis-1',
    template,
    parameters: { VirtualMachineName: 'vm-sql-01-restored', OsDiskName: 'restored-os' },
    ...change,
  };
}

/** The push of the extension to that VM. */
export const extension = {
  vmId: restoredVm('vm-sql-01-restored'),
  region: 'westeurope',
  os: 'Windows',
  keyVaultUri: 'https://kv-prod-weu.vault.azure.net',
  keyVaultId: keyVaultOf('kv-prod-weu'),
  kek: { url: 'https://kv-prod-weu.vault.azure.net/keys/kek-disks/1', vaultId: keyVaultOf('kv-prod-weu') },
  tag: 'push-1',
} as const;

/** An interface for a new VM, and the VM of one restored disk. */
export const newInterface: NewInterface = {
  id: restoredInterface('vm-made-nic'),
  region: 'westeurope',
  subnetId: subnetOf('vnet-prod-weu', 'snet-restore'),
};
export const newVm: NewVm = {
  id: restoredVm('vm-made'),
  region: 'westeurope',
  size: 'Standard_D4s_v5',
  os: 'Windows',
  tags: { env: 'prod' },
  interfaceId: newInterface.id,
  osDisk: { id: restoredDisk('restored-os'), caching: 'ReadWrite' },
  dataDisks: [{ id: restoredDisk('restored-data'), caching: null, lun: 3 }],
};
