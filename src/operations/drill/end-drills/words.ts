import { partStep, type PartWords } from '../../wording/part-words.ts';
import type { EndDrills } from '../../parts/end-drills.ts';

/** The wording of ending a standing approval of drills. */
export const endDrillsWords: PartWords<EndDrills> = {
  planLines: (words, { entry, until, by }) => [
    words.say('plan.end-drills', { name: entry, until: words.dateTime(new Date(until)), by }),
  ],
  effects: (words, parts, { now }) =>
    parts.flatMap((part) => endDrillsWords.planLines(words, part, now)).map((text) => ({ weight: 'changes', text })),
  ask: ({ say, names }, parts) => [say('ask.end-drills', { name: names(parts.map(({ entry }) => entry)) })],
  command: ({ entry }) => `backup drills ${entry}`,
  phases: (words, _part, state) => [partStep(words, state, { phase: 'end-drills' })],
  doing: ({ say }, { entry }) => say('progress.now-end-drills', { name: entry }),
  place: ({ targetGroup }) => targetGroup.name,
  links: () => [],
  done: ({ say }, { entry }) => ({ mark: 'ok', title: say('closing.end-drills', { name: entry }) }),
  proof: (words) => [{ kind: 'text', text: words.say('drills.ended-stays') }],
  again: ({ entry }) => `backup drills ${entry}`,
  failed: ({ say }, { entry }, cause) => say('failed.end-drills', { name: entry, cause }),
  ping: ({ say }, { entry }) => say('ping.end-drills', { name: entry }),
};
