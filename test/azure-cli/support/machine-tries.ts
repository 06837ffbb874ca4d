import type { SimState } from '../../../src/sim/state/state.ts';
import { restoredVm } from './estate.ts';
import { subscription } from './filled.ts';
import { change, restoredFiles, vmIs } from './preparing.ts';
import type { Try } from './try.ts';

const sub = `/subscriptions/${subscription}`;
const vmRestored = change(restoredVm('rg-restore', 'vm-app-01-restored'));
const vmDrilled = change(restoredVm('rg-drills', 'vm-app-01-drill'));
const idOf = (group: string, type: string, name: string) => `${sub}/resourceGroups/${group}/providers/${type}/${name}`;

/** The disks of a drill carry these tags. */
const drillTagged = (tags: Record<string, string>) =>
  change(restoredVm('rg-drills', 'vm-app-01-drill'), ({ disks }) => ({
    disks: disks.map((disk) => (disk.resourceGroup === 'rg-drills' ? { ...disk, tags } : disk)),
  }));

/** What is typed about VMs, their disks and interfaces. */
export const machineCommands: readonly Try[] = [
  { when: /^az vm start .*vm-off-01/, changes: /^vms\.vm-off-01\.power: "\w+" -> "running"/ },
  {
    when: /^az vm start .*(vm-app-01|<vm>|\{vm\})/,
    before: change(vmIs('vm-app-01', { power: 'deallocated' })),
    changes: /^vms\.vm-app-01\.power: "deallocated" -> "running"/,
  },
  { when: /^az vm restart/, asks: /^202 POST .*\/restart/ },
  {
    when: /^az vm reapply/,
    before: change(vmIs('vm-app-01', { provisioning: 'Failed' } as never)),
    changes: /^vms\.vm-app-01\.provisioning: "Failed" -> "Succeeded"/,
  },
  { when: /^az vm deallocate/, changes: /^vms\.vm-app-01\.power: "running" -> "deallocated"/ },
  {
    when: /^az vm update/,
    before: change(vmIs('vm-app-01', { extensionsAllowed: false })),
    changes: /^vms\.vm-app-01\.extensionsAllowed: false -> true/,
  },
  {
    when: /^az vm resize/,
    before: async () => ({ size: 'Standard_D8s_v5' }),
    changes: /^vms\.vm-app-01\.size: "Standard_D4s_v5" -> "Standard_D8s_v5"/,
  },
  {
    when: /^az vm convert/,
    asks: /^404 POST .*\/convertToManagedDisks/,
    onlySent: 'the simulated company has no VM with unmanaged disks that could be converted',
  },
  { when: /^az vm get-instance-view .*restored/, before: vmRestored, shows: /PowerState\/running/ },
  { when: /^az vm get-instance-view .*drill/, before: vmDrilled, shows: /PowerState\/running/ },
  { when: /^az vm list-skus/, shows: /Standard_D4s_v5/ },
  { when: /^az vm list-usage/, shows: /standardDSv5Family|Total Regional vCPUs/ },
  {
    when: /^az vm delete/,
    before: async (cli) => {
      await vmDrilled(cli);
      const disks = ['os', 'data'].map((role) =>
        idOf('rg-drills', 'Microsoft.Compute/disks', `vm-app-01-drill-${role}`),
      );
      const nic = idOf('rg-drills', 'Microsoft.Network/networkInterfaces', 'vm-app-01-drill-nic');
      return { interface: nic, disks: disks.join(' ') };
    },
    changes: /^disks\.vm-app-01-drill-data\.name gone/,
  },
  {
    when: /^az vm encryption enable/,
    before: async (cli) => {
      await vmRestored(cli);
      const id = idOf('rg-security', 'Microsoft.KeyVault/vaults', 'kv-prod-weu');
      const { keyVaults } = await cli.state();
      const kek = keyVaults.find(({ name }) => name === 'kv-prod-weu')?.keys[0];
      const url = `https://kv-prod-weu.vault.azure.net/keys/kek-disks/${kek?.versions.at(-1)?.version ?? ''}`;
      return { 'id of the key vault': id, 'address of the KEK': url, 'id of its key vault': id };
    },
    asks: /^(20\d|400) PUT .*\/extensions\/AzureDiskEncryption/,
    onlySent: "Debian's azure-cli 2.74 sends the extension's settings as a form, which Azure refuses",
  },
  {
    when: /^az disk update/,
    before: async (cli) => {
      await vmRestored(cli);
      const address = 'https://kv-prod-weu.vault.azure.net/secrets/bek/0123456789abcdef0123456789abcdef';
      return { disk: 'vm-app-01-restored-os', 'address of the new version': address };
    },
    changes: /^disks\.vm-app-01-restored-os\.ade\.secretUrl: .*0123456789abcdef0123456789abcdef"$/,
  },
  {
    when: /^az disk list/,
    before: drillTagged({ RSVaultBackup: '3c7be1f2-8d0a-4a0e-9a0e-6a3f9f1d2b7c' }),
    shows: /vm-app-01-drill-os/,
  },
  { when: /^az resource list/, before: drillTagged({ 'kluis-drill': 'x' }), shows: /vm-app-01-drill-os/ },
  {
    when: /^az deployment group create/,
    before: restoredFiles,
    changes: /^vms\.vm-app-01-(restored|drill)\.size/,
  },
  {
    when: /^az network nic create/,
    before: async (cli) => {
      await change(({ disks }) => ({ disks: [...disks, ...freeDisks(disks)] }))(cli);
      return { 'Windows or Linux': 'Windows', 'OS disk': 'restored-os', 'data disks': 'restored-data' };
    },
    changes: /^networkInterfaces\.vm-new-01-nic\.name/,
    asks: /^(20\d|400) PUT .*\/deployments\/vm_deploy_/,
    onlySent: 'the simulator takes the interface; it reads the template of Azure Backup, not the one of `az vm create`',
  },
  { when: /^az network vnet subnet show/, shows: /"name": "snet-/ },
  {
    when: /^az network vnet subnet list/,
    before: async () => ({ rg: 'rg-network', vnet: 'vnet-prod-weu' }),
    shows: /"name": "snet-restore"/,
  },
];

/** Two disks that no VM has, as a restore makes them. */
function freeDisks(disks: SimState['disks']): SimState['disks'] {
  return ['OsDisk', 'data'].flatMap((role) => {
    const from = disks.find(({ name }) => name.startsWith('vm-app-01') && name.includes(role));
    if (!from) return [];
    const { managedBy: _, ade: _ade, ...free } = from;
    return [{ ...free, resourceGroup: 'rg-restore', name: role === 'data' ? 'restored-data' : 'restored-os' }];
  });
}
