import type { Block } from '../../../../message/card-data.ts';
import { dueText } from '../../../../message/due-text.ts';
import { findingPhrase } from '../../../../message/finding-phrase.ts';
import { regionName } from '../../../../message/wording/region-names.ts';
import type { Words } from '../../../../message/words.ts';
import type { Assessment } from '../../../../readiness/findings/assessment.ts';
import type { Finding } from '../../../../readiness/findings/finding.ts';

type Protected = { readonly protection: Assessment['protection']; readonly now: Date };

/** Group, region, system and power in one line. */
export function vmLine(words: Words, assessment: Assessment): string {
  return [assessment.vm.resourceGroup, ...whereAndHow(words, assessment)].join(' · ');
}

/** For a VM whose region and state Azure doesn't report (a classic one), nothing is said about them. */
function whereAndHow({ say }: Words, { vm }: Assessment): string[] {
  if (vm.region === null) return [];
  const power = powerWord(say, vm.powerState);
  return [regionName(vm.region), vm.os ? `${vm.os}, ${power}` : power];
}

/** Last good backup, next run, whether it will work: for a protected VM. */
export function protectionFacts(words: Words, assessment: Assessment, now: Date): Block[] {
  const { say } = words;
  const { protection } = assessment;
  if (protection.kind === 'none' || protection.kind === 'unknown') return readyFacts(words, assessment);
  if (protection.kind === 'soft-deleted') return deletedFacts(words, protection, now);
  if (protection.earlierVm) return earlierFacts(words, assessment, now);
  const last = protection.lastPoint ? new Date(protection.lastPoint.time) : null;
  const none = protection.points === null ? say('value.not-read') : say('value.never');
  const facts = [{ title: say('fact.last-good'), value: last ? lastGood(words, last, { protection, now }) : none }];
  if (protection.vaultName) facts.push({ title: say('fact.vault'), value: protection.vaultName });
  facts.push(...nextFacts(words, protection, now));
  const { works, because } = protection.tonight;
  const reason = reasonOf(words, assessment.findings, because);
  const answer = {
    yes: say('value.tonight-yes'),
    no: say('value.tonight-no', { reason }),
    unknown: say('value.tonight-unknown', { reason }),
  };
  const title = isTonight(protection.tonight, now) ? say('fact.tonight') : say('fact.outlook');
  facts.push({ title, value: answer[works] });
  return [{ kind: 'facts', facts }];
}

const dayMs = 86_400_000;

/** A weekly policy runs on another day; its next backup isn't tonight's. */
function isTonight({ nextRun }: Protected['protection']['tonight'], now: Date): boolean {
  return nextRun !== null && Date.parse(nextRun) - now.getTime() < dayMs;
}

/** What can be brought back, and until when. */
function deletedFacts(
  words: Words,
  { points, lastPoint, daysLeft, vaultName }: Protected['protection'],
  now: Date,
): Block[] {
  const { say } = words;
  const until = daysLeft === null ? '' : words.nearDate(new Date(now.getTime() + daysLeft * dayMs), now);
  const count = points ?? 0;
  const told = until ? say('value.points-until', { count, until }) : say('value.points-deleted', { count });
  const value = points === null ? say('value.not-read') : told;
  const newest = lastPoint ? [{ title: say('fact.newest'), value: words.dated(new Date(lastPoint.time), now) }] : [];
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

/** What exists from an earlier VM is labelled as that VM's; this one has nothing to restore. */
function earlierFacts(words: Words, { protection }: Assessment, now: Date): Block[] {
  const { say } = words;
  const { lastPoint, points } = protection;
  const newest = lastPoint ? words.dated(new Date(lastPoint.time), now) : '–';
  const facts = [
    { title: say('fact.last-good'), value: say('value.never') },
    { title: say('fact.earlier'), value: say('value.points', { count: points ?? 0, newest }) },
    ...nextFacts(words, protection, now),
  ];
  return [{ kind: 'facts', facts }];
}

/** When the next backup is due; nothing if that is unknown. */
function nextFacts(words: Words, { tonight, policyName }: Protected['protection'], now: Date) {
  if (!tonight.nextRun) return [];
  const at = dueText(words, words.dated(new Date(tonight.nextRun), now), tonight);
  return [{ title: words.say('fact.next'), value: words.say('value.next', { at, policy: policyName ?? '–' }) }];
}

function lastGood({ say, dated, duration }: Words, last: Date, from: Protected): string {
  const { points } = from.protection;
  const [at, ago] = [dated(last, from.now), duration(from.now.getTime() - last.getTime())];
  return points === null ? say('value.last-good', { at, ago }) : say('value.last-good-points', { at, ago, points });
}

/** Whether a VM was encrypted after its last good backup, which then proves nothing about the access to its keys. */
export function provesNothing({ encryption, protection }: Assessment): boolean {
  const isEncrypted = encryption.kind === 'ade-kek' || encryption.kind === 'ade-bek';
  return isEncrypted && protection.lastPoint?.encrypted === false;
}

/** What exists from an earlier VM with this name. */
export function earlierWhy({ say }: Words, { protection }: Assessment): string[] {
  const { earlierVm, points, vaultName } = protection;
  return earlierVm ? [say('protected.other-vm', { points: points ?? 0, vault: vaultName ?? '' })] : [];
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

/** The most important of these, for the one line under the buttons: what can be restored, and where. */
export function protectionLine(words: Words, { protection }: Assessment, now: Date): string[] {
  const { say } = words;
  const { kind, lastPoint, points, earlierVm, vaultName, policyName, tonight } = protection;
  if (kind === 'none') return [say('corner.not-protected')];
  if (kind === 'unknown' || kind === 'soft-deleted' || earlierVm) return [];
  const last = lastPoint ? lastGood(words, new Date(lastPoint.time), { protection, now }) : null;
  const none = points === null ? say('value.not-read') : say('value.never');
  const next = tonight.nextRun ? dueText(words, words.dated(new Date(tonight.nextRun), now), tonight) : null;
  return [
    `${say('fact.last-good')}: ${last ?? none}`,
    ...(next ? [`${say('fact.next')}: ${next}`] : []),
    [vaultName, policyName].filter(Boolean).join(' · '),
  ];
}

/** The finding groups that a person wants to see for a VM that is ready. */
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

/** Whether a VM is running, in a word. */
export function powerWord(say: Words['say'], power: string | null): string {
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
