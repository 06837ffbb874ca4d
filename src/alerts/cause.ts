import { diagnose, errorKey } from '../knowledge/index.ts';
import { words, type FindingToSay } from '../message/words.ts';
import type { JobRow } from '../views/jobs/job-row.ts';
import type { FailureCause } from './alert.ts';

/** A cause's key isn't for people; it has to be the same for every reader of the alert. */
const { finding: said } = words({ locale: 'en', timeZone: 'UTC', simulated: false });

/**
 * Why a job failed, with its key: what the checks find now; otherwise the documented entry; otherwise Azure's code and
 * text without what differs from VM to VM. `names` are words for the VM that the text may quote.
 */
export function causeOfJob(
  { operation, codes, says }: Pick<JobRow, 'operation' | 'codes' | 'says'>,
  finding: FindingToSay | null,
  names: readonly string[],
): FailureCause {
  const cause = { kind: 'backup-failed', finding, operation, codes, says } as const;
  if (finding) return { ...cause, key: `finding ${finding.code} ${said(finding).title}` };
  const diagnosis = diagnose({ codes, texts: says, operation: 'backup', origin: 'backup-job' });
  if (diagnosis.kind === 'known') return { ...cause, key: `known ${diagnosis.entry.id}` };
  return { ...cause, key: errorKey({ codes, texts: says, names }) };
}
