/** The first line of the readiness card: the verdict with its reason, and the one sentence that says why. Pure. */
import { lostKeys } from '../../../../readiness/lost-keys.ts';
import type { Mark } from '../../../../message/card-data.ts';
import { restartTitle } from '../../../../message/rendering/cause-titles.ts';
import { firstFitting } from '../../../../message/verdict-texts.ts';
import { findingPhrase } from '../../../../message/finding-phrase.ts';
import type { Words } from '../../../../message/words.ts';
import type { Assessment, GrantNeed } from '../../../../readiness/findings/assessment.ts';
import type { Finding } from '../../../../readiness/findings/finding.ts';
import type { Reading } from '../known.ts';

/** A card's first line. */
export type Verdict = { readonly mark: Mark; readonly title: string };

const dayMs = 86_400_000;

/** Renders it. What prevents a VM from starting again comes before everything else. */
export function verdictOf(words: Words, reading: Reading, now: Date): Verdict {
  const { assessment } = reading;
  const { kind } = assessment.protection;
  const vm = assessment.vm.name;
  const running = assessment.protection.runningJob?.operation === 'Backup';
  if (running) return { mark: 'busy', title: words.say('protected.title-running', { vm }) };
  const lost = lostKeys(assessment);
  // Microsoft doesn't say whether a backup fails with a disabled KEK.
  const fails = assessment.protection.tonight.works === 'no' && lost?.code !== 'kek-version.disabled';
  const warning = lost && restartTitle(words, lost, { vm, fails });
  if (warning) return { mark: 'block', title: warning };
  if (kind === 'none' || kind === 'unknown') return unprotected(words, reading);
  if (kind === 'protected' || kind === 'protecting') return protectedVm(words, assessment, now);
  return outOfService(words, assessment);
}

function unprotected(words: Words, { assessment, choices }: Reading): Verdict {
  const { say } = words;
  const vm = assessment.vm.name;
  const count = Math.max(
    1,
    open(assessment, assessment.verdict === 'unknown' ? ['unknown'] : ['warn', 'unknown']).length,
  );
  switch (assessment.verdict) {
    case 'ready':
      return { mark: 'ok', title: say('ready.title', { vm }) };
    case 'ready-with-warnings':
      return warned(words, assessment) ?? { mark: 'ok', title: say('ready.title-warnings', { vm, count }) };
    case 'unknown': {
      // If nothing can be started, "it would probably work" isn't true either.
      const key = choices.length > 0 ? 'ready.title-unknown' : 'ready.title-unread';
      return { mark: 'unknown', title: say(key, { vm, count }) };
    }
    case 'fixable':
      return { mark: 'key', title: accessTitle(words, assessment) };
    case 'blocked':
      return { mark: 'block', title: blockedTitle(words, assessment) };
  }
}

/** A warning that says what to do, or what kind of backup it will be, is the verdict. */
function warned({ say }: Words, assessment: Assessment): Verdict | null {
  const vm = assessment.vm.name;
  const codes = open(assessment, ['warn', 'unknown']).map(({ code }) => code);
  if (isEncrypting(assessment)) return { mark: 'warn', title: say('ready.title-encrypting', { vm }) };
  if (codes.includes('power.off')) return { mark: 'warn', title: say('ready.title-off', { vm }) };
  return null;
}

/** Whether its disks are being encrypted right now, so that a backup is better made later. */
export function isEncrypting({ findings }: Pick<Assessment, 'findings'>): boolean {
  return findings.some(({ code, aside }) => code === 'encrypting.in-progress' && !aside);
}

/** Which access Azure Backup lacks, and to what. */
export function accessTitle({ say }: Words, { vm: { name: vm }, grants }: Assessment): string {
  const needs = grants.filter((need) => need.required);
  const keyVaults = needs.map((need) => need.keyVaultName);
  if (needs.length > 0 && needs.every(lacksOnlyCopy)) return say('access.title-copy', { vm });
  return firstFitting([say('access.title-none', { vm, keyVaults }), say('access.title-keys', { vm })]);
}

/** Whether Azure Backup can read the keys but not back them up. */
export function lacksOnlyCopy({ missing, present, model }: GrantNeed): boolean {
  const isCopy = (right: string) => right.toLowerCase() === 'backup';
  const has = [...present.keys, ...present.secrets].length > 0;
  return model === 'policies' && has && [...missing.keys, ...missing.secrets].every(isCopy);
}

