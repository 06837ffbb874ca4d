import type { AzureFaultFacts } from '../../azure/faults.ts';
import type { JobFacts, OperationStatus } from '../../azure/gateway.ts';
import type { Failure, Outcome, InternalFailure } from './part.ts';

const nothing = { codes: [], says: [], internal: null, requestId: null, jobId: null } as const;

/** A refused call. */
export function failedCall(fault: AzureFaultFacts): Outcome {
  const codes = fault.code ? [fault.code] : [];
  const says = fault.says ? [fault.says] : [];
  return { ended: 'failed', failure: { ...nothing, origin: 'arm', codes, says, requestId: fault.requestId } };
}

/** A long-running operation that failed: it carries the symbolic code. */
export function failedOperation(status: OperationStatus, requestId: string | null): Outcome {
  const codes = status.error?.code ? [status.error.code] : [];
  const says = status.error?.message ? [status.error.message] : [];
  return {
    ended: 'failed',
    failure: { ...nothing, origin: 'backup-operation', codes, says, requestId, jobId: status.jobId },
  };
}

/** What a failed job reports: a number, a title that is the symbolic code, a text. */
export function failureOfJob(job: JobFacts, requestId: string | null): Failure {
  const codes = job.errors.flatMap((error) => [error.title, error.number === null ? null : String(error.number)]);
  return {
    ...nothing,
    origin: 'backup-job',
    codes: codes.filter((code) => code !== null),
    says: job.errors.flatMap((error) => (error.text ? [error.text] : [])),
    recommends: job.errors.flatMap((error) => error.recommendations),
    requestId: requestId ?? job.activityId,
    jobId: job.name,
  };
}

/** A failure without an error from Azure. */
export function failedInternally(
  internal: InternalFailure,
  jobId: string | null = null,
  requestId: string | null = null,
): Outcome {
  return { ended: 'failed', failure: { ...nothing, origin: 'internal', internal, jobId, requestId } };
}
