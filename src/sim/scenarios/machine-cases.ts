import type { SimState } from '../state/state.ts';
import type { DiskSpec, VmSpec } from '../state/state-compute.ts';
import { SUBSCRIPTION } from '../estate/known.ts';
import { estatePolicies } from '../estate/policies.ts';
import { enhancedPolicy } from '../backup/policies/policy-properties.ts';
import { addProtected } from '../estate/protected.ts';
import { same, vaultId, vmId } from '../ids.ts';
import { seedMachine, vmNamed, type Scenario } from './seed.ts';

/** Cases of the VM itself: its disks, its encryption, its states, the locks around it. */
export const machineCases: Record<string, Scenario> = {
  'eighteen-disks': {
    about: 'vm-case-06: 18 small encrypted disks',
    load: (state) =>
      void seedMachine(state, { name: 'vm-case-06', disks: [127, ...Array.from({ length: 17 }, () => 16)] }),
  },
  'provisioning-failed': {
    about: 'vm-case-15a: the VM is in a failed provisioning state',
    load: (state) => void seedMachine(state, { name: 'vm-case-15a', change: { provisioning: 'Failed' } }),
  },
  'extensions-not-allowed': {
    about: 'vm-case-15b: extensions are not allowed in the VM',
    load: (state) => void seedMachine(state, { name: 'vm-case-15b', change: { extensionsAllowed: false } }),
  },
  'still-encrypting': {
    about: 'vm-case-16a: the disks are being encrypted',
    load: (state) => void seedMachine(state, { name: 'vm-case-16a', change: { adeState: 'encrypting' } }),
  },
  'restart-pending': {
    about: 'vm-case-16b: encryption waits for a restart of the VM',
    load: (state) =>
      void seedMachine(state, { name: 'vm-case-16b', os: 'Linux', change: { adeState: 'restartPending' } }),
  },
  'dual-pass': {
    about: 'vm-case-17a: encrypted with an Entra application, settings only in the VM model',
    load: dualPass,
  },
  'deallocated-single-pass': {
    about: 'vm-case-17b: deallocated, settings only on the disks',
    load: (state) => void seedMachine(state, { name: 'vm-case-17b', change: { power: 'deallocated' } }),
  },
  'trusted-launch': {
    about: 'vm-case-18a: Trusted Launch; a Standard policy takes it only with api-version 2025-01-01 or later',
    load: (state) =>
      void seedMachine(state, {
        name: 'vm-case-18a',
        change: { securityType: 'TrustedLaunch' },
        disk: { trustedLaunch: true },
      }),
  },
  'premium-v2-disk': {
    about: 'vm-case-18b: a Premium SSD v2 data disk, for Enhanced policies only',
    load: (state) => void dataDisk(state, 'vm-case-18b', { sku: 'PremiumV2_LRS' }),
  },
  'shared-disk': {
    about: 'vm-case-18c: a data disk that three VMs may share: no policy takes it',
    load: (state) => void dataDisk(state, 'vm-case-18c', { maxShares: 3 }),
  },
  'shared-disk-left-out': {
    about: 'vm-case-18d: protected by an Enhanced policy that leaves its shared disk (LUN 0) out',
    load: (state, now) => {
      const vm = dataDisk(state, 'vm-case-18d', { maxShares: 3 });
      state.items = state.items.filter((item) => !same(item.vmId, vmId(vm)));
      const plan = { vault: 'rsv-prod-weu', policy: 'enhanced-4h', at: '20:00', points: 3, encrypted: false, now };
      addProtected(state, vm, plan).diskExclusion = { diskLunList: [vm.disks[1]?.lun ?? 0], isInclusionList: false };
    },
  },
  'agentless-policy': {
    about: 'vm-case-23: no agent, but rsv-prod-weu has a policy that makes crash-consistent snapshots only',
    load: (state) => {
      seedMachine(state, { name: 'vm-case-23', bek: undefined, change: { agent: 'absent', extensionsAllowed: false } });
      const vault = state.vaults.find((known) => known.name === 'rsv-prod-weu');
      if (!vault || state.policies.some(({ name }) => name === 'crash-only')) return;
      const properties = { ...enhancedPolicy(30), snapshotConsistencyType: 'OnlyCrashConsistent' };
      state.policies.push({ vaultId: vaultId(vault), name: 'crash-only', properties });
    },
  },
  'shared-disk-protected': {
    about: 'vm-app-01: one of its disks became one that VMs may share, under the Standard policy that protects it',
    load: (state) => {
      const vm = vmNamed(state, 'vm-app-01');
      const disk = state.disks.find((known) => known.name === vm.disks[1]?.name);
      if (disk) disk.maxShares = 3;
    },
  },
  'confidential-vm': {
    about: 'vm-case-21: a confidential VM',
    load: (state) =>
      void seedMachine(state, { name: 'vm-case-21', bek: undefined, change: { securityType: 'ConfidentialVM' } }),
  },
  'confidential-preview': {
    about: 'vm-case-21b: a confidential VM in a region of the preview, with a vault there',
    load: confidentialPreview,
  },
  'unmanaged-disk': {
    about: 'vm-case-22: the OS disk is a blob in a storage account',
    load: (state) => {
      const vm = seedMachine(state, { name: 'vm-case-22', bek: undefined, disks: [127] });
      for (const disk of vm.disks)
        Object.assign(disk, {
          vhd: `https://contosovhds.blob.core.windows.net/vhds/${disk.name}.vhd`,
          diskId: undefined,
        });
    },
  },
  'key-vaults-locked': {
    about: 'A ReadOnly lock on rg-security: no grant is possible',
    load: (state) => seedLock(state, 'rg-security', 'ReadOnly'),
  },
  'restore-points-locked': {
    about: 'A CanNotDelete lock on AzureBackupRG_westeurope_1: backups stop at 18 points',
    load: (state) => seedLock(state, 'AzureBackupRG_westeurope_1', 'CanNotDelete'),
  },
  'restore-points-elsewhere-locked': {
    about: 'The policies keep their restore points in contoso-snapshots-<n>-weu, and the second of those is locked',
    load: (state) => {
      const instantRPDetails = { azureBackupRGNamePrefix: 'contoso-snapshots-', azureBackupRGNameSuffix: '-weu' };
      for (const { properties } of state.policies) {
        if (properties['backupManagementType'] === 'AzureIaasVM') Object.assign(properties, { instantRPDetails });
      }
      // Besides, groups that these policies don't use: one with Azure's own name, and one without a number.
      for (const group of ['contoso-snapshots-2-weu', 'contoso-snapshots-old-weu', 'AzureBackupRG_westeurope_1']) {
        seedLock(state, group, 'CanNotDelete');
      }
    },
  },
};

