/** The wording of failed backups. */
import { adviceOn, nextStep, passes, type Advice } from '../advice/advice.ts';
import {
  azureFacts,
  certificateBlocks,
  companyButtons,
  documentedFixes,
  firstSentence,
  reason,
  shortReason,
} from '../advice/advice-words.ts';
import type { Block, Button } from '../message/card-data.ts';
import { failedTitle, restartTitle, shortFinding } from '../message/rendering/cause-titles.ts';
import { companyLines } from '../message/company-words.ts';
import { findingPhrase } from '../message/finding-phrase.ts';
import { jobsLink } from '../message/portal-link.ts';
import { fixBlocks } from '../message/rendering/fix-blocks.ts';
import { recoverButton, restoreKeysButton } from '../message/rendering/restore-keys-button.ts';
import { capital } from '../message/verdict-texts.ts';
import type { Words } from '../message/words.ts';
import { isBroughtBack } from '../readiness/lost-keys.ts';
import type { Affected, FailureCause } from './alert.ts';
import { shownCause } from './shown-cause.ts';
import { atOnce, commandButton, lastGoodOf, type Ended, type Over, type Telling } from './telling.ts';

/** The advice on an alert's failure. It is stored with the key of its error, if nothing else is known of it. */
function adviceOnCause({ context }: Words, { codes, says, finding, keks, key: knownKey }: FailureCause): Advice {
  const error = { codes, says, of: 'backup', origin: 'backup-job', isBackup: true, names: [], knownKey } as const;
  return adviceOn({ ...error, finding, keks }, context.company);
}

/** The parts of the card while these VMs fail. */
export function failedTelling(words: Words, cause: FailureCause, failing: readonly Affected[]): Telling {
  const [only] = failing as [Affected];
  return {
    ...toldOf(words, cause, failing),
    noteOf: (one, now) => exposureOf(words, one, now),
    fixes: fixesOf(words, cause, failing),
    ...buttonsOf(words, cause, failing),
    azure: azureOf(words, cause, failing),
    link: jobsLink(words.say('link.job'), only.vaultId),
  };
}

/** How it ended: these are backed up again; none if all of them fail for another cause. */
export function failedOver(words: Words, cause: FailureCause, { well, took }: Ended): Over {
  const { say } = words;
  const [only] = well;
  const title =
    well.length === 0
      ? say('alert.moved')
      : well.length === 1 && only
        ? say('alert.closed-one', { vm: only.name })
        : say('alert.closed-many', { count: well.length });
  return { title, why: say('alert.because', { why: reasonOf(words, cause), took }) };
}

/** The verdict, what didn't fit, and whether it is an error that passes. */
function toldOf(words: Words, cause: FailureCause, failing: readonly Affected[]): { title: string; rest: string } {
  const { title, rest } = verdictOf(words, cause, failing);
  const passing = passes(adviceOnCause(words, cause)) ? capital(words.say('failures.passes')) : '';
  const clear = isCleared(words, cause) ? words.say('alert.clear') : '';
  return { title, rest: [clear, rest, passing].filter(Boolean).join(' · ') };
}

/** Whether nothing stops the next backup any more, so that what is documented is only a guess. */
function isCleared(words: Words, cause: FailureCause): boolean {
  return cause.isClear === true && adviceOnCause(words, cause).because.is === 'known';
}

/** The verdict, always with its cause; `rest`: what didn't fit. One that forbids a restart comes before all else. */
function verdictOf(words: Words, cause: FailureCause, failing: readonly Affected[]): { title: string; rest: string } {
  const [only] = failing;
  const whom: { vm: string } | { count: number } =
    failing.length === 1 && only !== undefined ? { vm: only.name } : { count: failing.length };
  const warning = cause.finding && restartTitle(words, cause.finding, { ...whom, fails: true });
  if (warning) return { title: warning, rest: capital(sentence(words, cause)) };
  const { title, isWhole } = failedTitle(words, whom, [reasonOf(words, cause), shortReasonOf(words, cause)]);
  const names = 'vm' in whom && !title.includes(whom.vm) ? [whom.vm] : [];
  return { title, rest: isWhole ? '' : [...names, capital(sentence(words, cause))].join(': ') };
}

/** The cause as the reason in a title: in a few words, if the knowledge has them. */
function reasonOf(words: Words, cause: FailureCause): string {
  return shortReason(words, adviceOnCause(words, cause)) ?? sentence(words, cause);
}

/** The same as short as it gets: an error that nobody has documented is named by Azure's code. */
function shortReasonOf(words: Words, cause: FailureCause): string {
  if (cause.finding) return shortFinding(words, cause.finding);
  const { because } = adviceOnCause(words, cause);
  if (because.is === 'company') return firstSentence(because.entry.cause, words.context.locale).replace(/\.$/, '');
  if (because.is !== 'unknown') return reasonOf(words, cause);
  return cause.codes.find((code) => !/^\d+$/.test(code)) ?? reasonOf(words, cause);
}

/** The cause in one sentence, without its full stop. */
function sentence(words: Words, cause: FailureCause): string {
  const text = cause.finding
    ? firstSentence(findingPhrase(words, cause.finding), words.context.locale)
    : reason(words, adviceOnCause(words, cause), cause);
  return text.replace(/\.$/, '');
}

