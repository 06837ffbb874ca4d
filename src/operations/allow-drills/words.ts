import { partStep, type PartWords } from '../cards/part-words.ts';
import { placeFacts } from './card.ts';
import type { AllowDrills } from './plan.ts';
import { startsWords } from './starts-words.ts';

/** The wording of a standing approval of drills. */
export const allowDrillsWords: PartWords<AllowDrills> = {
  planLines: (words, part) => [
    words.say('plan.allow-drills', { vms: part.pattern, until: words.dateTime(new Date(part.until)) }),
  ],
  planNotes: (words, part) => [
    words.say('plan.allow-drills-times', {
      days: part.days,
      starts: startsWords(words, part.starts),
      count: part.atOnce,
    }),
    ...placeFacts(words, part).map(({ title, value }) => `${title}: ${value}`),
    words.say('plan.allow-drills-means'),
  ],
  command: ({ entry }) => `backup drills ${entry}`,
  phases: (words, _part, state) => [partStep(words, state, { phase: 'allow-drills' })],
  doing: ({ say }, { entry }) => say('progress.now-allow-drills', { name: entry }),
  place: ({ targetGroup }) => targetGroup.name,
  links: () => [],
  done: ({ say }, { entry }) => ({ mark: 'ok', title: say('drills.allowed', { name: entry }) }),
  proof: (words, { until, pattern }) => [
    {
      kind: 'facts',
      facts: [
        { title: words.say('drills.vms'), value: pattern },
        { title: words.say('exception.until-fact'), value: words.dateTime(new Date(until)) },
      ],
    },
  ],
  again: ({ entry }) => `backup drills ${entry}`,
  failed: ({ say }, { entry }, cause) => say('failed.allow-drills', { name: entry, cause }),
  ping: ({ say }, { entry }) => say('ping.allow-drills', { name: entry }),
};
