import type { Block, Mark } from '../../message/card-data.ts';
import { dueText } from '../../message/due-text.ts';
import { findingPhrase } from '../../message/finding-phrase.ts';
import { regionName } from '../../message/region-names.ts';
import type { Words } from '../../message/words.ts';
import type { Assessment } from '../../readiness/assessment.ts';
import type { Finding } from '../../readiness/finding.ts';
import type { Reading } from './flow.ts';

type Standing = { readonly protection: Assessment['protection']; readonly now: Date };

/** The first line of the card: the verdict in words, and the state of protection in its corner. */
export function verdictOf(words: Words, reading: Reading, now: Date): { mark: Mark; title: string; corner: string } {
  const { assessment } = reading;
  switch (assessment.protection.kind) {
    case 'none':
    case 'unknown':
      return unprotected(words, reading);
    case 'protected':
    case 'protecting':
      return protectedVm(words, assessment, now);
    default:
      return outOfService(words, assessment);
  }
}

function unprotected(words: Words, { assessment, choices }: Reading): { mark: Mark; title: string; corner: string } {
  const { say } = words;
  const vm = assessment.vm.name;
  const corner = assessment.protection.kind === 'none' ? say('corner.not-protected') : say('corner.unknown');
  const count = open(assessment, assessment.verdict === 'unknown' ? ['unknown'] : ['warn', 'unknown']).length;
  switch (assessment.verdict) {
    case 'ready':
      return { mark: 'ok', title: say('ready.title', { vm }), corner };
    case 'ready-with-warnings':
      return { mark: 'ok', title: say('ready.title-warnings', { vm, count: Math.max(1, count) }), corner };
    case 'unknown': {
      // Where nothing can be started, it cannot be said that it would probably work either.
      const key = choices.length > 0 ? 'ready.title-unknown' : 'ready.title-unread';
      return { mark: 'unknown', title: say(key, { vm, count: Math.max(1, count) }), corner };
    }
    case 'fixable':
      return {
        mark: 'key',
        title: say('access.title', { vm, count: assessment.grants.filter((g) => g.required).length || 1 }),
        corner,
      };
    case 'blocked':
      return { mark: 'block', title: blockedTitle(words, assessment), corner };
  }
}

/** By rule where nothing else stops it; else what Azure would refuse it for. */
function blockedTitle(words: Words, assessment: Assessment): string {
  const vm = assessment.vm.name;
  const [stop] = open(assessment, ['block']).filter(({ refuses }) => refuses !== 'rule');
  if (!stop) return words.say('blocked.title-rule', { vm });
  return words.say('blocked.title-azure', { vm, reason: findingPhrase(words, stop) });
}

function protectedVm({ say }: Words, assessment: Assessment, now: Date): { mark: Mark; title: string; corner: string } {
  const vm = assessment.vm.name;
  const { tonight, lastPoint, points, runningJob, earlierVm, vaultName } = assessment.protection;
  const running = runningJob?.operation === 'Backup';
  const corner = running ? say('corner.running') : say('corner.protected');
  if (running) return { mark: 'busy', title: say('protected.title-running', { vm }), corner };
  if (earlierVm) {
    const title = say('protected.title-other-vm', { vm, points: points ?? 0, vault: vaultName ?? '' });
    return { mark: 'warn', title, corner: say('corner.no-own-backup') };
  }
  if (tonight.works === 'no') {
    const title = isTonight(tonight, now)
      ? say('protected.title-fails-tonight', { vm })
      : say('protected.title-fails-next', { vm });
    return { mark: assessment.grants.some((need) => need.required) ? 'key' : 'warn', title, corner };
  }
  if (assessment.verdict === 'blocked') {
    const key = byRule(assessment) ? 'blocked.title-protected-rule' : 'blocked.title-protected-azure';
    return { mark: 'block', title: say(key, { vm }), corner };
  }
  if (points === null) return { mark: 'unknown', title: say('protected.title-points-unread', { vm }), corner };
  if (!lastPoint) return { mark: 'warn', title: say('protected.title-no-backup', { vm }), corner };
  const count = open(assessment, ['warn', 'unknown']).length;
  if (count > 0) return { mark: 'ok', title: say('protected.title-warnings', { vm, count }), corner };
  return { mark: 'ok', title: say('protected.title', { vm }), corner };
}

