import type { AzureReads, JobFilter, OperationRef } from '../../gateway.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { vaultPath } from './backup-reads.ts';
import { everyPage } from './every-page.ts';
import { type Ask, orNull } from '../transport/observed-call.ts';
import { subject } from '../parse/azure-values.ts';
import { filterTime } from '../parse/azure-times.ts';
import { operationStatusOf } from '../parse/backup-answers.ts';
import { jobFacts } from '../parse/job-facts.ts';

type JobReads = Pick<AzureReads, 'jobs' | 'job' | 'operation' | 'refreshed'>;

/** Reads of backup jobs and of the operations that lead to them. */
export function jobReads(clients: ClientsOf, ask: Ask): JobReads {
  const backupOf = (id: string) => clients(subject(id).subscription).backup();
  return {
    jobs: (vaultId, filter) =>
      ask({ name: 'jobs', doing: `listing the jobs of ${vaultId}` }, async () => {
        const { backupJobs } = backupOf(vaultId);
        const all = await everyPage((options) =>
          backupJobs.list(...vaultPath(vaultId), { ...options, filter: filterText(filter) }),
        );
        return all.map(jobFacts).filter((job) => job !== null);
      }),

    job: (vaultId, jobId) =>
      ask({ name: 'job', doing: `reading job ${jobId}` }, async () => {
        const job = await orNull(backupOf(vaultId).jobDetails.get(...vaultPath(vaultId), jobId));
        return job && jobFacts(job);
      }),

    // By ID below the vault, and not by the signed URL of the response: every kind of operation is found there.
    operation: ({ vaultId, operationId }) =>
      ask({ name: 'operation', doing: `following operation ${operationId}` }, async () => {
        const { backupOperationStatuses } = backupOf(vaultId);
        const status = await orNull(backupOperationStatuses.get(...vaultPath(vaultId), operationId));
        return status && operationStatusOf(status);
      }),

    refreshed: (ref) =>
      ask({ name: 'refreshed', doing: `following refresh ${ref.operationId}` }, () => hasEnded(backupOf, ref)),
  };
}

// A refresh has no status to read: its result is 202 while it runs and 204 at its end.
async function hasEnded(
  backupOf: (id: string) => ReturnType<ReturnType<ClientsOf>['backup']>,
  { vaultId, operationId }: OperationRef,
): Promise<boolean> {
  let status = 0;
  await backupOf(vaultId).protectionContainerRefreshOperationResults.get(...vaultPath(vaultId), 'Azure', operationId, {
    onResponse: (raw) => {
      status = raw.status;
    },
  });
  return status !== 202;
}

function filterText({ from, to, status, operation }: JobFilter): string {
  return [
    ...(status ? [`status eq '${status}'`] : []),
    ...(operation ? [`operation eq '${operation}'`] : []),
    `startTime eq '${filterTime(from)}'`,
    `endTime eq '${filterTime(to)}'`,
  ].join(' and ');
}