/**
 * That it can't be backed up, and why: because of your rule if only that blocks it, otherwise because of what blocks it
 * first.
 */
function blockedTitle(words: Words, assessment: Assessment): string {
  const vm = assessment.vm.name;
  if (byRule(assessment)) return words.say('blocked.title-rule', { vm });
  const [stop] = open(assessment, ['block']);
  const reason = stop ? findingPhrase(words, stop) : '';
  if (reason === '') return words.say('blocked.title-short', { vm });
  const titles = [
    words.say('blocked.title-azure', { vm, reason }),
    words.say('blocked.title-no', { vm, reason }),
    `${vm}: ${reason}`,
    words.say('blocked.title-short', { vm }),
  ];
  return firstFitting(titles);
}

function protectedVm(words: Words, assessment: Assessment, now: Date): Verdict {
  const { say } = words;
  const vm = assessment.vm.name;
  const { tonight, lastPoint, points, earlierVm } = assessment.protection;
  if (earlierVm) return { mark: 'warn', title: say('protected.title-other-vm', { vm }) };
  if (tonight.works === 'no') return failsNext(words, assessment, now);
  if (assessment.verdict === 'blocked') return { mark: 'block', title: blockedTitle(words, assessment) };
  if (isEncrypting(assessment)) return { mark: 'warn', title: say('ready.title-encrypting', { vm }) };
  if (points === null) return { mark: 'unknown', title: say('protected.title-points-unread', { vm }) };
  if (!lastPoint) return { mark: 'warn', title: say('protected.title-no-backup', { vm }) };
  const unknown = open(assessment, ['unknown']);
  // Its backups may have been made with another KEK, so being protected doesn't settle that the next one works.
  if (unknown.some(({ code }) => code === 'kek-origin.dated')) {
    return { mark: 'unknown', title: say('ready.title-unknown', { vm, count: unknown.length }) };
  }
  const count = open(assessment, ['warn', 'unknown']).length;
  if (count > 0) return { mark: 'ok', title: say('protected.title-warnings', { vm, count }) };
  const ago = words.duration(now.getTime() - Date.parse(lastPoint.time));
  return {
    mark: 'ok',
    title: firstFitting([say('protected.title-last', { vm, ago }), say('protected.title', { vm })]),
  };
}

/** A backup that will fail, with the reason in a few words if there is room. */
function failsNext(words: Words, assessment: Assessment, now: Date): Verdict {
  const { say } = words;
  const vm = assessment.vm.name;
  const { nextRun, because } = assessment.protection.tonight;
  const isSoon = nextRun !== null && Date.parse(nextRun) - now.getTime() < dayMs;
  const needs = assessment.grants.filter((need) => need.required).map((need) => need.keyVaultName);
  const finding = assessment.findings.find(({ code }) => code === because);
  const why = needs.length > 0 ? say('access.short', { keyVaults: needs }) : finding && findingPhrase(words, finding);
  const key = isSoon ? 'protected.title-fails-tonight' : 'protected.title-fails-next';
  const plain = say(key, { vm });
  const title = firstFitting(why ? [`${plain}: ${why}`, say(`${key}-because`, { vm, why }), plain] : [plain]);
  return { mark: needs.length > 0 ? 'key' : assessment.verdict === 'blocked' ? 'block' : 'warn', title };
}

function outOfService({ say }: Words, { vm: { name: vm }, protection }: Assessment): Verdict {
  switch (protection.kind) {
    case 'stopped':
      return { mark: 'stopped', title: say('protected.title-stopped', { vm }) };
    case 'soft-deleted':
      return { mark: 'block', title: say('protected.title-deleted', { vm, days: protection.daysLeft ?? -1 }) };
    default:
      return { mark: 'block', title: say('protected.title-elsewhere', { vm }) };
  }
}

/** The findings with these verdicts that count. */
function open(assessment: Assessment, verdicts: readonly Finding['verdict'][]): readonly Finding[] {
  return assessment.findings.filter(({ verdict, aside }) => !aside && verdicts.includes(verdict));
}

function byRule(assessment: Assessment): boolean {
  const blocks = open(assessment, ['block']);
  return blocks.length > 0 && blocks.every((finding) => finding.refuses === 'rule');
}