function outOfService({ say }: Words, assessment: Assessment): { mark: Mark; title: string; corner: string } {
  const vm = assessment.vm.name;
  switch (assessment.protection.kind) {
    case 'stopped':
      return { mark: 'stopped', title: say('protected.title-stopped', { vm }), corner: say('corner.stopped') };
    case 'soft-deleted':
      return {
        mark: 'block',
        title: say('protected.title-deleted', { vm, days: assessment.protection.daysLeft ?? -1 }),
        corner: say('corner.soft-deleted'),
      };
    default:
      return { mark: 'block', title: say('protected.title-elsewhere', { vm }), corner: say('corner.protected') };
  }
}

/** Group, region, system and power in one line, with how many checks passed where not all did. */
export function vmLine(words: Words, assessment: Assessment): string {
  const { vm, findings } = assessment;
  const line = [vm.resourceGroup, ...whereAndHow(words, assessment)].join(' · ');
  const passed = findings.filter((finding) => finding.verdict === 'ok').length;
  return assessment.verdict === 'ready' || passed === 0
    ? line
    : `${line} · ${words.say('vm.passed', { count: passed })}`;
}

/** A VM of which Azure tells neither region nor state (a classic one) says nothing of them. */
function whereAndHow({ say }: Words, { vm }: Assessment): string[] {
  if (vm.region === null) return [];
  const power = powerWord(say, vm.powerState);
  return [regionName(vm.region), vm.os ? `${vm.os}, ${power}` : power];
}

/** Last good backup, next run, whether it will work: for a VM that is protected. */
export function protectionFacts(words: Words, assessment: Assessment, now: Date): Block[] {
  const { say } = words;
  const { protection } = assessment;
  if (protection.kind === 'none' || protection.kind === 'unknown') return readyFacts(words, assessment);
  if (protection.kind === 'soft-deleted') return deletedFacts(words, protection, now);
  if (protection.earlierVm) return earlierFacts(words, assessment);
  const last = protection.lastPoint ? new Date(protection.lastPoint.time) : null;
  const none = protection.points === null ? say('value.not-read') : say('value.never');
  const facts = [{ title: say('fact.last-good'), value: last ? lastGood(words, last, { protection, now }) : none }];
  if (protection.vaultName) facts.push({ title: say('fact.vault'), value: protection.vaultName });
  facts.push(...nextFacts(words, protection));
  const { works, because } = protection.tonight;
  const reason = reasonOf(words, assessment.findings, because);
  const answer = {
    yes: say('value.tonight-yes'),
    no: say('value.tonight-no', { reason }),
    unknown: say('value.tonight-unknown', { reason }),
  };
  const title = isTonight(protection.tonight, now) ? say('fact.tonight') : say('fact.outlook');
  facts.push({ title, value: answer[works] });
  return [{ kind: 'facts', facts }, ...unencryptedPoint(words, assessment)];
}

const dayMs = 86_400_000;

/** A weekly policy runs on another day; its next backup is not tonight's. */
function isTonight({ nextRun }: Standing['protection']['tonight'], now: Date): boolean {
  return nextRun !== null && Date.parse(nextRun) - now.getTime() < dayMs;
}

/** What can be brought back, and until when. */
function deletedFacts(
  words: Words,
  { points, lastPoint, daysLeft, vaultName }: Standing['protection'],
  now: Date,
): Block[] {
  const { say } = words;
  const until = daysLeft === null ? '' : words.date(new Date(now.getTime() + daysLeft * dayMs));
  const count = points ?? 0;
  const told = until ? say('value.points-until', { count, until }) : say('value.points-deleted', { count });
  const value = points === null ? say('value.not-read') : told;
  const newest = lastPoint ? [{ title: say('fact.newest'), value: words.dateTime(new Date(lastPoint.time)) }] : [];
  return [
    {
      kind: 'facts',
      facts: [
        { title: say('fact.points'), value },
        ...newest,
        ...(vaultName ? [{ title: say('fact.deleted-in'), value: vaultName }] : []),
      ],
    },
  ];
}

