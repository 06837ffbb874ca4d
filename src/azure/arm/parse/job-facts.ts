import type { AzureIaaSVMErrorInfo, AzureIaaSVMJob, JobResource } from '@azure/arm-recoveryservicesbackup';
import { ownOf } from '../../../core/own-of.ts';
import type { JobError, JobFacts, Staged } from '../../facts.ts';
import { parentId } from '../../../core/arm-id.ts';
import { errorText, listOf, numberOrNull, required, wordOrNull } from './azure-values.ts';
import { timeOrNull } from './azure-times.ts';

/** A job on a VM as the product sees it; null if it is on something else. */
export function jobFacts({ id, name, properties }: JobResource): JobFacts | null {
  const jobId = required(id, 'id');
  if (properties?.backupManagementType !== 'AzureIaasVM') return null;
  const job = properties as AzureIaaSVMJob;
  const status = required(job.status, 'status');
  return {
    id: jobId,
    name: required(name, 'name'),
    vaultId: parentId(jobId),
    vmName: wordOrNull(job.entityFriendlyName) ?? '',
    containerName: wordOrNull(job.containerName),
    operation: wordOrNull(job.operation) ?? '',
    status,
    startTime: timeOrNull(job.startTime),
    endTime: timeOrNull(job.endTime),
    activityId: wordOrNull(job.activityId),
    cancellable: status === 'InProgress' && mayBeCancelled(job.actionsInfo),
    errors: listOf(job.errorDetails).map(jobError),
    tasks: listOf(job.extendedInfo?.tasksList).map((task) => ({
      name: wordOrNull(task.taskId) ?? '',
      status: wordOrNull(task.status) ?? '',
    })),
    percent: percentOf(job),
    remainingMs: remainingOf(job),
    staged: stagedOf(job),
    bag: Object.values(job.extendedInfo?.propertyBag ?? {}).flatMap((value) => wordOrNull(value) ?? []),
  };
}

// Older responses have the action's number where newer ones have its name.
function mayBeCancelled(actions: readonly unknown[] | undefined): boolean {
  return listOf(actions).some((action) => action === 'Cancellable' || action === 1);
}

// Only restores have progress; a zero on another job would be shown as one.
function percentOf({ operation, extendedInfo }: AzureIaaSVMJob): number | null {
  return operation === 'Restore' ? numberOrNull(extendedInfo?.progressPercentage) : null;
}

const isoDuration = /^P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/;

// Azure writes durations of jobs as `PT8H25M24.79S`, and days with a `D`. Any other form is unknown.
function remainingOf({ operation, status, extendedInfo }: AzureIaaSVMJob): number | null {
  const told = wordOrNull(extendedInfo?.estimatedRemainingDuration);
  const found = operation === 'Restore' && status === 'InProgress' ? isoDuration.exec(told ?? '') : null;
  if (!found) return null;
  const [days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}

/** The account is named from the start, the rest only once it exists. */
function stagedOf({ operation, extendedInfo }: AzureIaaSVMJob): Staged | null {
  const told = extendedInfo?.propertyBag ?? {};
  const word = (name: string) => wordOrNull(ownOf(told, name));
  const container = word('Config Blob Container Name');
  if (operation !== 'Restore' || container === null) return null;
  return {
    account: word('Target Storage Account Name'),
    container,
    configBlob: word('Config Blob Name'),
    templateUri: word('Template Blob Uri'),
    encryptionInfoBlob: word('Encryption Info Blob Name') ?? word('Secured Encryption Info Blob Name'),
  };
}

function jobError(error: AzureIaaSVMErrorInfo): JobError {
  return {
    number: numberOrNull(error.errorCode),
    title: errorText(error.errorTitle),
    text: errorText(error.errorString),
    recommendations: listOf(error.recommendations).flatMap((text) => errorText(text) ?? []),
  };
}
