import type { Words } from '../../../message/words.ts';
import { partStep, type PartWords } from '../../wording/part-words.ts';
import { placeFacts } from './card.ts';
import type { AllowDrills, AllowDrillsPart } from '../../parts/allow-drills.ts';
import { startsWords } from './starts-words.ts';

/** The wording of a standing approval of drills. */
export const allowDrillsWords: PartWords<AllowDrills> = {
  planLines: (words, part) => [
    words.say('plan.allow-drills', { vms: part.pattern, until: words.dateTime(new Date(part.until)) }),
  ],
  planNotes: (words, part) => termsOf(words, part),
  effects: (words, parts) =>
    parts.flatMap((part) =>
      [...allowDrillsWords.planLines(words, part, new Date(part.until)), ...termsOf(words, part)].map((text) => ({
        weight: 'changes' as const,
        text,
      })),
    ),
  ask: ({ say, names }, parts) => [say('ask.allow-drills', { name: names(parts.map(({ entry }) => entry)) })],
  command: ({ entry }) => `backup drills ${entry}`,
  phases: (words, _part, state) => [partStep(words, state, { phase: 'allow-drills' })],
  doing: ({ say }, { entry }) => say('progress.now-allow-drills', { name: entry }),
  place: ({ targetGroup }) => targetGroup.name,
  links: () => [],
  done: ({ say }, { entry }) => ({ mark: 'ok', title: say('drills.allowed', { name: entry }) }),
  proof: (words, { until, pattern }, { now }) => [
    {
      kind: 'facts',
      facts: [
        { title: words.say('drills.vms'), value: pattern },
        { title: words.say('exception.until-fact'), value: words.dated(new Date(until), now) },
      ],
    },
  ],
  again: ({ entry }) => `backup drills ${entry}`,
  failed: ({ say }, { entry }, cause) => say('failed.allow-drills', { name: entry, cause }),
  ping: ({ say }, { entry }) => say('ping.allow-drills', { name: entry }),
};

/** When they start, where, and what ends that. */
function termsOf(words: Words, part: AllowDrillsPart): string[] {
  const { days, atOnce: count } = part;
  return [
    words.say('plan.allow-drills-times', { days, starts: startsWords(words, part.starts), count }),
    ...placeFacts(words, part).map(({ title, value }) => `${title}: ${value}`),
    words.say('plan.allow-drills-means'),
  ];
}
