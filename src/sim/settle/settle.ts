import type { Effect } from '../state/effects.ts';
import type { ItemSpec, JobSpec, PointSpec } from '../state/state-backup.ts';
import type { VmSpec } from '../state/state-compute.ts';
import { newGuid, newNumber, span, type World } from '../state/world.ts';
import { isEncrypted } from '../backup/disks/key-access.ts';
import { findItem, findVm } from '../state/find.ts';
import { startBackupJob } from '../backup/run-backup.ts';
import { later } from '../state/later.ts';
import { isCrashConsistentOnly, keepPolicy, policyTypeOf } from '../backup/policies/policies.ts';
import { bagOfDisks, disksOfPoint } from '../backup/disks/taken-disks.ts';
import { copiedKeys } from '../backup/disks/copied-keys.ts';
import { endRestore } from '../restore/end-restore.ts';
import { machineOf } from '../restore/restored-disks.ts';
import { endRegistration } from '../resources/providers.ts';
import { settleCompute } from './settle-compute.ts';
import { same, vaultId } from '../ids.ts';
import { millis, stamp } from '../times.ts';

/**
 * Carries out every effect that is due, in the order of time. Meanwhile the clock shows the effect's own time, so that
 * what follows from it is due in the past too when the clock was advanced far.
 */
export function settle(world: World): void {
  const now = world.now().getTime();
  // `later` keeps them in order, but a state may have been imported; sorting a sorted list costs next to nothing.
  world.state.pending.sort((one, other) => one.at - other.at);
  for (let due = world.state.pending[0]; due && due.at <= now; due = world.state.pending[0]) {
    world.state.pending.shift();
    const { at } = due;
    carryOut({ ...world, state: world.state, now: () => new Date(at), changed: world.changed }, due);
    world.changed();
  }
}

function carryOut(world: World, effect: Effect): void {
  switch (effect.kind) {
    case 'refresh-ends':
      return endRefresh(world, effect);
    case 'operation-succeeds':
      return succeed(world, effect.operationId);
    case 'operation-fails':
      return fail(world, effect);
    case 'policy-ends':
      keepPolicy(world.state, effect);
      return succeed(world, effect.operationId);
    case 'protection-ends':
      return endItemJob(world, effect, protectItem);
    case 'stop-ends':
      return endItemJob(world, effect, stopItem);
    case 'undelete-ends':
      return endItemJob(world, effect, undeleteItem);
    case 'delete-ends':
      return endItemJob(world, effect, (item) => dropItem(world, item));
    case 'snapshot-ends':
      return endSnapshot(world, effect.jobId);
    case 'transfer-ends':
      return endTransfer(world, effect.jobId);
    case 'backup-fails':
      return failBackup(world, effect.jobId);
    case 'cancel-ends':
      return endCancel(world, effect.jobId);
    case 'restore-ends':
      return endRestore(world, effect.jobId);
    case 'vault-made':
      return endVault(world, effect.vaultId);
    case 'provider-registered':
      return endRegistration(world, effect.namespace);
    case 'scheduled-backup':
      return startScheduled(world, effect);
    default:
      return settleCompute(world, effect);
  }
}

function endRefresh(world: World, effect: { operationId: string; vaultId: string }): void {
  succeed(world, effect.operationId);
  const vault = world.state.vaults.find((known) => same(vaultId(known), effect.vaultId));
  if (vault) vault.undiscovered = [];
}

function succeed(world: World, id: string, jobId?: string): void {
  const operation = world.state.operations.find((known) => known.id === id);
  if (operation) Object.assign(operation, { status: 'Succeeded', ...(jobId ? { jobId } : {}) });
}

function fail(world: World, effect: { operationId: string; code: string; message: string }): void {
  const operation = world.state.operations.find((known) => known.id === effect.operationId);
  if (operation) Object.assign(operation, { status: 'Failed', error: { code: effect.code, message: effect.message } });
}

/** Operation and job of enabling, stopping, undeleting and deleting end together. */
function endItemJob(
  world: World,
  effect: { operationId: string; jobId: string },
  change: (item: ItemSpec) => void,
): void {
  succeed(world, effect.operationId, effect.jobId);
  const job = jobOf(world, effect.jobId);
  if (!job) return;
  Object.assign(job, { status: 'Completed', end: stamp(world.now()) });
  const item = findItem(world, job.vaultId, job.container);
  if (item) change(item);
}

function undeleteItem(item: ItemSpec): void {
  delete item.deletedAt;
  stopItem(item);
}

function stopItem(item: ItemSpec): void {
  Object.assign(item, { state: 'ProtectionStopped', policyId: '' });
}

function protectItem(item: ItemSpec): void {
  item.state = item.points.length > 0 ? 'Protected' : 'IRPending';
}

function dropItem(world: World, item: ItemSpec): void {
  const vault = world.state.vaults.find((known) => same(vaultId(known), item.vaultId));
  if (vault?.softDelete === 'Disabled') {
    world.state.items = world.state.items.filter((known) => known !== item);
    return;
  }
  Object.assign(item, { state: 'ProtectionStopped', policyId: '', deletedAt: stamp(world.now()) });
}

