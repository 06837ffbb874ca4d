import type { ItemSpec, JobSpec } from '../state/state-backup.ts';
import type { SimState } from '../state/state.ts';
import type { VmSpec } from '../state/state-compute.ts';
import { IDENTITIES } from '../http/call.ts';
import { same, vaultId, vmId } from '../ids.ts';
import { addProtected } from '../estate/protected.ts';
import { SUBSCRIPTION } from '../estate/known.ts';
import { BACKUP_APP_ID } from '../backup-app.ts';
import { guidOf, numberOf } from '../invented.ts';
import { containerOf } from '../backup/names.ts';
import { stamp } from '../times.ts';
import { dropMachine, seedMachine, vmNamed, type Scenario } from './seed.ts';

const DAY = 86_400_000;

/** Cases of protection: soft-deleted, stopped, elsewhere, running, used up, made again. */
export const protectionCases: Record<string, Scenario> = {
  'soft-deleted-item': {
    about: 'vm-case-10: soft-deleted in rsv-test-weu, nine days left',
    load: (state, now) => {
      const item = seedItem(state, { name: 'vm-case-10', vault: 'rsv-test-weu', now });
      Object.assign(item, {
        state: 'ProtectionStopped',
        policyId: '',
        deletedAt: stamp(new Date(now.getTime() - 5 * DAY + 3_600_000)),
      });
    },
  },
  'protection-stopped': {
    about: 'vm-case-11: protection is stopped in rsv-prod-weu, the data is kept',
    load: (state, now) => {
      const item = seedItem(state, { name: 'vm-case-11', vault: 'rsv-prod-weu', now });
      Object.assign(item, { state: 'ProtectionStopped', policyId: '' });
    },
  },
  'vault-not-readable': {
    about: 'vm-case-12: protected in rsv-test-weu, which the bot may not read',
    load: vaultNotReadable,
  },
  'backup-running': {
    about: 'vm-app-01: its scheduled backup runs, since four minutes ago',
    load: (state, now) => runBackup(state, 'vm-app-01', now),
  },
  'protected-by-policy': { about: 'vm-sql-01: Azure Policy has just protected it', load: protectedByPolicy },
  'attempts-used-up': { about: 'vm-app-01: nine on-demand backups today', load: usedUp },
  'seventeen-points': {
    about: 'vm-app-02: 17 instant restore points, under a lock on their group',
    load: (state) => {
      const item = state.items.find((known) => same(known.vmId, vmId(vmNamed(state, 'vm-app-02'))));
      const first = item?.points[0];
      if (item && first)
        item.points = Array.from({ length: 17 }, (_, at) => ({
          ...first,
          id: numberOf(`instant ${at}`),
          tiers: ['InstantRP'],
        }));
    },
  },
  'vm-made-again': {
    about: 'vm-app-01: deleted and made again under the same name; the item belongs to the old VM',
    load: (state, now) => {
      const created = stamp(now); // after its newest recovery point, at whatever hour that was made
      Object.assign(vmNamed(state, 'vm-app-01'), { vmId: guidOf('vm-app-01, the second'), created });
    },
  },
  'provider-not-registered': {
    about: 'Microsoft.RecoveryServices is not registered, so Azure Backup is not in the tenant',
    load: (state) => {
      state.providers['Microsoft.RecoveryServices'] = 'NotRegistered';
      const { directory } = state;
      directory.servicePrincipals = directory.servicePrincipals.filter((known) => known.appId !== BACKUP_APP_ID);
    },
  },
  'vm-moved': { about: 'vm-app-01: moved to rg-web; the item still names rg-app', load: moveVm },
};

function seedItem(state: SimState, plan: { name: string; vault: string; now: Date }): ItemSpec {
  const vm = seedMachine(state, { name: plan.name });
  state.items = state.items.filter((item) => !same(item.vmId, vmId(vm)));
  return addProtected(state, vm, {
    vault: plan.vault,
    policy: 'DefaultPolicy',
    at: '23:00',
    points: 8,
    encrypted: true,
    now: plan.now,
  });
}

