/** Additional VMs and vaults, seeded into the simulated estate. */
import { addMachine, type MachinePlan } from '../../src/sim/estate/machines.ts';
import { addProtected } from '../../src/sim/estate/protected.ts';
import { SUBSCRIPTION } from '../../src/sim/estate/known.ts';
import { containerOf } from '../../src/sim/backup/names.ts';
import { vaultId, vmId } from '../../src/sim/ids.ts';
import type { JobSpec, VaultSpec } from '../../src/sim/state/state-backup.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import type { SimulatedAzure } from './processes/simulated-azure.ts';

/** What is added: a number of VMs, spread evenly over a number of new vaults. */
type EstatePlan = {
  readonly vms: number;
  readonly vaults: number;
  /** Already protected for weeks, with this many recovery points: three by default; or which of them, from 0. */
  readonly isProtected: boolean | ((n: number) => boolean);
  readonly points?: number;
  /** With keys in kv-prod-weu, which Azure Backup can read; or which of them, from 0. */
  readonly isEncrypted: boolean | ((n: number) => boolean);
};

/** An added VM, and the vault it belongs to. */
export type Added = {
  readonly id: string;
  readonly name: string;
  readonly vaultId: string;
  readonly vaultName: string;
};

const resourceGroup = 'rg-many';
const madeAt = '2025-03-01T08:00:00.0000000Z';

/** Adds VMs and vaults to the simulated estate. */
export async function seedEstate(azure: SimulatedAzure, plan: EstatePlan): Promise<Added[]> {
  const state = await azure.state();
  const { vms: before } = { vms: state.vms.length };
  state.resourceGroups.push({ subscription: SUBSCRIPTION, name: resourceGroup, location: 'westeurope', tags: {} });
  const vaults = addVaults(state, plan.vaults);
  for (let n = 0; n < plan.vms; n++) addVm(state, n, { plan, vault: vaults[n % vaults.length] as VaultSpec });
  const { vms, disks, keyVaults, items, jobs, policies, resourceGroups } = state;
  await azure.change({ vms, disks, keyVaults, items, jobs, policies, resourceGroups, vaults: state.vaults });
  return vms.slice(before).map((vm, n) => {
    const vault = vaults[n % vaults.length] as VaultSpec;
    return { id: vmId(vm), name: vm.name, vaultId: vaultId(vault), vaultName: vault.name };
  });
}

function addVaults(state: SimState, count: number): VaultSpec[] {
  const model = state.vaults.find(({ name }) => name === 'rsv-test-weu') as VaultSpec;
  const policies = state.policies.filter((policy) => policy.vaultId === vaultId(model));
  return Array.from({ length: count }, (_, n) => {
    const vault = { ...model, name: `rsv-many-${n + 1}`, tags: {}, undiscovered: [] };
    state.vaults.push(vault);
    state.policies.push(...policies.map((policy) => ({ ...policy, vaultId: vaultId(vault) })));
    return vault;
  });
}

function addVm(state: SimState, n: number, { plan, vault }: { plan: EstatePlan; vault: VaultSpec }): void {
  const isSo = (one: boolean | ((n: number) => boolean)) => (typeof one === 'boolean' ? one : one(n));
  const encrypted = isSo(plan.isEncrypted);
  const keys = encrypted ? { bek: 'kv-prod-weu', kek: 'kv-prod-weu' } : {};
  const machine: MachinePlan = {
    name: `vm-many-${String(n + 1).padStart(5, '0')}`,
    resourceGroup,
    os: n % 2 === 0 ? 'Windows' : 'Linux',
    subscription: SUBSCRIPTION,
    disks: [64],
    created: madeAt,
    ...keys,
  };
  // It is created separately and then added to the others: the creation searches lists, which takes minutes in long
  // ones.
  const alone: SimState = { ...state, vms: [], disks: [], items: [], jobs: [] };
  const vm = addMachine(alone, machine);
  const { points = 3 } = plan;
  const past = { vault: vault.name, policy: 'DefaultPolicy', at: '23:00', points, encrypted };
  if (isSo(plan.isProtected)) addProtected(alone, vm, { ...past, now: new Date() });
  for (const part of ['vms', 'disks', 'items', 'jobs'] as const) (state[part] as unknown[]).push(...alone[part]);
}

/** A backup of a VM that started at this time and is still copying. It never ends by itself. */
export function runningJob(vm: Added, id: string, start: Date): JobSpec {
  const began = start.toISOString();
  return {
    id,
    vaultId: vm.vaultId,
    vmId: vm.id,
    container: containerOf(vm.id),
    vmName: vm.name,
    operation: 'Backup',
    status: 'InProgress',
    start: began,
    activityId: id,
    cancellable: true,
    tasks: [
      { id: 'Take Snapshot', status: 'Completed', start: began, end: began },
      { id: 'Transfer data to vault', status: 'InProgress', start: began },
    ],
    bag: { 'VM Name': vm.name },
    internalBag: { IsInstantRpJob: 'True' },
  };
}