/** The snapshot is a recovery point at once; its copy to the vault follows. */
function endSnapshot(world: World, jobId: string): void {
  const job = jobOf(world, jobId);
  const item = job ? findItem(world, job.vaultId, job.container) : undefined;
  if (!job || !item || job.status !== 'InProgress') return;
  const now = stamp(world.now());
  job.tasks = [
    { id: 'Take Snapshot', status: 'Completed', start: job.start, end: now },
    { id: 'Transfer data to vault', status: 'InProgress', start: now },
  ];
  const first = item.points.length === 0;
  addPoint(world, item, job);
  const minutes = first ? [40, 48] : [18, 26];
  later(world, span(world, (minutes[0] ?? 1) * 60, (minutes[1] ?? 1) * 60), { kind: 'transfer-ends', jobId });
}

function addPoint(world: World, item: ItemSpec, job: JobSpec): void {
  const vm = findVm(world, item.vmId);
  const encrypted = vm !== undefined && isEncrypted(world, vm);
  item.points.unshift({
    id: newNumber(world),
    time: stamp(new Date(millis(job.start) + 3700 / world.speed)),
    consistency: consistencyOf(world, item, vm),
    tiers: ['InstantRP'],
    encrypted,
    size: vm?.size ?? 'Standard_DS1_v2',
    os: vm?.os ?? 'Windows',
    ...(vm?.zones ? { zones: vm.zones } : {}),
    securityType: vm?.securityType ?? 'None',
    policyType: policyTypeOf(world.state, item.policyId),
    ...(job.keepUntil ? { expires: job.keepUntil } : {}),
    ...(vm ? disksOfPoint(vm, item.diskExclusion) : {}),
    ...(vm ? copiedKeys(world.state, vm, item.diskExclusion) : {}),
  });
  job.bag = { ...job.bag, ...bagOfDisks(item.points[0]?.disks) };
  item.state = 'Protected';
  const machine = machineOf(world.state, item.vmId);
  if (machine) item.machine = machine;
}

function consistencyOf(world: World, item: ItemSpec, vm: VmSpec | undefined): PointSpec['consistency'] {
  if (vm?.power !== 'running' || isCrashConsistentOnly(world.state, item.policyId)) return 'CrashConsistent';
  return vm.os === 'Windows' ? 'AppConsistent' : 'FileSystemConsistent';
}

function endTransfer(world: World, jobId: string): void {
  const job = jobOf(world, jobId);
  const item = job ? findItem(world, job.vaultId, job.container) : undefined;
  if (!job || !item || job.status !== 'InProgress') return;
  const warned = job.transferError;
  const [snapshot, transfer] = job.tasks;
  const end = stamp(world.now());
  if (snapshot && transfer) job.tasks = [snapshot, { ...transfer, status: warned ? 'Failed' : 'Completed', end }];
  Object.assign(job, {
    status: warned ? 'CompletedWithWarnings' : 'Completed',
    end,
    ...(warned ? { errors: [warned] } : {}),
  });
  const point = item.points[0];
  if (point && !warned) point.tiers = ['InstantRP', 'HardenedRP'];
  if (!warned) job.bag = { ...job.bag, 'Backup Size': '18432 MB' };
  Object.assign(item, { lastBackupStatus: job.status, lastBackupTime: job.start, lastRecoveryPoint: point?.time });
}

function failBackup(world: World, jobId: string): void {
  const job = jobOf(world, jobId);
  if (!job || job.status !== 'InProgress') return;
  const end = stamp(world.now());
  job.tasks = job.tasks.map((task) => (task.status === 'InProgress' ? { ...task, status: 'Failed', end } : task));
  Object.assign(job, { status: 'Failed', end });
  const item = findItem(world, job.vaultId, job.container);
  // A refused start is no attempt: what the item says about its last backup stays.
  const attempt = job.errors?.[0]?.errorTitle !== 'UserErrorBackupOperationInProgress';
  if (item && attempt) Object.assign(item, { lastBackupStatus: 'Failed', lastBackupTime: job.start });
}

function endCancel(world: World, jobId: string): void {
  const job = jobOf(world, jobId);
  if (!job) return;
  const end = stamp(world.now());
  job.tasks = job.tasks.map((task) => ({ ...task, status: 'Cancelled', ...(task.start ? { end } : {}) }));
  Object.assign(job, { status: 'Cancelled', end });
}

function endVault(world: World, id: string): void {
  const vault = world.state.vaults.find((known) => same(vaultId(known), id));
  if (vault) vault.provisioning = 'Succeeded';
}

function startScheduled(world: World, effect: { vaultId: string; container: string }): void {
  const item = findItem(world, effect.vaultId, effect.container);
  if (!item || item.deletedAt || item.policyId === '' || item.state === 'ProtectionStopped') return;
  startBackupJob(world, item, { activityId: newGuid(world), onDemand: false });
}

function jobOf(world: World, id: string): JobSpec | undefined {
  return world.state.jobs.find((job) => job.id === id);
}