function vaultNotReadable(state: SimState, now: Date): void {
  const item = seedItem(state, { name: 'vm-case-12', vault: 'rsv-test-weu', now });
  const id = guidOf('the vault is for others');
  state.denyAssignments = state.denyAssignments.filter((known) => known.id !== id);
  state.denyAssignments.push({
    id,
    name: 'The vault is for others',
    scope: item.vaultId,
    permissions: { actions: ['*'], notActions: [], dataActions: [], notDataActions: [] },
    principals: [{ id: IDENTITIES['kluis-operate'], type: 'ServicePrincipal' }],
    excluded: [],
  });
}

function runBackup(state: SimState, name: string, now: Date): void {
  const vm = vmNamed(state, name);
  const start = new Date(now.getTime() - 4000);
  const job = jobFor(state, vm, { start, words: `running ${now.getTime()}` });
  state.jobs.push(job);
  state.pending.push({ at: now.getTime() + 1500, kind: 'snapshot-ends', jobId: job.id });
}

function protectedByPolicy(state: SimState, now: Date): void {
  const vm = vmNamed(state, 'vm-sql-01');
  const vault = state.vaults.find((known) => known.name === 'rsv-prod-weu');
  if (!vault || state.items.some((item) => same(item.vmId, vmId(vm)))) return;
  for (const known of state.vaults) known.undiscovered = known.undiscovered.filter((id) => !same(id, vmId(vm)));
  state.items.push({
    vaultId: vaultId(vault),
    vmId: vmId(vm),
    vmGuid: vm.vmId,
    container: containerOf(vmId(vm)),
    policyId: `${vaultId(vault)}/backupPolicies/DefaultPolicy`,
    state: 'IRPending',
    dataId: numberOf('by policy'),
    lastBackupStatus: '',
    points: [],
  });
  const job = jobFor(state, vm, { start: new Date(now.getTime() - 60_000), words: 'by policy' });
  const bag = { 'VM Name': vm.name, 'Policy Name': 'DefaultPolicy' };
  state.jobs.push({
    ...job,
    operation: 'ConfigureBackup',
    status: 'Completed',
    end: stamp(now),
    cancellable: false,
    tasks: [],
    bag,
  });
}

/** Nine attempts, evenly spread since midnight, the last one some minutes ago. */
function usedUp(state: SimState, now: Date): void {
  const vm = vmNamed(state, 'vm-app-01');
  const midnight = Date.parse(`${now.toISOString().slice(0, 10)}T00:00:00Z`);
  const step = (now.getTime() - midnight) / 10;
  for (let attempt = 0; attempt < 9; attempt += 1) {
    const start = new Date(midnight + step * attempt + 1);
    const job = jobFor(state, vm, { start, words: `attempt ${attempt}` });
    const end = stamp(new Date(start.getTime() + step / 2));
    state.jobs.push({
      ...job,
      status: 'Completed',
      end,
      onDemand: true,
      tasks: job.tasks.map((task) => ({ ...task, status: 'Completed', end })),
    });
  }
}

function moveVm(state: SimState): void {
  const vm = vmNamed(state, 'vm-app-01');
  const disks = state.disks.filter((disk) => same(disk.managedBy, vmId(vm)));
  dropMachine(state, 'rg-app', vm.name);
  vm.resourceGroup = 'rg-web';
  state.vms.push(vm);
  state.disks.push(...disks.map((disk) => ({ ...disk, managedBy: vmId(vm) })));
}

function jobFor(state: SimState, vm: VmSpec, run: { start: Date; words: string }): JobSpec {
  const item = state.items.find((known) => same(known.vmId, vmId(vm)));
  const start = stamp(run.start);
  return {
    id: guidOf(`${vmId(vm)} ${run.words}`),
    vaultId: item?.vaultId ?? '',
    vmId: vmId(vm),
    container: containerOf(vmId(vm)),
    vmName: vm.name,
    operation: 'Backup',
    status: 'InProgress',
    start,
    activityId: guidOf(`activity ${vm.name} ${run.words} ${SUBSCRIPTION}`),
    cancellable: true,
    tasks: [
      { id: 'Take Snapshot', status: 'InProgress', start },
      { id: 'Transfer data to vault', status: 'NotStarted' },
    ],
    bag: { 'VM Name': vm.name },
  };
}
