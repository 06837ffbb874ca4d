/** A question in words is answered in words: in the title, or by a line that says why the request didn't start. */
import { findingPhrase } from '../../../../message/finding-phrase.ts';
import type { Words } from '../../../../message/words.ts';
import type { Assessment } from '../../../../readiness/findings/assessment.ts';
import type { BackupKnown } from '../known.ts';
import { firstFitting } from '../../../../message/verdict-texts.ts';
import { accessTitle, lacksOnlyCopy, type Verdict } from './readiness-verdict.ts';

type Known = Pick<BackupKnown, 'reading' | 'asked'>;

/**
 * The head of the card with the answer to `status` or `access`; unchanged if the card's own verdict already says it.
 */
export function answeredHead(words: Words, { reading, asked }: Known, head: Verdict): Verdict {
  const { assessment } = reading;
  if (asked.question === 'status') return { ...head, ...statusAnswer(words, assessment) };
  return asked.question === 'access' ? { ...head, ...accessAnswer(words, assessment) } : head;
}

/** Tells a person who typed `now` that nothing started, and why. */
export function notStarted(words: Words, { reading, asked }: Known): string[] {
  const { choices, assessment } = reading;
  const { kind, runningJob } = assessment.protection;
  if (asked.wish !== 'back-up-now' || choices[0] === 'back-up-now' || runningJob) return [];
  const why = stopOf(words, assessment);
  const { name: vm } = assessment.vm;
  if (why) return [words.say('answer.not-started-because', { why })];
  return [words.say(kind === 'none' ? 'answer.not-started' : 'answer.not-started-unknown', { vm })];
}

function statusAnswer(words: Words, assessment: Assessment): Partial<Verdict> {
  const { vm, verdict, protection } = assessment;
  if (protection.kind !== 'none') return {};
  const why = stopOf(words, assessment);
  if (why) {
    const titles = [
      words.say('answer.no-backup-because', { vm: vm.name, why }),
      words.say('answer.no-backup', { vm: vm.name }),
    ];
    return { title: firstFitting(titles) };
  }
  const ready = verdict === 'ready' || verdict === 'ready-with-warnings';
  const title = words.say(ready ? 'answer.no-backup-ready' : 'answer.no-backup', { vm: vm.name });
  return { mark: 'warn', title };
}

function accessAnswer(words: Words, assessment: Assessment): Partial<Verdict> {
  const { say } = words;
  const { vm, encryption, keyVaults } = assessment;
  const names = keyVaults.map(({ name }) => name);
  if (keyVaults.length === 0) {
    const inVm = encryption.kind === 'ade-kek' || encryption.kind === 'ade-bek' || encryption.kind === 'unknown';
    return inVm ? {} : { mark: 'ok', title: say('answer.no-key-vault') };
  }
  const lacking = keyVaults.filter(
    ({ missing }) => missing.keys.length + missing.secrets.length + missing.dataActions.length > 0,
  );
  // The card's own verdict covers a key vault that is gone or couldn't be read.
  if (keyVaults.some(({ model }) => model === null)) return {};
  if (lacking.length === 0) return { mark: 'ok', title: say('answer.has-access', { keyVaults: names }) };
  const plain = say('answer.no-access', { vm: vm.name, keyVaults: lacking.map(({ name }) => name) });
  const needs = assessment.grants.filter(({ required }) => required);
  const title = accessTitle(words, assessment);
  return { mark: 'key', title: firstFitting(needs.every(lacksOnlyCopy) ? [title] : [plain, title]) };
}

/** The first thing that blocks the VM, in half a sentence; null if nothing is known to. */
function stopOf(words: Words, { findings }: Assessment): string | null {
  const stop = findings.find(({ verdict, aside }) => verdict === 'block' && !aside);
  return stop ? findingPhrase(words, stop) : null;
}
