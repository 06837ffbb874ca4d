import type { JobFacts } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import { groupAndName, vmIdOfJob } from '../../azure/job-vm.ts';
import type { Failed } from '../../advice/advice.ts';
import type { FindingToSay } from '../../message/words.ts';
import type { WhyNow } from './why-now.ts';

/** One job as a row; times are ISO texts. */
export type JobRow = {
  readonly id: string;
  /** Its VM's ID in lower case; absent if Azure omitted the container, or the previous release stored the list. */
  readonly vmKey?: string;
  readonly vm: string;
  /** The VM with its group, as it can be typed. */
  readonly calledAs: string;
  readonly vault: string;
  readonly operation: string;
  readonly status: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly codes: readonly string[];
  readonly says: readonly string[];
  /** What blocks the VM now, if a job failed and the checks know it. */
  readonly finding?: WhyNow['finding'];
  /** The VM's KEKs, if a job failed and Azure Backup has all the access that it needs. */
  readonly keks?: WhyNow['keks'];
};

/** A failed job, for advice on it; `finding` and `keks` are what the checks find now. */
export function failedJobOf(job: FailedRow): Failed {
  const { vm, vault, calledAs, operation, codes, says, finding, keks } = job;
  const group = calledAs.includes('/') ? [calledAs.slice(0, calledAs.lastIndexOf('/'))] : [];
  const names = [vm, vault, ...group];
  const isBackup = /^Backup$/i.test(operation);
  return { codes, says, of: kindOf(operation), origin: 'backup-job', isBackup, names, finding, keks };
}

type FailedRow = Pick<JobRow, 'vm' | 'vault' | 'calledAs' | 'operation' | 'codes' | 'says' | 'keks'> & {
  readonly finding?: FindingToSay | null;
};

/** The kind of operation that a job carries out, as the knowledge distinguishes them. */
function kindOf(operation: string): Failed['of'] {
  if (/^ConfigureBackup$/i.test(operation)) return 'configure';
  return /^Restore$/i.test(operation) ? 'restore' : 'backup';
}

/** A job's row. */
export function rowOf(job: JobFacts, vault: string): JobRow {
  const vmId = vmIdOfJob(job);
  const codes = job.errors.flatMap((error) => [error.title, error.number === null ? null : String(error.number)]);
  return {
    id: job.name,
    ...(vmId !== null && { vmKey: keyOfId(vmId) }),
    vm: job.vmName,
    calledAs: groupAndName(job),
    vault,
    operation: job.operation,
    status: job.status,
    start: job.startTime?.toISOString() ?? null,
    end: job.endTime?.toISOString() ?? null,
    codes: codes.filter((code) => code !== null),
    says: job.errors.flatMap((error) => (error.text ? [error.text] : [])),
  };
}
