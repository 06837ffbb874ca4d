import type { JobFacts } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import { groupAndName, vmIdOfJob } from '../../azure/job-vm.ts';
import { errorKey } from '../../knowledge/index.ts';
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
};

/** The kind of operation that a job carries out, as the knowledge distinguishes them. */
export function operationOf({ operation }: Pick<JobRow, 'operation'>): 'backup' | 'restore' | 'configure' {
  return /^ConfigureBackup$/i.test(operation) ? 'configure' : /^Restore$/i.test(operation) ? 'restore' : 'backup';
}

/** The key of a job's error; all failures with the same key are one. */
export function errorKeyOf({ vm, calledAs, vault, codes, says }: JobOfKey): string {
  return errorKey({ codes, texts: says, names: namesOf({ vm, calledAs, vault }) });
}

type JobOfKey = Pick<JobRow, 'vm' | 'calledAs' | 'vault' | 'codes' | 'says'>;

/** The words of a job's VM that the text of an error may quote. */
export function namesOf({ vm, calledAs, vault }: Pick<JobRow, 'vm' | 'calledAs' | 'vault'>): string[] {
  return [vm, vault, ...(calledAs.includes('/') ? [calledAs.slice(0, calledAs.lastIndexOf('/'))] : [])];
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
