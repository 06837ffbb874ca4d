/** Why a job failed, in words: what the checks find now comes first, and Azure's own words behind a button. */
import { fixesFor, wordsOf, type Entry } from '../../knowledge/index.ts';
import type { Block, Button, Section } from '../../message/card-data.ts';
import { failedTitle, restartTitle, shortFinding } from '../../message/rendering/cause-titles.ts';
import { companyButton, companyFixes } from '../../message/company-words.ts';
import { findingPhrase } from '../../message/finding-phrase.ts';
import { recoverButton, restoreKeysButton } from '../../message/rendering/restore-keys-button.ts';
import { toldFacts } from '../../message/rendering/told-facts.ts';
import { capital } from '../../message/verdict-texts.ts';
import { fixBlocks } from '../../message/rendering/fix-blocks.ts';
import type { Words } from '../../message/words.ts';
import { isBroughtBack } from '../../readiness/lost-keys.ts';
import { diagnosisOf, nextStep, passes, shortCause } from './cause-of.ts';
import { errorKeyOf, type JobRow } from './job-row.ts';
import type { WhyNow } from './why-now.ts';

/** A failed job. `now` is null if its VM could not be read; `inRow`: how many backups in a row have failed. */
type FailedJob = Pick<JobRow, 'id' | 'vm' | 'vault' | 'operation' | 'codes' | 'says'> & {
  readonly vaultId: string;
  readonly activityId: string | null;
  readonly calledAs: string;
  readonly now: WhyNow | null;
  readonly inRow: number;
  /** The VM has been backed up since. */
  readonly isOver?: boolean;
};

/** The verdict on a job whose cause is known, and the sentence that adds to it; null: it isn't known. */
export function failureVerdict(words: Words, job: FailedJob): { readonly title: string; readonly why: string } | null {
  const { say } = words;
  const finding = job.now?.finding;
  const why = finding ? findingPhrase(words, finding) : pastCause(words, job);
  if (!why) return null;
  const inRow = say('job.in-row', { count: job.inRow });
  const warning = finding && restartTitle(words, finding, { vm: job.calledAs, fails: true });
  if (warning) return { title: warning, why: [capital(why), inRow].join(' · ') };
  const short = finding ? shortFinding(words, finding) : why;
  const { title, isWhole } = failedTitle(words, { vm: job.calledAs }, [why, short]);
  const names = title.includes(job.calledAs) ? [] : [job.calledAs];
  return { title, why: [...(isWhole ? [] : [...names, capital(why)]), inRow].join(' · ') };
}

/** What the job failed for; null for one that the checks don't find any more, unless it is one that passes. */
function pastCause(words: Words, job: FailedJob): string | null {
  const key = () => errorKeyOf(job);
  if (!/^Backup$/i.test(job.operation) || (job.now?.isClear && !passes(words, failedNow(job), key))) return null;
  return shortCause(words, job, key);
}

/** Whether the job's card contains the fix for its VM, so that it needn't be looked up elsewhere. */
export function tellsFix(words: Words, { now }: Pick<FailedJob, 'now'>): boolean {
  return now?.finding != null && words.finding(now.finding).fix !== null;
}

/** What blocks the VM now and its fix; if nothing does, the documented cause with the fixes that fit. */
export function failureBody(words: Words, job: FailedJob, now: Date): Block[] {
  const { say } = words;
  if (job.now?.finding) {
    const { text, fix } = words.finding(job.now.finding);
    return [
      { kind: 'text', text },
      ...(fix === null
        ? []
        : [{ kind: 'text' as const, text: say('failed.fixes'), tone: 'strong' as const }, ...fixBlocks(fix)]),
    ];
  }
  const clear: Block[] = job.now?.isClear ? [{ kind: 'text', text: say('job.nothing-now', { vm: job.calledAs }) }] : [];
  const diagnosis = diagnosisOf(words, job, () => errorKeyOf(job));
  if (diagnosis.kind === 'company') {
    const why = { title: say('failed.why'), value: diagnosis.entry.cause };
    return [...clear, { kind: 'facts', facts: [why] }, ...companyFixes(words, diagnosis.entry)];
  }
  if (diagnosis.kind !== 'known')
    return [...clear, { kind: 'text', text: say('failed.no-advice') }, azureFacts(words, job)];
  const why = wordsOf(diagnosis.entry, words.context.locale).cause;
  return [
    ...clear,
    { kind: 'facts', facts: [{ title: say('failed.why'), value: why }] },
    ...(isPassing(words, job)
      ? [{ kind: 'text' as const, text: say('job.passes') }]
      : fixList(fixesOf(words, { job, entry: diagnosis.entry, now }), say('failed.fixes'))),
  ];
}