/** A VM's actual exposure: how often it failed, and since when it has had no good backup. */
function exposureOf(words: Words, one: Affected, now: Date): string {
  return words.say('alert.exposure', { count: one.failures, good: lastGoodOf(words, one, now) });
}

/** How to fix it, one after another: what the checks suggest, otherwise the documented fixes. */
function fixesOf(words: Words, cause: FailureCause, [only, ...others]: readonly Affected[]): Block[] {
  if (cause.finding) {
    const { fix } = words.finding(cause.finding);
    return fix === null ? [] : fixBlocks(fix);
  }
  // What is documented is a guess that the checks don't bear out any more; the job's card has it.
  if (isCleared(words, cause)) return [];
  const advice = adviceOnCause(words, cause);
  const { because } = advice;
  if (because.is === 'certificate') return certificateBlocks(words, because.keks);
  if (because.is === 'company') return companyLines(words, because.entry);
  if (because.is !== 'known') return [{ kind: 'text', text: words.say('alert.no-advice') }];
  const group = others.length === 0 ? only?.resourceGroup : null;
  const vm = only && group ? { name: only.name, resourceGroup: group } : null;
  const about = { os: null, keyVault: null, hasAccess: false, vm, vaultId: only && vm ? only.vaultId : null };
  const fixes = documentedFixes(words, advice, { about, now: new Date(only?.last ?? 0) });
  return fixes.map((text, at) => ({ kind: 'text', text: fixes.length > 1 ? `${at + 1}. ${text}` : text }));
}

/** Fixes come first, then details. An action of Kluis takes the path of a typed command, through the same gate. */
function buttonsOf(
  words: Words,
  cause: FailureCause,
  failing: readonly Affected[],
): Pick<Telling, 'buttons'> & { readonly more: readonly Button[] } {
  const job = failing.find(({ jobId }) => jobId !== null)?.jobId;
  const company = companyButtons(words, adviceOnCause(words, cause), job);
  const [action, ways] = [actionButton(words, cause, failing), fixButton(words, cause, failing)];
  const others: Button = { ...ways, style: 'default' };
  const [only] = failing as [Affected];
  // One recovery is enough for all of them, and is done from the card of any.
  if (cause.finding?.recovers) {
    const recovers = recoverButton(words, { calledAs: only.calledAs, vm: only.name });
    const restores: Button[] = action ? [{ ...action, style: 'default' }] : [];
    return { buttons: [recovers, ...restores], more: failing.length > 1 ? [others] : [] };
  }
  // Of lost keys there are two ways out, and a phone has no command line for the other one.
  if (action && cause.finding) return { buttons: [action, others], more: company };
  return action ? { buttons: [action], more: [others, ...company] } : { buttons: [ways], more: company };
}

/**
 * Offers the restore that brings lost keys back; another backup if nothing stops it any more, or if the checks found
 * nothing that blocks it, and the documented error is transient or a missing provider (if that is still missing,
 * registering it is offered first).
 */
function actionButton(words: Words, cause: FailureCause, failing: readonly Affected[]): Button | null {
  const [only] = failing as [Affected];
  const isLost = cause.finding !== null && isBroughtBack(cause.finding) && only.lastGood !== null;
  if (isLost && failing.length === 1) return restoreKeysButton(words, { calledAs: only.calledAs, vm: only.name });
  if (!isCleared(words, cause) && nextStep(adviceOnCause(words, cause)) !== 'back-up') return null;
  const names = atOnce(failing).map(({ calledAs }) => calledAs);
  const title =
    failing.length > 1
      ? words.say('failures.back-up-many', { count: names.length, left: failing.length - names.length })
      : words.say('button.back-up-now');
  return commandButton({ title, command: `backup now ${names.join(' ')}`, about: names.join(', ') });
}

/** Opens the card with the fix, for each affected VM, checked anew; for one that the checks don't explain, its job. */
function fixButton(words: Words, cause: FailureCause, failing: readonly Affected[]): Button {
  const { say } = words;
  const [only] = failing as [Affected];
  const names = atOnce(failing).map(({ calledAs }) => calledAs);
  const step = nextStep(adviceOnCause(words, cause));
  const command = step === 'check' || failing.length > 1 ? `backup ${names.join(' ')}` : `backup job ${only.jobId}`;
  const grants = cause.finding?.grants === true;
  const title =
    failing.length > 1
      ? say(grants ? 'failures.grant-many' : 'failures.fix-many', {
          count: names.length,
          left: failing.length - names.length,
        })
      : say(grants ? 'failures.grant' : step === 'read-job' ? 'button.show-job' : 'button.show-fix');
  return commandButton({ title, command, about: names.join(', ') });
}

function azureOf(words: Words, cause: FailureCause, failing: readonly Affected[]): Telling['azure'] {
  const newest = failing.toSorted((a, b) => b.last.localeCompare(a.last))[0] as Affected;
  const { jobId, activityId: requestId } = newest;
  return azureFacts(words, { ...shownCause(cause, [newest]), jobId, requestId }).facts;
}