function dualPass(state: SimState): void {
  const vm = seedMachine(state, { name: 'vm-case-17a' });
  const disks = state.disks.filter((disk) => vm.disks.some((own) => own.name === disk.name));
  const [os] = disks;
  if (os?.ade) {
    const { settingsVersion: _version, ...keys } = os.ade;
    vm.dualPass = keys;
  }
  for (const disk of disks) delete disk.ade;
}

function confidentialPreview(state: SimState): void {
  const location = 'uksouth';
  const change = { securityType: 'ConfidentialVM' as const };
  seedMachine(state, { name: 'vm-case-21b', bek: undefined, location, change });
  const model = state.vaults.find((known) => known.name === 'rsv-test-weu');
  if (!model || state.vaults.some((known) => known.name === 'rsv-test-uks')) return;
  const vault = { ...model, name: 'rsv-test-uks', location, undiscovered: [] };
  state.vaults.push(vault);
  state.policies.push(...estatePolicies(vaultId(vault), false));
}

function dataDisk(state: SimState, name: string, change: Partial<DiskSpec>): VmSpec {
  const vm = seedMachine(state, { name, bek: undefined });
  const disk = state.disks.find((known) => known.name === vm.disks[1]?.name);
  if (disk) Object.assign(disk, change);
  return vm;
}

function seedLock(state: SimState, group: string, level: 'ReadOnly' | 'CanNotDelete'): void {
  const scope = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}`;
  state.locks = state.locks.filter((lock) => lock.scope !== scope);
  state.locks.push({ name: `${group}-lock`, scope, level, notes: 'Ask the platform team.' });
}
