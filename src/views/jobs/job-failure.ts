/** Why a job failed, in words: what the checks find now comes first, and Azure's own words behind a button. */
import { adviceOn, nextStep, passes, type Advice } from '../../advice/advice.ts';
import {
  azureFacts,
  certificateBlocks,
  companyButtons,
  documentedCause,
  documentedFixes,
  knownReason,
  shortReason,
} from '../../advice/advice-words.ts';
import type { About } from '../../knowledge/index.ts';
import type { Block, Button, Section } from '../../message/card-data.ts';
import { failedTitle, restartTitle, shortFinding } from '../../message/rendering/cause-titles.ts';
import { companyFixes } from '../../message/company-words.ts';
import { findingPhrase } from '../../message/finding-phrase.ts';
import { recoverButton, restoreKeysButton } from '../../message/rendering/restore-keys-button.ts';
import { capital } from '../../message/verdict-texts.ts';
import { fixBlocks } from '../../message/rendering/fix-blocks.ts';
import type { Words } from '../../message/words.ts';
import { isBroughtBack } from '../../readiness/lost-keys.ts';
import { failedJobOf, type JobRow } from './job-row.ts';
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

/** The advice on it, with what the checks find now. */
function adviceOnJob({ context }: Words, job: FailedJob): Advice {
  const { finding = null, keks } = job.now ?? {};
  return adviceOn(failedJobOf({ ...job, finding, ...(keks && { keks }) }), context.company);
}

/** What the job failed for; null for one that the checks don't find any more, unless it is one that passes. */
function pastCause(words: Words, job: FailedJob): string | null {
  const advice = adviceOnJob(words, job);
  const isOver = job.now?.isClear && advice.because.is !== 'certificate' && !passes(advice);
  return advice.isBackup && !isOver ? shortReason(words, advice) : null;
}

/** Whether the job's card contains the fix for its VM, so that it needn't be looked up elsewhere. */
export function tellsFix(words: Words, { now }: Pick<FailedJob, 'now'>): boolean {
  return now?.finding != null && words.finding(now.finding).fix !== null;
}

/** What blocks the VM now and its fix; if nothing does, the documented cause with the fixes that fit. */
export function failureBody(words: Words, job: FailedJob, now: Date): Block[] {
  const { say } = words;
  const advice = adviceOnJob(words, job);
  const { because } = advice;
  const fixes = { kind: 'text', text: say('failed.fixes'), tone: 'strong' } as const;
  if (because.is === 'found') {
    const { text, fix } = words.finding(because.finding);
    return [{ kind: 'text', text }, ...(fix === null ? [] : [fixes, ...fixBlocks(fix)])];
  }
  const isClear = job.now?.isClear && because.is !== 'certificate';
  const clear: Block[] = isClear ? [{ kind: 'text', text: say('job.nothing-now', { vm: job.calledAs }) }] : [];
  const why = (value: string): Block => ({ kind: 'facts', facts: [{ title: say('failed.why'), value }] });
  switch (because.is) {
    case 'certificate':
      return [why(knownReason(words, advice) ?? ''), fixes, ...certificateBlocks(words, because.keks)];
    case 'company':
      return [...clear, why(because.entry.cause), ...companyFixes(words, because.entry)];
    case 'known':
      return [
        ...clear,
        why(documentedCause(words, advice) ?? ''),
        ...(isPassing(advice, job)
          ? [{ kind: 'text' as const, text: say('job.passes') }]
          : fixList(fixesOf(words, advice, { job, now }), say('failed.fixes'))),
      ];
    case 'several':
    case 'unknown':
      return [...clear, { kind: 'text', text: say('failed.no-advice') }, factsOf(words, job)];
  }
}

type At = { readonly job: FailedJob; readonly now: Date };

function fixesOf(words: Words, advice: Advice, { job, now }: At): string[] {
  const about: About = { ...(job.now?.about ?? nothingKnown(job)), vaultId: job.vaultId };
  return documentedFixes(words, advice, { about, now });
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
  const advice = adviceOnJob(words, job);
  const { is } = advice.because;
  if (is === 'unknown' || is === 'several') return [];
  const general = is === 'found' || is === 'certificate' ? documentedCause(words, advice) : null;
  const fixes = isPassing(advice, job) ? fixesOf(words, advice, { job, now }) : [];
  const azure = factsOf(words, job);
  const said: Block[] = [
    ...(azure.facts.length > 0 ? [azure] : []),
    ...(general === null ? [] : [{ kind: 'text' as const, text: general }]),
  ];
  return [
    ...(fixes.length > 0 ? [{ title: words.say('failed.fixes'), body: fixList(fixes) }] : []),
    ...(said.length > 0 ? [{ title: words.say('fold.azure-says'), body: said }] : []),
  ];
}

function factsOf(words: Words, { codes, says, activityId: requestId }: FailedJob) {
  return azureFacts(words, { codes, says, requestId });
}

function isPassing(advice: Advice, { isOver }: FailedJob): boolean {
  return !isOver && passes(advice);
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
  if (job.isOver || nextStep(adviceOnJob(words, job)) !== 'back-up') return [];
  const data = { command: `backup now ${job.calledAs}` };
  return [{ title: words.say('button.back-up-now'), verb: 'command', data, withInputs: false }];
}

/** For an undocumented error, an administrator can write what it means, or change the entry. */
export function causeButtons(words: Words, job: FailedJob): Button[] {
  return companyButtons(words, adviceOnJob(words, job), job.id);
}

function nothingKnown({ vm: name, calledAs }: FailedJob): WhyNow['about'] {
  const group = calledAs.lastIndexOf('/');
  const vm = { name, resourceGroup: group < 0 ? null : calledAs.slice(0, group) };
  return { os: null, keyVault: null, hasAccess: false, vm };
}
