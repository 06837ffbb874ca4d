import { shellWord } from '../../../core/shell-word.ts';
import { jobsLink } from '../../../message/portal-link.ts';
import type { Block, Step } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import { markOf, noteOf, phaseStep, type NamedPhase, type PartWords } from '../../wording/part-words.ts';
import { readersSection, type Into } from './consequences/readers-words.ts';
import { foundFacts, unsureBlocks } from '../../restored/found-words.ts';
import { restoreEffects } from './consequences/words.ts';
import type { PartState } from '../../ground/part.ts';
import type { RestoreDisks, RestoreDisksPart } from '../../parts/restore-disks.ts';
import { restoreCommand } from './runner/command.ts';
import type { RestorePart } from '../../parts/restore-part.ts';
import type { Restore } from './runner/restore-runner.ts';
import { tierText } from '../../wording/point-tier.ts';

/** The wording of restoring disks. */
export const restoreDisksWords: PartWords<RestoreDisks> = {
  planLines: (words, part) => [
    words.say('plan.restore-disks', {
      vm: part.vm.name,
      point: words.dateTime(new Date(part.point.time)),
      group: part.targetGroup.name,
    }),
  ],
  planNotes: pointNotes,
  command: (part) => restoreCommand(part, `--target-resource-group ${shellWord(part.targetGroup.name)}`),
  effects: restoreEffects,
  inFull: (words, part, told) => readersSection(words, part, told.names),
  ask: ({ say }, parts) => parts.flatMap(({ vm, drill }) => (drill ? [] : [say('ask.restore-disks', { vm: vm.name })])),
  phases: (words, _part, state) => [restorePhase(words, state, { phase: 'restore-disks' })],
  doing: ({ say }, part) => say('progress.now-restore-disks', { vm: part.vm.name }),
  place: (part) => part.vaultName,
  links: ({ say }, part, { memo }) => (memo.jobId ? [jobsLink(say('link.job'), part.ref.vaultId)] : []),
  done: ({ say }, part) => ({ mark: 'ok', title: say('closing.restore-disks', { vm: part.vm.name }) }),
  proof: (words, part, { memo, done, now }) => {
    const { say } = words;
    const facts = [
      { title: say('closing.point'), value: pointValue(words, part, now) },
      { title: say('closing.where'), value: part.targetGroup.name },
      ...foundFacts(words, part, memo),
      { title: say('restored.staging'), value: [part.staging.name, memo.staged?.container].filter(Boolean).join('/') },
    ];
    const cost = say('restored.cost', { files: done.has('clean-up-staging') ? 'no' : 'yes' });
    return [
      { kind: 'facts', facts },
      ...unsureBlocks(words, part, memo),
      ...(part.drill ? [] : [{ kind: 'text' as const, text: cost }]),
    ];
  },
  left: restoreLeft,
  retry: (part) => `backup ${part.drill ? 'drill' : 'restore'} ${part.vm.id}`,
  again: (part) => `backup ${part.drill ? 'drill' : 'restore'} ${part.vm.id}`,
  failed: ({ say }, part, cause) =>
    say(part.drill ? 'failed.drill' : 'failed.restore-disks', {
      vm: part.vm.name,
      cause,
    }),
  ping: ({ say }, part) => say('ping.restore-disks', { vm: part.vm.name }),
};

/** When it was made, and in a drill where it comes from. */
function pointValue(words: Words, { point: { time, tier } }: RestoreDisksPart, now: Date): string {
  return [words.dated(new Date(time), now), ...(tier === undefined ? [] : [tierText(words, tier)])].join(', ');
}

/** About any restore: how the point is brought back, where it is staged, and why. */
export function pointNotes({ say }: Words, { rehydrate, staging, reason, vaultName }: RestorePart): string[] {
  return [
    ...(rehydrate === null ? [] : [say('plan.restore-rehydrate', { priority: rehydrate })]),
    say('plan.restore-staging', { account: staging.name }),
    ...(staging.byIdentity ? [say('plan.staging-identity', { vault: vaultName })] : []),
    say('plan.restore-reason', { reason }),
  ];
}

/**
 * What a failed restore may have left: Azure keeps the disks if only the VM couldn't be created (azure-docs,
 * backup-azure-arm-restore-vms), and doesn't list them in its job.
 */
export function restoreLeft({ say }: Words, { targetGroup, point }: Into, { jobId }: Restore['memo']): Block[] {
  if (!jobId) return [];
  return [
    ...(point.encrypted === true ? [tryVault(say, point)] : []),
    { kind: 'text', text: say('restored.left', { group: targetGroup.name }) },
  ];
}

/**
 * Encrypted disks may not come back from a snapshot that is older than their keys (azure-docs,
 * restore-azure-encrypted-virtual-machines, TIP): Azure's error for it isn't recorded, so each failure says so.
 */
function tryVault(say: Words['say'], { rotated }: Into['point']): Block {
  return { kind: 'text', text: say(rotated ? 'restored.try-vault' : 'restored.try-vault-if'), tone: 'strong' };
}

/** A restore as one step, with Azure's percentage and its estimate of the time left while it runs. */
export function restorePhase(words: Words, state: PartState<Restore['memo']>, named: NamedPhase): Step {
  const { percent, remainingMs } = state.memo;
  // Azure says 1 for minutes: that is no progress, and since when it runs says more.
  const isCounted = state.outcome === null && typeof percent === 'number' && percent > 1;
  const left = remainingMs ? [words.say('restore.time-left', { left: words.duration(remainingMs) })] : [];
  const note = isCounted ? [words.percent(percent / 100), ...left].join(' · ') : noteOf(words, state);
  return phaseStep(words, markOf(state), { ...named, note });
}
