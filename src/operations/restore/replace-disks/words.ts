import { armId, parseArmId } from '../../../core/arm-id.ts';
import { shellWord } from '../../../core/shell-word.ts';
import { jobsLink } from '../../../message/portal-link.ts';
import type { Words } from '../../../message/words.ts';
import type { PartWords } from '../../wording/part-words.ts';
import { restoreCommand } from '../restore-disks/runner/command.ts';
import { pointNotes, restorePhase } from '../restore-disks/words.ts';
import type { ReplaceDisks, ReplaceDisksPart } from '../../parts/replace-disks.ts';

const maxNames = 10;

/** The wording of replacing disks. */
export const replaceDisksWords: PartWords<ReplaceDisks> = {
  planLines: (words, part) => [
    words.say('plan.replace-disks', {
      vm: part.vm.name,
      disks: diskNames(words, part.disks),
      point: words.dateTime(new Date(part.point.time)),
    }),
  ],
  planNotes: pointNotes,
  effects: (words, parts) =>
    parts.flatMap(({ vm, point, staging }) => [
      {
        weight: 'overwrites' as const,
        text: words.say('effect.replace-disks', {
          vm: vm.name,
          point: words.dateTime(new Date(point.time)),
        }),
      },
      { weight: 'costs' as const, text: words.say('effect.kept-disks', { account: staging.name }) },
    ]),
  ask: ({ say, dateTime }, parts) =>
    parts.flatMap(({ vm, point }) => [
      say('ask.replace-disks', { vm: vm.name, point: dateTime(new Date(point.time)) }),
      say('ask.replace-disks-short', { vm: vm.name }),
    ]),
  command: (part) => restoreCommand(part, '--restore-mode OriginalLocation'),
  phases: (words, _part, state) => {
    const waits = state.memo.onSince && !state.memo.operationId && !state.outcome;
    const phase = restorePhase(words, state, { phase: 'replace-disks' });
    return [waits ? { ...phase, note: words.say('note.waits-for-person') } : phase];
  },
  doing: ({ say }, part, { memo }) =>
    say(memo.onSince && !memo.operationId ? 'replace.waits' : 'progress.now-replace-disks', { vm: part.vm.name }),
  guide: ({ say, time }, part, { memo, outcome }) =>
    memo.onSince && !memo.operationId && outcome?.ended !== 'done'
      ? [
          { kind: 'text', text: say('replace.deallocate', { vm: part.vm.name }), tone: 'strong' },
          { kind: 'code', lines: [`az vm deallocate ${vmArguments(part)}`] },
          ...(outcome
            ? []
            : [{ kind: 'text' as const, text: say('replace.by-itself', { since: time(new Date(memo.onSince)) }) }]),
        ]
      : [],
  place: (part) => part.vaultName,
  links: ({ say }, part, { memo }) => (memo.jobId ? [jobsLink(say('link.job'), part.ref.vaultId)] : []),
  done: ({ say }, part) => ({ mark: 'ok', title: say('closing.replace-disks', { vm: part.vm.name }) }),
  proof: (words, part, { memo, now }) => {
    const { say } = words;
    const facts = [
      { title: say('closing.point'), value: words.dated(new Date(part.point.time), now) },
      { title: say('replaced.new'), value: memo.disks ? diskNames(words, memo.disks) : say('replaced.unread') },
      { title: say('replaced.old', { count: part.disks.length }), value: diskNames(words, part.disks) },
    ];
    return [
      { kind: 'facts', facts },
      { kind: 'text', text: say('replaced.start', { vm: part.vm.name }) },
      { kind: 'code', lines: [`az vm start ${vmArguments(part)}`] },
      { kind: 'text', text: say('replaced.cost', { account: part.staging.name }) },
    ];
  },
  left: ({ say }, part, { jobId }) =>
    jobId ? [{ kind: 'text', text: say('replaced.left', { vm: part.vm.name }) }] : [],
  again: (part) => `backup restore ${part.vm.id} replace`,
  failed: ({ say }, part, cause) => say('failed.replace-disks', { vm: part.vm.name, cause }),
  ping: ({ say }, part) => say('ping.replace-disks', { vm: part.vm.name }),
};

/** Disks by their names. */
export function diskNames(words: Words, ids: readonly string[]): string {
  return words.names(
    ids.map((id) => parseArmId(id)?.name ?? id),
    maxNames,
  );
}

function vmArguments({ vm }: Pick<ReplaceDisksPart, 'vm'>): string {
  return `--resource-group ${shellWord(armId(vm.id).resourceGroup)} --name ${shellWord(vm.name)}`;
}
