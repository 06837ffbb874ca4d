import type { View } from '../view.ts';
import { digestCard } from './digest-card.ts';
import { readDigest, type Digest } from './read-digest.ts';

/**
 * `backup digest`: the state of the estate on one card. It is also posted on schedule to the channels that subscribe to
 * it.
 */
export const digestView: View<Digest> = {
  name: 'digest',
  command: { word: 'digest', takes: 'words', help: [{ typed: 'digest', says: 'digest' }] },
  shape: 2,
  query: (_, estate) => readDigest(estate),
  draw: ({ words, result, readAt, button }) =>
    digestCard({
      words,
      digest: result,
      readAt,
      due: null,
      more: [button({ title: words.say('button.refresh'), verb: 'again' })],
    }),
};
