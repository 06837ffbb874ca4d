import type { SimState } from '../state/state.ts';
import { keyVaultId } from '../ids.ts';
import { stamp } from '../times.ts';
import { SUBSCRIPTION } from './known.ts';
import { addMachine, type MachinePlan } from './machines.ts';

type Short = Omit<MachinePlan, 'subscription' | 'created'>;

const MACHINES: Short[] = [
  { name: 'vm-sql-01', resourceGroup: 'rg-sql', os: 'Windows', bek: 'kv-prod-weu', kek: 'kv-prod-weu' },
  { name: 'vm-web-01', resourceGroup: 'rg-web', os: 'Linux', bek: 'kv-web-weu', kek: 'kv-web-weu', disks: [30, 64] },
  { name: 'vm-web-02', resourceGroup: 'rg-web', os: 'Linux', bek: 'kv-web-weu', kek: 'kv-web-weu', disks: [30, 64] },
  { name: 'vm-rbac-01', resourceGroup: 'rg-web', os: 'Linux', bek: 'kv-rbac-weu', kek: 'kv-rbac-weu', disks: [30] },
  { name: 'vm-bek-01', resourceGroup: 'rg-hr', os: 'Windows', bek: 'kv-prod-weu' },
  { name: 'vm-plain-01', resourceGroup: 'rg-web', os: 'Linux', disks: [30] },
  {
    name: 'vm-cmk-01',
    resourceGroup: 'rg-hr',
    os: 'Windows',
    disk: {
      encryptionType: 'EncryptionAtRestWithCustomerKey',
      diskEncryptionSetId: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-security/providers/Microsoft.Compute/diskEncryptionSets/des-hr`,
    },
  },
  { name: 'vm-app-01', resourceGroup: 'rg-app', os: 'Windows', bek: 'kv-prod-weu', kek: 'kv-prod-weu' },
  { name: 'vm-app-02', resourceGroup: 'rg-app', os: 'Windows', bek: 'kv-web-weu', kek: 'kv-web-weu' },
  { name: 'vm-hr-01', resourceGroup: 'rg-hr', os: 'Windows', bek: 'kv-hr-weu', kek: 'kv-hr-weu' },
  { name: 'vm-hr-02', resourceGroup: 'rg-hr', os: 'Windows', bek: 'kv-hr2-weu', kek: 'kv-hr2-weu' },
  {
    name: 'vm-agentless-01',
    resourceGroup: 'rg-old',
    os: 'Linux',
    bek: 'kv-prod-weu',
    kek: 'kv-prod-weu',
    disks: [30],
    change: { agent: 'notReady' },
  },
  {
    name: 'vm-off-01',
    resourceGroup: 'rg-app',
    os: 'Windows',
    bek: 'kv-prod-weu',
    kek: 'kv-prod-weu',
    change: { power: 'deallocated' },
  },
  {
    name: 'vm-us-01',
    resourceGroup: 'rg-us',
    location: 'eastus',
    os: 'Windows',
    bek: 'kv-prod-eus',
    kek: 'kv-prod-eus',
  },
  { name: 'vm-dup-01', resourceGroup: 'rg-app', os: 'Windows', disks: [127] },
  { name: 'vm-dup-01', resourceGroup: 'rg-web', os: 'Linux', bek: 'kv-prod-weu', kek: 'kv-prod-weu', disks: [30] },
  {
    name: 'vm-big-01',
    resourceGroup: 'rg-sql',
    os: 'Windows',
    bek: 'kv-prod-weu',
    kek: 'kv-prod-weu',
    disks: [127, 8192],
  },
  {
    name: 'vm-many-01',
    resourceGroup: 'rg-sql',
    os: 'Windows',
    bek: 'kv-prod-weu',
    kek: 'kv-prod-weu',
    disks: [127, ...Array.from({ length: 17 }, () => 8)],
  },
  { name: 'vm-lock-01', resourceGroup: 'rg-hr', os: 'Windows', bek: 'kv-locked-weu', kek: 'kv-locked-weu' },
  { name: 'vm-shut-01', resourceGroup: 'rg-hr', os: 'Windows', bek: 'kv-shut-weu', kek: 'kv-shut-weu' },
  { name: 'vm-split-01', resourceGroup: 'rg-hr', os: 'Windows', bek: 'kv-prod-weu', kek: 'kv-kek-weu' },
  { name: 'vm-neu-01', resourceGroup: 'rg-neu', location: 'northeurope', os: 'Linux', disks: [30, 256] },
];

/** Adds the VMs of the estate. */
export function contosoMachines(state: SimState, now: Date): void {
  const created = stamp(new Date(now.getTime() - 400 * 86_400_000));
  for (const machine of MACHINES) addMachine(state, { ...machine, subscription: SUBSCRIPTION, created });
  state.classicVms.push({
    subscription: SUBSCRIPTION,
    resourceGroup: 'rg-old',
    name: 'vm-classic-01',
    location: 'westeurope',
  });
}

/** Removes what the owners of VMs removed after a backup: a key vault, a key and a secret. */
export function contosoLosses(state: SimState, now: Date): void {
  const gone = state.keyVaults.find((vault) => vault.name === 'kv-hr-weu');
  if (gone) {
    state.keyVaults = state.keyVaults.filter((vault) => keyVaultId(vault) !== keyVaultId(gone));
    state.deletedKeyVaults.push({ vault: gone, deletedAt: stamp(new Date(now.getTime() - 3 * 86_400_000)) });
  }
  const purged = state.keyVaults.find((vault) => vault.name === 'kv-hr2-weu');
  if (purged) Object.assign(purged, { keys: [], secrets: [] });
}
