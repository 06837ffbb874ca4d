import { ownOf } from '../core/own-of.ts';
import { diagnose, errorKey } from '../knowledge/index.ts';
import { words, type FindingToSay } from '../message/words.ts';
import type { JobRow } from '../views/jobs/job-row.ts';
import type { FailureCause, FoundNow } from './alert.ts';

/** A cause's key isn't for people; it has to be the same for every reader of the alert. */
const { finding: said } = words({ locale: 'en', timeZone: 'UTC', simulated: false });

const findingKey = 'finding';

/**
 * What a finding is about, beyond its title: KEKs in two key vaults may have one name, and so may disks in two resource
 * groups. By check, the names of the params.
 */
const subjects: Readonly<Record<string, readonly string[]>> = {
  'kek-version': ['keyVault', 'version'],
  secret: ['keyVault', 'secret'],
  'disk-size': ['diskId'],
};

/**
 * Why a job failed, with its key: what the checks find now; otherwise the documented entry; otherwise Azure's code and
 * text without what differs from VM to VM. `names` are words for the VM that the text may quote.
 */
export function causeOfJob(
  { operation, codes, says }: Pick<JobRow, 'operation' | 'codes' | 'says'>,
  finding: FoundNow | null,
  names: readonly string[],
): FailureCause {
  const cause = { kind: 'backup-failed', finding, operation, codes, says } as const;
  if (finding) return { ...cause, key: keyOfFinding(finding) };
  const diagnosis = diagnose({ codes, texts: says, operation: 'backup', origin: 'backup-job' });
  if (diagnosis.kind === 'known') return { ...cause, key: `known ${diagnosis.entry.id}` };
  return { ...cause, key: errorKey({ codes, texts: says, names }) };
}

function keyOfFinding(finding: FindingToSay): string {
  const { code, params } = finding;
  const about = ownOf(subjects, code.split('.')[0] as string) ?? [];
  const named = about.map((name) => String(ownOf(params, name) ?? '').toLowerCase()).filter(Boolean);
  return [findingKey, code, said(finding).title, ...named].join(' ');
}

/**
 * Whether an open alert is that of a new cause, although its key says less: the previous release keyed a finding by its
 * code and title alone.
 */
export function isEarlierKey(earlier: string, key: string): boolean {
  return earlier.startsWith(`${findingKey} `) && key.startsWith(`${earlier} `);
}
