import { armId } from '../../../core/arm-id.ts';
import { shellWord } from '../../../core/shell-word.ts';
import type { Step } from '../../../message/card-data.ts';
import { joined } from '../../../message/choices.ts';
import { jobsLink } from '../../../message/portal-link.ts';
import type { Words } from '../../../message/words.ts';
import type { PartState, PointMade } from '../../ground/part.ts';
import { stateNote, vmsOf, type PartWords } from '../../wording/part-words.ts';
import { nextFacts } from '../../wording/protection-lines.ts';
import type { BackUp, BackUpPart } from '../../parts/back-up-now.ts';

const dayMs = 86_400_000;

/** The wording of an on-demand backup. */
export const backUpWords: PartWords<BackUp> = {
  planLines: (words, part, now) => {
    if (part.joins) return [words.say('plan.back-up-join', { vm: part.vm.name }), words.say('plan.verify')];
    const until = words.date(new Date(now.getTime() + part.keepDays * dayMs));
    return [words.say('plan.back-up', { vm: part.vm.name, until }), words.say('plan.verify')];
  },
  effects: (words, parts, { now }) => {
    const [joining, own] = [parts.filter(({ joins }) => joins), parts.filter(({ joins }) => !joins)];
    const byDays = [...Map.groupBy(own, ({ keepDays }) => keepDays)];
    const until = (days: number) => words.date(new Date(now.getTime() + days * dayMs));
    return [
      ...byDays.map(([days, all]) => words.say('effect.back-up', { vms: vmsOf(words, all), until: until(days) })),
      ...(joining.length > 0 ? [words.say('effect.back-up-join', { vms: vmsOf(words, joining) })] : []),
    ].map((text) => ({ weight: 'creates', text }));
  },
  ask: (words, parts, plan) => {
    const isNew = plan.parts.some((part) => part.does === 'protect' && !part.changes);
    return [words.say(isNew ? 'ask.protect-back-up' : 'ask.back-up', { vms: vmsOf(words, parts) })];
  },
  command: ({ ref, keepDays, joins }, now) => {
    const vault = armId(ref.vaultId);
    const where = `--resource-group ${shellWord(vault.resourceGroup)} --vault-name ${shellWord(vault.name)}`;
    if (joins) return `az backup job show ${where} --name ${shellWord(joins)}`;
    const what = `--container-name ${shellWord(ref.container)} --item-name ${shellWord(ref.item)} --backup-management-type AzureIaasVM`;
    const [year, month, day] = new Date(now.getTime() + keepDays * dayMs).toISOString().slice(0, 10).split('-');
    return `az backup protection backup-now ${where} ${what} --retain-until ${day}-${month}-${year}`;
  },
  phases: (words, _part, state) => [snapshotStep(words, state), copyStep(words, state)],
  doing: ({ say }, part, { memo }) =>
    say(memo.joined ? 'progress.now-joined' : 'progress.now-back-up', { vm: part.vm.name }),
  place: (part) => part.vaultName,
  leavesVm: true,
  links: ({ say }, part, { memo }) => (memo.jobId ? [jobsLink(say('link.job'), part.ref.vaultId)] : []),
  done: (words, part, { outcome, took }) => {
    const vm = part.vm.name;
    if (outcome.point === null) return { mark: 'warn', title: words.say('closing.unproven', { vm }) };
    return { mark: 'ok', title: words.say('closing.backed-up', { vm, took: words.duration(took) }) };
  },
  proof: (words, part, { outcome, memo, now }) => {
    if (!outcome.point) return [];
    const kept = isOwn(part, memo) ? [keptFact(words, keptUntil(part, outcome.point), now)] : [];
    return [
      {
        kind: 'facts',
        facts: [
          ...pointFacts(words, part, { point: outcome.point, now }),
          ...kept,
          ...nextFacts(words, outcome.protection, now),
        ],
      },
    ];
  },
  retry: (part) => `backup now ${part.vm.id}`,
  notes: (words, part, { state: { memo }, beside }) => {
    const isFirst = beside.some((other) => other.does === 'protect' && other.vm.id === part.vm.id);
    return isFirst ? [words.say('progress.first')] : usualNote(words, memo);
  },
  cancel: ({ memo }) => {
    if (!memo.phase) return 'unknown';
    if (memo.cancellable === false) return memo.phase === 'transfer' ? 'too-late' : 'no';
    if (memo.cancelBarred) return 'barred';
    if (memo.cancelRefused) return 'refused';
    return memo.cancellable ? 'possible' : 'no';
  },
  keptUntil: (part, { outcome, memo }) =>
    outcome?.ended === 'done' && outcome.point && isOwn(part, memo) ? keptUntil(part, outcome.point) : null,
  failed: ({ say }, part, cause) => say('failed.backup', { vm: part.vm.name, cause }),
  ping: ({ say }, part) => say('ping.backed-up', { vm: part.vm.name }),
};

