/** The error that somebody means by a job or by an entry, read anew at each press: a client's word is no evidence. */
import type { CompanyEntries, CompanyEntry } from '../../core/company-entry.ts';
import { parseArmId } from '../../core/arm-id.ts';
import { digestOf } from '../../core/digest.ts';
import { diagnose, fragmentOf } from '../../knowledge/index.ts';
import type { Queries } from '../../store/database.ts';
import { failedJob } from '../../store/vault-polls.ts';
import { errorKeyOf, namesOf, operationOf, rowOf } from '../../views/jobs/job-row.ts';
import { storedJob } from '../alerts/stored-job.ts';

/** An error, and what is written of it; null: nothing yet. */
export type ErrorSeen = {
  readonly error: Omit<CompanyEntry, 'cause' | 'fixes' | 'by' | 'at'>;
  readonly entry: CompanyEntry | null;
};

/** Why nothing can be written: no such job, or the knowledge has its error, or Azure gave nothing to tell it by. */
export type NotToWrite = 'no-job' | 'documented' | 'silent';

/** Finds it by the id of a failed job (its first eight characters are enough), or by that of an entry. */
export async function errorOf(
  q: Queries,
  asked: string,
  written: CompanyEntries,
): Promise<ErrorSeen | { readonly not: NotToWrite }> {
  const id = asked.toLowerCase();
  const entry = [...written.values()].find((one) => one.id === id);
  if (entry) return { error: entry, entry };
  const stored = /^[0-9a-f-]{8,36}$/.test(id) ? await failedJob(q, id) : null;
  if (!stored) return { not: 'no-job' };
  const job = storedJob(stored);
  const row = rowOf(job, parseArmId(job.vaultId)?.name ?? job.vaultId);
  const { codes, says } = row;
  const operation = operationOf(row);
  const found = diagnose({ codes, texts: says, operation, origin: 'backup-job' });
  if (found.kind !== 'unknown') return { not: 'documented' };
  if (codes.length + says.length === 0) return { not: 'silent' };
  const key = errorKeyOf(row);
  const fragment = fragmentOf(says, namesOf(row));
  const error = { id: digestOf(key).slice(0, 8), key, operation, codes, says, fragment };
  return { error, entry: written.get(key) ?? null };
}
