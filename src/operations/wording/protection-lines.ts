/** The protection status, as lines of a closing card. Pure. */
import type { Block } from '../../message/card-data.ts';
import { dueText } from '../../message/due-text.ts';
import type { Words } from '../../message/words.ts';
import type { ProtectionStatus } from '../ground/part.ts';

type Fact = Extract<Block, { kind: 'facts' }>['facts'][number];

/** When the VM is backed up next; nothing if that is unknown. */
export function nextFacts(words: Words, protection: ProtectionStatus | undefined, now: Date): Fact[] {
  if (!protection?.nextRun) return [];
  const at = dueText(words, words.dated(new Date(protection.nextRun), now), protection);
  return [
    {
      title: words.say('closing.next'),
      value: words.say('closing.next-value', { at, policy: protection.policy ?? '–' }),
    },
  ];
}

/** What can still be restored: the first thing to know after a failure. */
export function lastGoodFacts(words: Words, protection: ProtectionStatus | undefined, now: Date): Fact[] {
  if (!protection) return [];
  const { say } = words;
  const title = say('fact.last-good');
  if (protection.lastGood === null) return [{ title, value: say('value.never') }];
  const last = new Date(protection.lastGood);
  const [at, ago] = [words.dated(last, now), words.duration(now.getTime() - last.getTime())];
  return [{ title, value: say('value.last-good-points', { at, ago, points: protection.points }) }];
}
