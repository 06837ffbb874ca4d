import type { ItemSpec, JobErrorSpec, JobSpec, PointSpec, RestoreAsked, VaultSpec } from '../state/state-backup.ts';
import { newGuid, span, type World } from '../state/world.ts';
import { vmNameOf } from '../backup/names.ts';
import { hasSnapshot } from '../backup/point-body.ts';
import { later } from '../state/later.ts';
import { takeJobFault } from '../faults.ts';
import { same } from '../ids.ts';
import { stamp, usTime } from '../times.ts';
import { problemsInJob } from './problems.ts';

/** Azure's hard limit of restores of one VM per day (support matrix of Azure VM backup). */
const DAILY_LIMIT = 10;

// How Azure refuses the next two isn't recorded: they make the job fail at its start, as with backups.
const BUSY: JobErrorSpec = {
  errorCode: 400320,
  errorTitle: 'UserErrorRestoreOperationInProgress',
  errorString: 'Unable to initiate restore as another restore operation is currently in progress.',
  recommendations: ['Please wait until the previous restore operation is completed.'],
};
const TOO_MANY: JobErrorSpec = {
  errorCode: 400321,
  errorTitle: 'UserErrorRestoreLimitReached',
  errorString: 'The number of restores allowed for this virtual machine in a day has been reached.',
  recommendations: ['Please retry the operation on the next day (UTC).'],
};

type Start = { item: ItemSpec; point: PointSpec; vault: VaultSpec; asked: RestoreAsked; activityId: string };

/** Starts the job of a restore. Errors show in the job within a minute. */
export function startRestoreJob(world: World, start: Start): JobSpec {
  const { item, point, vault, asked } = start;
  const refused = refusedAtStart(world, item);
  const fault = refused ? null : takeJobFault(world.state.faults, { id: item.vmId, name: vmNameOf(item.vmId) });
  const problem = refused ?? failureOf(fault) ?? problemsInJob(world, { ...asked, vaultLocation: vault.location })[0];
  const ms = problem ? span(world, refused ? 1 : 30, refused ? 2 : 60) : duration(world, point, asked.rehydrates);
  const job = newJob(world, start, world.now().getTime() + ms);
  if (problem) job.errors = [structuredClone(problem)];
  world.state.jobs.push(job);
  later(world, ms, { kind: 'restore-ends', jobId: job.id });
  return job;
}

function newJob(world: World, { item, point, asked, activityId }: Start, due: number): JobSpec {
  const start = stamp(world.now());
  return {
    id: newGuid(world),
    vaultId: item.vaultId,
    vmId: item.vmId,
    container: item.container,
    vmName: vmNameOf(item.vmId),
    operation: 'Restore',
    status: 'InProgress',
    start,
    activityId,
    cancellable: true,
    tasks: [
      { id: 'Transfer data from vault', status: 'InProgress', start },
      ...(asked.newVm ? [{ id: 'Create the restored virtual machine', status: 'NotStarted' }] : []),
    ],
    // Recorded, with the trailing space of one name and the literal vmName; the group is from azure-docs,
    // tutorial-restore-disk.
    bag: {
      ...kindOf(asked, vmNameOf(item.vmId)),
      'Target Storage Account Name': vmNameOf(asked.storageAccountId),
      ...(asked.targetGroupId ? { 'Target resource group': vmNameOf(asked.targetGroupId) } : {}),
      'Recovery point time ': usTime(point.time),
    },
    internalBag: {
      restoreLocationType: asked.newVm ? 'AlternateLocation' : asked.replaces ? 'OriginalLocation' : 'RestoreDisks',
    },
    restore: { ...asked, due },
  };
}

/** Recorded for disks and for a new VM; how the job of a replacement is called isn't. */
function kindOf({ newVm, replaces }: RestoreAsked, vmName: string): Record<string, string> {
  if (newVm) {
    const [, , , , group = '', , , , network = ''] = newVm.networkId.split('/');
    return {
      'Job Type': 'Recover VM to an alternate location',
      'Original VM Name': vmName,
      'Target VM Name': vmNameOf(newVm.id),
      'Target VNet Name': `Group ${group} ${network}`,
    };
  }
  return replaces ? {} : { 'Job Type': 'Recover disks', 'Target VM Name': 'vmName' };
}

/** Minutes from a snapshot, most of an hour from the vault, many hours from the archive tier. */
function duration(world: World, point: PointSpec, rehydrates: boolean): number {
  if (rehydrates) return span(world, 9 * 3600, 15 * 3600);
  return hasSnapshot(point) ? span(world, 180, 360) : span(world, 2400, 3600);
}

function refusedAtStart(world: World, item: ItemSpec): JobErrorSpec | null {
  const mine = world.state.jobs.filter((job) => same(job.vmId, item.vmId) && job.operation === 'Restore');
  const working = mine.filter(({ errors }) => errors?.[0]?.errorTitle !== BUSY.errorTitle);
  if (working.some(({ status }) => status === 'InProgress' || status === 'Cancelling')) return BUSY;
  const today = world.now().toISOString().slice(0, 10);
  return working.filter(({ start }) => start.startsWith(today)).length >= DAILY_LIMIT ? TOO_MANY : null;
}

function failureOf(fault: ReturnType<typeof takeJobFault>): JobErrorSpec | null {
  if (!fault) return null;
  const { errorCode, errorTitle, errorString, recommendations } = fault;
  return { errorCode, errorTitle, errorString, recommendations };
}
