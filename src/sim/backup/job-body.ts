import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';
import type { JobSpec, TaskSpec } from '../state/state-backup.ts';
import type { World } from '../state/world.ts';
import { isoDuration, millis, NOT_YET } from '../times.ts';

/** A job in a list: without tasks and property bag, but with errors. */
export function jobBody(call: Call, job: JobSpec): JsonBody {
  return body(call, job, {});
}

/** A job alone: with `extendedInfo`. */
export function wholeJobBody(call: Call, job: JobSpec): JsonBody {
  return body(call, job, {
    extendedInfo: {
      tasksList: job.tasks.map((task) => taskBody(call, task)),
      propertyBag: job.bag,
      ...(job.internalBag ? { internalPropertyBag: job.internalBag } : {}),
      ...progressBody(call, job),
    },
  });
}

function body(call: Call, job: JobSpec, more: JsonBody): JsonBody {
  const end = job.end ? millis(job.end) : call.world.now().getTime();
  return {
    id: `${job.vaultId}/backupJobs/${job.id}`,
    name: job.id,
    type: 'Microsoft.RecoveryServices/vaults/backupJobs',
    properties: {
      jobType: 'AzureIaaSVMJob',
      ...(job.cancellable ? { actionsInfo: isOld(call) ? [1] : ['Cancellable'] } : {}),
      containerName: job.container,
      duration: isoDuration(end - millis(job.start)),
      ...(job.errors ? { errorDetails: job.errors } : {}),
      virtualMachineVersion: 'Compute',
      ...more,
      entityFriendlyName: job.vmName,
      backupManagementType: 'AzureIaasVM',
      operation: job.operation,
      status: job.status,
      startTime: job.start,
      ...(job.end ? { endTime: job.end } : {}),
      activityId: job.activityId,
    },
  };
}

/** Only restores have it. */
function progressBody(call: Call, job: JobSpec): JsonBody {
  const percent = progressOf(call.world, job);
  return percent === null ? {} : { progressPercentage: percent };
}

/**
 * The progress of a restore as recorded twice (azure-cli, test_backup_restore; azure-powershell, TestAzureVMRestore): 1
 * for minutes, 99 near the end, 100 after it; no recording has an estimate of the time left.
 */
function progressOf(world: World, job: JobSpec): number | null {
  if (!job.restore) return null;
  if (job.end) return job.status === 'Completed' ? 100 : 1;
  const start = millis(job.start);
  const passed = (world.now().getTime() - start) / Math.max(1, job.restore.due - start);
  return passed < 0.9 ? 1 : 99;
}

/** Before 2023 a task had neither times nor a type, and its duration stayed zero. */
function taskBody(call: Call, task: TaskSpec): JsonBody {
  if (isOld(call)) return { taskId: task.id, duration: 'PT0S', status: task.status };
  const end = task.end ? millis(task.end) : call.world.now().getTime();
  return {
    taskId: task.id,
    startTime: task.start ?? NOT_YET,
    endTime: task.end ?? NOT_YET,
    duration: task.start ? isoDuration(end - millis(task.start)) : 'PT0S',
    status: task.status,
    taskType: 'Normal',
    ...(task.status === 'Completed' ? { taskExecutionDetails: detailsOf(task) } : {}),
  };
}

/**
 * "Details about execution of the task, eg: number of bytes transferred" (azure-rest-api-specs,
 * `AzureIaaSVMJobTaskDetails`). The texts themselves are made up.
 */
function detailsOf({ id }: TaskSpec): string {
  return /^transfer data/i.test(id) ? '19327352832 bytes transferred' : '';
}

function isOld(call: Call): boolean {
  return call.version < '2023-01-01';
}
