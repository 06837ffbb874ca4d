/** How the protection stands, in the lines of a closing card. Pure. */
import type { Block } from '../message/card-data.ts';
import { dueText } from '../message/due-text.ts';
import type { Words } from '../message/words.ts';
import type { Standing } from './part.ts';

type Fact = Extract<Block, { kind: 'facts' }>['facts'][number];

/** When the VM is backed up next; nothing where that is not known. */
export function nextFacts(words: Words, stands: Standing | undefined): Fact[] {
  if (!stands?.nextRun) return [];
  const at = dueText(words, words.dateTimeUtc(new Date(stands.nextRun)), stands);
  return [
    { title: words.say('closing.next'), value: words.say('closing.next-value', { at, policy: stands.policy ?? '–' }) },
  ];
}

/** What can still be gone back to, the first thing to know after a failure. */
export function lastGoodFacts(words: Words, stands: Standing | undefined, now: Date): Fact[] {
  if (!stands) return [];
  const { say } = words;
  const title = say('fact.last-good');
  if (stands.lastGood === null) return [{ title, value: say('value.never') }];
  const last = new Date(stands.lastGood);
  const [at, ago] = [words.dateTime(last), words.duration(now.getTime() - last.getTime())];
  return [{ title, value: say('value.last-good-points', { at, ago, points: stands.points }) }];
}