/** An estimate is based only on this VM's own backups, and called an estimate. */
function usualNote(words: Words, { usualMs, usualOf }: BackUp['memo']): string[] {
  if (!usualMs || !usualOf) return [];
  return [words.say('progress.usually', { usual: words.duration(usualMs), count: usualOf })];
}

type Running = PartState<BackUp['memo']>;

function snapshotStep(words: Words, state: Running): Step {
  const mark = snapshotMark(state);
  const { phase, phaseSince = null } = state.memo;
  const until = phase === 'transfer' ? phaseSince : null;
  const note = cancelledNote(words, state, !!state.began && phase !== 'transfer');
  return { state: mark, text: words.say('phase.snapshot'), note: note ?? spanNote(words, mark, [state.began, until]) };
}

/** A step that was running when its job was cancelled was started. */
function cancelledNote({ say }: Words, { outcome }: Running, ran: boolean): string | null {
  return ran && outcome?.ended === 'cancelled' ? say('note.cancelled') : null;
}

function snapshotMark({ began, memo, outcome }: Running): Step['state'] {
  if (memo.phase === 'transfer') return 'done';
  switch (outcome?.ended) {
    case undefined:
      return began ? 'now' : 'next';
    case 'done':
    case 'half-done':
      return 'done';
    case 'failed':
      return 'failed';
    default:
      return 'skipped';
  }
}

/** Azure gives no percentage for a backup, so none is shown. */
function copyStep(words: Words, state: Running): Step {
  const mark = copyMark(state);
  const { phase, phaseSince = null } = state.memo;
  const from = phase === 'transfer' ? phaseSince : null;
  const note = cancelledNote(words, state, from !== null) ?? spanNote(words, mark, [from, state.endedAt]);
  const plain = mark === 'now' ? joined([note, words.say('note.no-percentage')]) : note;
  return { state: mark, text: words.say('phase.copy'), note: plain };
}

function copyMark({ memo, outcome }: Running): Step['state'] {
  switch (outcome?.ended) {
    case undefined:
      return memo.phase === 'transfer' ? 'now' : 'next';
    case 'done':
      return 'done';
    case 'half-done':
      return 'failed';
    case 'failed':
      return memo.phase === 'transfer' ? 'failed' : 'skipped';
    default:
      return 'skipped';
  }
}

/** Since when a step runs, or when it was done and how long it took, as far as is known. */
function spanNote(words: Words, mark: Step['state'], [from, to]: readonly (string | null)[]): string | undefined {
  if (mark === 'now' && from) return words.say('note.since', { at: words.time(new Date(from)) });
  if (mark !== 'done' || !from || !to) return stateNote(words, mark);
  const took = words.duration(Date.parse(to) - Date.parse(from));
  return words.say('note.took', { at: words.time(new Date(to)), took });
}

function pointFacts(words: Words, part: BackUpPart, { point, now }: { point: PointMade; now: Date }) {
  const { say } = words;
  const at = words.dated(new Date(point.time), now);
  const consistency = consistencyWord(words, point.consistency);
  return [
    { title: say('closing.point'), value: say('closing.point-value', { at, consistency }) },
    { title: say('closing.where'), value: say('closing.where-value', { vault: part.vaultName }) },
    { title: say('closing.keys'), value: say(keysWord(point)) },
  ];
}

/** Only then it decides how long the point is kept: a joined backup is kept as somebody else decided. */
function isOwn({ joins }: BackUpPart, { joined: isJoined }: BackUp['memo']): boolean {
  return joins === undefined && isJoined !== true;
}

function keptFact({ say, nearDate }: Words, until: Date, now: Date) {
  return { title: say('closing.kept'), value: nearDate(until, now) };
}

function keptUntil(part: BackUpPart, point: PointMade): Date {
  return new Date(Date.parse(point.time) + part.keepDays * dayMs);
}

function keysWord({ encrypted }: PointMade) {
  if (encrypted === null) return 'closing.keys-unknown';
  return encrypted ? 'closing.keys-with-disks' : 'closing.keys-not-needed';
}

function consistencyWord({ say }: Words, consistency: string | null): string {
  switch (consistency?.toLowerCase()) {
    case 'appconsistent':
      return say('consistency.application');
    case 'filesystemconsistent':
      return say('consistency.file-system');
    case 'crashconsistent':
      return say('consistency.crash');
    default:
      return say('consistency.unknown');
  }
}