function fixesOf(words: Words, { job, entry, now }: { job: FailedJob; entry: Entry; now: Date }): string[] {
  const about = { ...(job.now?.about ?? nothingKnown(job)), vaultId: job.vaultId };
  return fixesFor(entry, { locale: words.context.locale, now }, about);
}

function fixList(fixes: readonly string[], heading?: string): Block[] {
  const items = fixes.map((text) => ({ text }));
  return items.length === 0 ? [] : [{ kind: 'list', ordered: true, ...(heading && { heading }), items }];
}

/**
 * The fixes of an error that is often temporary, for when another backup fails too; what Azure said, and what the
 * documentation says about that in general, unless it is already on the card.
 */
export function failureDetails(words: Words, job: FailedJob, now: Date): Section[] {
  const diagnosis = diagnosisOf(words, job, () => errorKeyOf(job));
  if (!job.now?.finding && diagnosis.kind !== 'known' && diagnosis.kind !== 'company') return [];
  const general: Block[] =
    job.now?.finding && diagnosis.kind === 'known'
      ? [{ kind: 'text', text: wordsOf(diagnosis.entry, words.context.locale).cause }]
      : [];
  const fixes =
    diagnosis.kind === 'known' && isPassing(words, job) ? fixesOf(words, { job, entry: diagnosis.entry, now }) : [];
  const azure = azureFacts(words, job);
  const said = [...(azure.facts.length > 0 ? [azure] : []), ...general];
  return [
    ...(fixes.length > 0 ? [{ title: words.say('failed.fixes'), body: fixList(fixes) }] : []),
    ...(said.length > 0 ? [{ title: words.say('fold.azure-says'), body: said }] : []),
  ];
}

function azureFacts({ say }: Words, { codes, says, activityId }: FailedJob) {
  return toldFacts([
    [say('failed.code'), codes.join(' · ')],
    [say('failed.azure-says'), says.join(' ')],
    [say('failed.request'), activityId ?? ''],
  ]);
}

function isPassing(words: Words, job: FailedJob): boolean {
  return !job.isOver && passes(words, failedNow(job), () => errorKeyOf(job));
}

/**
 * Recovers its deleted key vault, or restores it where its keys are lost; backs it up again where that may be all it
 * takes and hasn't happened yet.
 */
export function againButtons(words: Words, job: FailedJob): Button[] {
  const [finding, recovers] = [job.now?.finding, job.now?.finding?.recovers === true];
  const first = recovers ? [recoverButton(words, job)] : [];
  if (finding && isBroughtBack(finding) && job.now?.lastPoint !== null) {
    const restores = restoreKeysButton(words, job);
    return [...first, recovers ? { ...restores, style: 'default' } : restores];
  }
  if (recovers) return first;
  if (job.isOver || nextStep(words, failedNow(job), () => errorKeyOf(job)) !== 'back-up') return [];
  const data = { command: `backup now ${job.calledAs}` };
  return [{ title: words.say('button.back-up-now'), verb: 'command', data, withInputs: false }];
}

/** The job with what the checks find now. */
function failedNow(job: FailedJob): FailedJob & { readonly finding: WhyNow['finding'] } {
  return { ...job, finding: job.now?.finding ?? null };
}

/** For an undocumented error, an administrator can write what it means, or change the entry. */
export function causeButtons(words: Words, job: FailedJob): Button[] {
  const { kind } = diagnosisOf(words, job, () => errorKeyOf(job));
  if (job.now?.finding || (kind !== 'unknown' && kind !== 'company')) return [];
  return [companyButton(words, { of: job.id, isWritten: kind === 'company' })];
}

function nothingKnown({ vm: name, calledAs }: FailedJob): WhyNow['about'] {
  const group = calledAs.lastIndexOf('/');
  const vm = { name, resourceGroup: group < 0 ? null : calledAs.slice(0, group) };
  return { os: null, keyVault: null, hasAccess: false, vm };
}
