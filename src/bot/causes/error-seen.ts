/**
 * The error that somebody means by a job, an operation or an entry, read again at each press: what a client sends is no
 * evidence.
 */
import type { CompanyEntries, CompanyEntry } from '../../core/company-entry.ts';
import { z } from 'zod';
import type { JobFacts } from '../../azure/gateway.ts';
import { undocumentedError } from '../../advice/advice.ts';
import { failedOf } from '../../operations/cards/failure-lines.ts';
import { readOperation } from '../../operations/stored-operation.ts';
import { operationById } from '../../store/operations.ts';
import { parseArmId } from '../../core/arm-id.ts';
import { ownOf } from '../../core/own-of.ts';
import { digestOf } from '../../core/digest.ts';
import type { Queries } from '../../store/database.ts';
import { failedJob } from '../../store/vault-polls.ts';
import { failedJobOf, rowOf } from '../../views/jobs/job-row.ts';
import { storedJob } from '../alerts/stored-job.ts';

/** An error, and the company's entry for it; null: none yet. */
export type ErrorSeen = {
  readonly error: Omit<CompanyEntry, 'cause' | 'fixes' | 'by' | 'at'>;
  readonly entry: CompanyEntry | null;
};

/**
 * Why no entry can be written: there is no such job, its error is documented, or Azure gave nothing to recognise it by.
 */
export type NotToWrite = 'no-job' | 'documented' | 'silent';

/**
 * Finds it by the ID of a failed job (its first eight characters are enough), of an operation in which Azure refused a
 * call, or of an entry.
 */
export async function errorOf(
  q: Queries,
  asked: string,
  written: CompanyEntries,
): Promise<ErrorSeen | { readonly not: NotToWrite }> {
  const id = asked.toLowerCase();
  const entry = [...written.values()].find((one) => one.id === id);
  if (entry) return { error: entry, entry };
  const stored = /^[0-9a-f-]{8,36}$/.test(id) ? await failedJob(q, id) : null;
  const error = stored ? errorOfJob(storedJob(stored)) : await errorOfOperation(q, id);
  if (typeof error === 'string') return { not: error };
  return { error: { ...error, id: digestOf(error.key).slice(0, 8) }, entry: written.get(error.key) ?? null };
}

type ErrorFound = Omit<ErrorSeen['error'], 'id'> | NotToWrite;

function errorOfJob(job: JobFacts): ErrorFound {
  return undocumentedError(failedJobOf(rowOf(job, parseArmId(job.vaultId)?.name ?? job.vaultId)));
}

/** The error of the part that decided the operation's end, as on its card. */
async function errorOfOperation(q: Queries, id: string): Promise<ErrorFound> {
  const stored = z.uuid().safeParse(id).success ? await operationById(q, id) : null;
  const read = stored && readOperation(stored);
  for (const part of read?.plan.parts ?? []) {
    const outcome = ownOf(read?.parts ?? {}, part.id)?.outcome;
    if (outcome?.ended !== 'failed') continue;
    return outcome.failure.internal ? 'no-job' : undocumentedError(failedOf(part, outcome.failure));
  }
  return 'no-job';
}
