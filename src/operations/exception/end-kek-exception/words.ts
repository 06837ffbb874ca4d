import { partStep, type PartWords } from '../../wording/part-words.ts';
import type { End } from '../../parts/end-kek-exception.ts';

/** The wording of ending an exception to the KEK rule. */
export const endWords: PartWords<End> = {
  planLines: (words, { vm, until, by }) => [
    words.say('plan.end-exception', { vm: vm.name, until: words.dateTime(new Date(until)), by }),
  ],
  effects: (words, parts, { now }) =>
    parts.flatMap((part) => endWords.planLines(words, part, now)).map((text) => ({ weight: 'changes', text })),
  ask: ({ say, names }, parts) => [say('ask.end-exception', { vm: names(parts.map(({ vm }) => vm.name)) })],
  command: ({ vm }) => `backup exception ${vm.id}`,
  phases: (words, _part, state) => [partStep(words, state, { phase: 'end-exception' })],
  doing: ({ say }, { vm }) => say('progress.now-end-exception', { vm: vm.name }),
  place: () => null,
  links: () => [],
  done: ({ say }, { vm }) => ({ mark: 'ok', title: say('closing.end-exception', { vm: vm.name }) }),
  proof: (words) => [{ kind: 'text', text: words.say('exception.ended-stays') }],
  failed: ({ say }, { vm }, cause) => say('failed.end-exception', { vm: vm.name, cause }),
  ping: ({ say }, { vm }) => say('ping.end-exception', { vm: vm.name }),
};
