/** Why a job failed, in one sentence, and what there is to do about it. */
import { diagnose, isMendedByBackup, shortOf, wordsOf, type Diagnosis } from '../../knowledge/index.ts';
import { findingInRow } from '../../message/rendering/cause-titles.ts';
import { companyCause } from '../../message/company-words.ts';
import { capital } from '../../message/verdict-texts.ts';
import type { FindingToSay, Words } from '../../message/words.ts';
import { operationOf, type JobRow } from './job-row.ts';

/** A failed job, or what several failed jobs have in common. `finding`: what the checks find now. */
type FailedJobs = Pick<JobRow, 'operation' | 'codes' | 'says'> & { readonly finding?: FindingToSay | null };

/**
 * What there is to do: `check` the VM, whose card has the fix; `back-up`, since that may be all it takes; read the
 * fixes on the card of the job, or only what Azure says there.
 */
type NextStep = 'check' | 'back-up' | 'read-fixes' | 'read-job';

/** What is known of the error, in the table or from the company. `key` is that of the error. */
export function diagnosisOf({ context }: Words, failed: FailedJobs, key: () => string): Diagnosis {
  const { codes, says } = failed;
  const failure = { codes, texts: says, operation: operationOf(failed), origin: 'backup-job' } as const;
  return diagnose(failure, { entries: context.company, key });
}

/**
 * Why a job failed, in one sentence: what the checks find, otherwise the knowledge's words, the company's, or Azure's.
 * The job's card has the rest.
 */
export function causeOf(words: Words, failed: FailedJobs, key: () => string): string {
  const { locale } = words.context;
  if (failed.finding) return findingInRow(words, failed.finding);
  const diagnosis = diagnosisOf(words, failed, key);
  if (diagnosis.kind === 'known') return firstSentence(wordsOf(diagnosis.entry, locale).cause, locale);
  if (diagnosis.kind === 'company') return companyCause(words, diagnosis.entry);
  return firstSentence(failed.says.join(' ') || failed.codes.join(' · '), locale);
}

/** The same for a row: in a few words, if the knowledge has them, as in titles. */
export function causeInRow(words: Words, failed: FailedJobs, key: () => string): string {
  const short = failed.finding ? null : shortCause(words, failed, key);
  return short ? capital(short) : causeOf(words, failed, key);
}

/** The knowledge's reason for a title; null: it doesn't know the error. */
export function shortCause(words: Words, failed: FailedJobs, key: () => string): string | null {
  const diagnosis = diagnosisOf(words, failed, key);
  return diagnosis.kind === 'known' ? shortOf(diagnosis.entry, words.context.locale) : null;
}

/** What there is to do about it, as far as the checks and the knowledge say. */
export function nextStep(words: Words, failed: FailedJobs, key: () => string): NextStep {
  if (failed.finding) return 'check';
  const diagnosis = diagnosisOf(words, failed, key);
  if (diagnosis.kind === 'company') return 'read-fixes';
  if (diagnosis.kind !== 'known') return 'read-job';
  return isBackup(failed) && isMendedByBackup(diagnosis.entry) ? 'back-up' : 'read-fixes';
}

/** Whether it is an error that passes by itself, as far as the knowledge says, and nothing blocks the VM now. */
export function passes(words: Words, failed: FailedJobs, key: () => string): boolean {
  const diagnosis = failed.finding ? null : diagnosisOf(words, failed, key);
  return diagnosis?.kind === 'known' && diagnosis.entry.transient && isBackup(failed);
}

/** The first sentence of a text. */
export function firstSentence(text: string, locale: string): string {
  const [first] = new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text.replace(/\s+/g, ' ').trim());
  return first?.segment.trim() ?? '';
}

function isBackup({ operation }: FailedJobs): boolean {
  return /^Backup$/i.test(operation);
}
