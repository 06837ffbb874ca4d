import { newGuid, span, type World } from '../state/world.ts';
import type { ItemSpec, JobErrorSpec, JobSpec } from '../state/state-backup.ts';
import type { VmSpec } from '../state/state-compute.ts';
import { backupReachesKeys, isEncrypted } from './disks/key-access.ts';
import { diskOf, findVm } from '../state/find.ts';
import { takeJobFault } from '../faults.ts';
import { same } from '../ids.ts';
import { stamp, usTime } from '../times.ts';
import {
  AGENT_ERROR,
  DAILY_LIMIT_ERROR,
  DISK_SIZE_ERROR,
  IN_PROGRESS_ERROR,
  KEY_VAULT_ERROR,
  PROVISIONING_ERROR,
} from './job-errors.ts';
import { vmNameOf } from './names.ts';
import { isTaken } from './disks/taken-disks.ts';
import { isCrashConsistentOnly } from './policies/policies.ts';
import { later } from '../state/later.ts';

/** Azure's hard limit of on-demand backups of one item per UTC day. */
const DAILY_LIMIT = 9;

/**
 * Starts the job of a backup. What is known at the start makes it fail in about a second: another backup is running, or
 * the day's attempts are used up. Otherwise the snapshot is taken, then the data is transferred to the vault.
 */
export function startBackupJob(
  world: World,
  item: ItemSpec,
  asked: { activityId: string; onDemand: boolean; keepUntil?: string },
): JobSpec {
  const job = newJob(world, item, asked);
  const refused = refusedAtStart(world, item, asked.onDemand);
  world.state.jobs.push(job);
  if (refused) {
    job.errors = [structuredClone(refused)];
    later(world, span(world, 1, 1.5), { kind: 'backup-fails', jobId: job.id });
    return job;
  }
  const fault = takeJobFault(world.state.faults, { id: item.vmId, name: vmNameOf(item.vmId) });
  const failure = fault ? errorOf(fault) : failureOf(world, item);
  if (fault?.phase === 'transfer') job.transferError = errorOf(fault);
  if (failure && !job.transferError) {
    job.errors = [failure];
    later(world, span(world, 40, 90), { kind: 'backup-fails', jobId: job.id });
  } else {
    later(world, span(world, 270, 330), { kind: 'snapshot-ends', jobId: job.id });
  }
  return job;
}

function newJob(
  world: World,
  item: ItemSpec,
  asked: { activityId: string; onDemand: boolean; keepUntil?: string },
): JobSpec {
  const start = stamp(world.now());
  return {
    id: newGuid(world),
    vaultId: item.vaultId,
    vmId: item.vmId,
    container: item.container,
    vmName: vmNameOf(item.vmId),
    operation: 'Backup',
    status: 'InProgress',
    start,
    activityId: asked.activityId,
    cancellable: true,
    tasks: [
      { id: 'Take Snapshot', status: 'InProgress', start },
      { id: 'Transfer data to vault', status: 'NotStarted' },
    ],
    bag: {
      'VM Name': vmNameOf(item.vmId),
      ...(asked.keepUntil ? { 'Recovery Point Expiry Time in UTC': usTime(asked.keepUntil) } : {}),
    },
    internalBag: { IsInstantRpJob: 'True' },
    ...(asked.onDemand ? { onDemand: true } : {}),
    ...(asked.keepUntil ? { keepUntil: asked.keepUntil } : {}),
  };
}

function refusedAtStart(world: World, item: ItemSpec, onDemand: boolean): JobErrorSpec | null {
  const mine = world.state.jobs.filter((job) => same(job.vmId, item.vmId) && job.operation === 'Backup');
  // A job that was refused at its start says InProgress for one second; it doesn't count as running.
  const running = mine.some((job) => (job.status === 'InProgress' || job.status === 'Cancelling') && !job.errors);
  const failing = mine.some((job) => job.status === 'InProgress' && job.errors && !isRefusal(job.errors[0]));
  if (running || failing) return IN_PROGRESS_ERROR;
  if (!onDemand) return null;
  const today = world.now().toISOString().slice(0, 10);
  const used = mine.filter((job) => job.onDemand && job.start.startsWith(today)).length;
  return used >= DAILY_LIMIT ? DAILY_LIMIT_ERROR : null;
}

function isRefusal(error: JobErrorSpec | undefined): boolean {
  return error?.errorTitle === IN_PROGRESS_ERROR.errorTitle || error?.errorTitle === DAILY_LIMIT_ERROR.errorTitle;
}

function errorOf({ errorCode, errorTitle, errorString, recommendations }: JobErrorSpec): JobErrorSpec {
  return { errorCode, errorTitle, errorString, recommendations };
}

/**
 * Without agent and extension only under a policy of crash-consistent snapshots, and only for sizes that support
 * premium storage and are older than Azure Boost (support matrix of agentless multi-disk crash-consistent backup). It
 * says nothing about Azure Disk Encryption; here such a VM is accepted.
 */
function isAgentless(world: World, item: ItemSpec, { size }: VmSpec): boolean {
  const [, letters = '', version = '1'] = /^Standard_[A-Z]+\d+(?:-\d+)?([a-z]*).*?(?:_v(\d+))?$/.exec(size) ?? [];
  const premium = letters.includes('s') || /^Standard_[DG]S/.test(size);
  const boost = Number(version) >= (letters.includes('a') ? 7 : 6);
  return isCrashConsistentOnly(world.state, item.policyId) && premium && !boost;
}

/** What will make this backup fail while its snapshot is taken, in the present state. */
function failureOf(world: World, item: ItemSpec): JobErrorSpec | null {
  const vm = findVm(world, item.vmId);
  if (!vm) return null;
  if (vm.provisioning === 'Failed') return structuredClone(PROVISIONING_ERROR);
  if (vm.power === 'running' && vm.agent !== 'ready' && !isAgentless(world, item, vm))
    return structuredClone(AGENT_ERROR);
  if (!isEncrypted(world, vm)) return null;
  if (!backupReachesKeys(world, vm)) return structuredClone(KEY_VAULT_ERROR);
  const taken = vm.disks.filter((disk) => isTaken(disk, item.diskExclusion));
  const tooBig = taken.some((disk) => (diskOf(world.state, disk)?.sizeGiB ?? 0) > 4096);
  return tooBig ? structuredClone(DISK_SIZE_ERROR) : null;
}
