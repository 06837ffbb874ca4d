import type { Call } from '../http/call.ts';
import type { JobSpec } from '../state/state-backup.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { andTerms, wanted } from '../http/filter.ts';
import { page } from '../http/paging.ts';
import { pollUrl } from '../http/signed-url.ts';
import { same } from '../ids.ts';
import { millis } from '../times.ts';
import { span } from '../state/world.ts';
import { theJob, theVaultId } from './find.ts';
import { jobBody, wholeJobBody } from './job-body.ts';
import { accepted, startOperation } from './operations.ts';
import { later } from '../state/later.ts';

/** GET of a vault's jobs, newest first. The times in a filter are bounds, although they are written with `eq`. */
export function listJobs(call: Call): Reply {
  const vaultId = theVaultId(call);
  const terms = andTerms(call.query.get('$filter'));
  const status = wanted(terms, 'status');
  const operation = wanted(terms, 'operation');
  const id = wanted(terms, 'jobId');
  const kind = wanted(terms, 'backupManagementType');
  const from = bound(wanted(terms, 'startTime'));
  const until = bound(wanted(terms, 'endTime'));
  if (kind && !same(kind, 'AzureIaasVM')) return ok({ value: [] }, 'backup');
  const found = call.world.state.jobs.flatMap((job) => {
    if (!same(job.vaultId, vaultId)) return [];
    if ((status && !same(job.status, status)) || (operation && !same(job.operation, operation))) return [];
    if (id && !same(job.id, id)) return [];
    const at = millis(job.start);
    return (from === null || at >= from) && (until === null || at <= until) ? [{ job, at }] : [];
  });
  const newestFirst = found.toSorted((one, other) => other.at - one.at).map(({ job }) => job);
  return ok(
    page<JobSpec>(call, newestFirst, (job) => jobBody(call, job)),
    'backup',
  );
}

/** GET of one job, with its tasks. */
export function showJob(call: Call): Reply {
  return ok(wholeJobBody(call, theJob(call)), 'backup');
}

/**
 * POST cancel: accepted while the snapshot is being taken; then the job and all its tasks become Cancelling, and soon
 * Cancelled. It is refused afterwards.
 */
export function cancelJob(call: Call): Reply {
  const job = theJob(call);
  if (job.status === 'InProgress' && job.cancellable && !isTransferring(job)) {
    job.status = 'Cancelling';
    for (const task of job.tasks) task.status = 'Cancelling';
    call.world.state.pending = call.world.state.pending.filter(
      (effect) => !('jobId' in effect) || effect.jobId !== job.id,
    );
    later(call.world, span(call.world, 20, 60), { kind: 'cancel-ends', jobId: job.id });
  } else if (job.status !== 'Cancelling') {
    throw refusal(job);
  }
  const operation = startOperation(call.world, job.vaultId, { status: 'Succeeded' });
  const path = `${job.vaultId}/backupJobs/${job.id}`;
  return accepted(call, {
    status: pollUrl(call, `${path}/operationsStatus/${operation.id}`, '2019-05-13-preview'),
    result: pollUrl(call, `${path}/operationResults/${operation.id}`),
  });
}

/** The texts are documented, the codes are this simulator's own. */
function refusal(job: JobSpec): ArmRefusal {
  if (!job.cancellable) {
    return new ArmRefusal(
      400,
      'BMSUserErrorCancelNotSupported',
      'Cancellation is not supported for this job type. Please wait until the job completes.',
    );
  }
  if (job.status === 'InProgress') {
    return new ArmRefusal(
      400,
      'BMSUserErrorJobNotCancellable',
      'The job is not in a cancelable state. Please wait until the job completes.',
    );
  }
  return new ArmRefusal(
    400,
    'BMSUserErrorJobNotInProgress',
    'Cannot cancel the job because it is not in progress. Please wait until the job completes or retry the operation.',
  );
}

function isTransferring(job: JobSpec): boolean {
  return job.operation === 'Backup' && job.tasks[0]?.status === 'Completed';
}

/** Azure accepts both its own 12-hour format without a time zone, meaning UTC, and ISO 8601. */
function bound(text: string | undefined): number | null {
  if (!text) return null;
  const iso = Date.parse(/Z$|[+-]\d\d:\d\d$/.test(text) ? text : `${text} UTC`);
  if (Number.isNaN(iso))
    throw new ArmRefusal(400, 'BMSUserErrorInvalidInput', `Input provided for the call is invalid: ${text}`);
  return iso;
}
