/** A policy and its differences in words. Pure. */
import { anchorDay, type PolicyFacts, type PolicyShape } from '../../../azure/gateway.ts';
import { policyWords } from '../../../message/policy-words.ts';
import type { Words } from '../../../message/words.ts';
import { changedLines, keptCounts, shortened, type Line } from './form/difference.ts';
import { zoneValue } from './form/form.ts';
import { layers, weekDays, type Layer } from './form/rules.ts';

type Fact = { readonly title: string; readonly value: string };
type Said = Pick<PolicyFacts, 'name' | 'timeZone' | 'schedule' | Layer | 'snapshotDays'>;

const keptKeys = {
  daily: 'policy.kept-days',
  weekly: 'policy.kept-weeks',
  monthly: 'policy.kept-months',
  yearly: 'policy.kept-years',
} as const;

/** One line about a policy. `now` decides about daylight saving time. */
function lineValue(words: Words, { policy, line, now }: { policy: Said; line: Line; now: Date }): string {
  switch (line) {
    case 'often':
      return scheduleWords(words, policy, now);
    case 'zone':
      return zoneWords(words, policy.timeZone);
    case 'snapshots':
      return words.say('policy.kept-days', { count: policy.snapshotDays ?? 0 });
    default: {
      const count = keptCounts(policy)[line];
      return count === null ? words.say('policy-value.none') : words.say(keptKeys[line], { count });
    }
  }
}

/** A new policy, line by line; layers that it doesn't keep are omitted. */
export function policyFactsOf(words: Words, shape: PolicyShape, now: Date): Fact[] {
  const { say } = words;
  const title = (line: Line) => say(`policy-line.${line}`);
  const value = (line: Line) => lineValue(words, { policy: shape, line, now });
  const kept = layers.filter((layer) => shape[layer] !== null);
  return [
    { title: title('often'), value: value('often') },
    { title: title('zone'), value: value('zone') },
    ...kept.map((layer) => ({ title: title(layer), value: whichKept(words, shape, { layer, kept: value(layer) }) })),
    { title: title('snapshots'), value: value('snapshots') },
  ];
}

/** What changes, one line each: before and after. */
export function differenceFacts(words: Words, of: { was: PolicyFacts; shape: PolicyShape; now: Date }): Fact[] {
  return changedLines(of.was, of.shape).map((line) => ({
    title: words.say(`policy-line.${line}`),
    value: beforeAndAfter(words, of, line),
  }));
}

/** The layers that would be kept for less time, each with before and after. */
export function shortenedNames(words: Words, of: { was: PolicyFacts; shape: PolicyShape; now: Date }): string[] {
  return shortened(of.was, of.shape).map(
    (layer) => `${inSentence(words.say(`policy-line.${layer}`))} ${beforeAndAfter(words, of, layer)}`,
  );
}

function inSentence(label: string): string {
  return `${label.slice(0, 1).toLowerCase()}${label.slice(1)}`;
}

/** The days of the week, in the reader's language. */
export function dayNames(words: Words, days: readonly string[]): string[] {
  return weekDays
    .filter((day) => days.includes(day))
    .map((day) => words.say(`weekday.${day.toLowerCase() as Lowercase<typeof day>}`));
}

/** A time zone by the name that people know and the one that Azure stores. */
function zoneWords({ say }: Words, windows: string): string {
  const zone = zoneValue(windows);
  return zone === windows ? zone : say('policy-value.zone', { zone, windows });
}

function beforeAndAfter(words: Words, of: { was: PolicyFacts; shape: PolicyShape; now: Date }, line: Line): string {
  const before = lineValue(words, { policy: of.was, line, now: of.now });
  const after = lineValue(words, { policy: of.shape, line, now: of.now });
  return words.say('policy-value.change', { before, after });
}

function scheduleWords(words: Words, policy: Said, now: Date): string {
  const schedule = { daily: null, weekly: null, monthly: null, yearly: null, crashConsistentOnly: false };
  return policyWords(words, { ...policy, ...schedule }, now);
}

/**
 * Which points a layer of a new policy keeps: with a daily schedule those of Sundays, with a weekly one those of its
 * own days.
 */
function whichKept(words: Words, shape: PolicyShape, { layer, kept }: { layer: Layer; kept: string }): string {
  const { say } = words;
  const [day = ''] = dayNames(words, [anchorDay(shape)]);
  switch (layer) {
    case 'daily':
      return kept;
    case 'weekly': {
      const days = shape.schedule.frequency === 'Weekly' ? shape.schedule.days : [anchorDay(shape)];
      return say('policy-value.of-week', { kept, days: words.names(dayNames(words, days), 7) });
    }
    case 'monthly':
      return say('policy-value.of-month', { kept, day });
    case 'yearly':
      return say('policy-value.of-year', { kept, day });
  }
}