/** What is there of an earlier VM is told as that VM's; this one has nothing to go back to. */
function earlierFacts(words: Words, { protection }: Assessment): Block[] {
  const { say } = words;
  const { lastPoint, points } = protection;
  const newest = lastPoint ? words.dateTime(new Date(lastPoint.time)) : '–';
  const facts = [
    { title: say('fact.last-good'), value: say('value.never') },
    { title: say('fact.earlier'), value: say('value.points', { count: points ?? 0, newest }) },
    ...nextFacts(words, protection),
  ];
  return [{ kind: 'facts', facts }];
}

/** When the next backup is due; nothing where that is not known. */
function nextFacts(words: Words, { tonight, policyName }: Standing['protection']) {
  if (!tonight.nextRun) return [];
  const at = dueText(words, words.dateTimeUtc(new Date(tonight.nextRun)), tonight);
  return [{ title: words.say('fact.next'), value: words.say('value.next', { at, policy: policyName ?? '–' }) }];
}

function lastGood({ say, dateTime, duration }: Words, last: Date, from: Standing): string {
  const { points } = from.protection;
  const [at, ago] = [dateTime(last), duration(from.now.getTime() - last.getTime())];
  return points === null ? say('value.last-good', { at, ago }) : say('value.last-good-points', { at, ago, points });
}

/** The evidence where a VM was encrypted after its last good backup. */
function unencryptedPoint({ say }: Words, assessment: Assessment): Block[] {
  const encrypted = assessment.encryption.kind === 'ade-kek' || assessment.encryption.kind === 'ade-bek';
  if (!encrypted || assessment.protection.lastPoint?.encrypted !== false) return [];
  return [{ kind: 'text', text: say('protected.unencrypted-point') }];
}

/** The few facts that make a ready VM ready. */
function readyFacts(words: Words, { findings, verdict }: Assessment): Block[] {
  if (verdict === 'blocked' || verdict === 'fixable') return [];
  const facts = shownFacts.flatMap(([group, key]) => {
    const well = findings.filter(({ code, verdict: found }) => code.startsWith(group) && found === 'ok');
    return well.map((finding) => ({ title: words.say(key), value: words.finding(finding).text }));
  });
  return facts.length === 0 ? [] : [{ kind: 'facts', facts }];
}

/** What a person wants to see of a VM that is ready, by group of findings. */
const shownFacts = [
  ['encryption.', 'fact.disks'],
  ['rights.', 'fact.disk-keys'],
  ['agent.', 'fact.agent'],
  ['disk-size.', 'fact.size'],
] as const;

function reasonOf(words: Words, findings: readonly Finding[], code: string | null): string {
  const finding = findings.find((candidate) => candidate.code === code);
  return finding ? findingPhrase(words, finding) : '–';
}

function open(assessment: Assessment, verdicts: readonly Finding['verdict'][]): readonly Finding[] {
  return assessment.findings.filter(({ verdict, aside }) => !aside && verdicts.includes(verdict));
}

function byRule(assessment: Assessment): boolean {
  const blocks = open(assessment, ['block']);
  return blocks.length > 0 && blocks.every((finding) => finding.refuses === 'rule');
}

function powerWord(say: Words['say'], power: string | null): string {
  switch (power?.replace(/^PowerState\//i, '').toLowerCase()) {
    case 'running':
      return say('vm.running');
    case 'stopped':
      return say('vm.stopped');
    case 'deallocated':
      return say('vm.deallocated');
    case 'starting':
      return say('vm.starting');
    case 'stopping':
    case 'deallocating':
      return say('vm.stopping');
    default:
      return say('vm.power-unknown');
  }
}
