/** VMs that were requested along with others and left out, and why, in words. */
import { findingPhrase } from '../../message/finding-phrase.ts';
import { findingInRow } from '../../message/rendering/cause-titles.ts';
import type { Words } from '../../message/words.ts';
import type { LeftOutReason } from '../parts/left-out.ts';
import { ruledText } from './ruled-words.ts';

/** The reason in a few words. */
export function leftOutWords(words: Words, why: LeftOutReason): string {
  switch (why.is) {
    case 'finding':
      return findingInRow(words, why, findingPhrase(words, why));
    case 'held':
      return ruledText(words, why.by).title;
    case 'access':
      return words.say('many.grant', { keyVaults: why.keyVaults });
    case 'choice':
      return words.say('many.choose');
    case 'several':
      return words.say('many.several');
    case 'not-found':
      return words.say('many.not-found');
  }
}
