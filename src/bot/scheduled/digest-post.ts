/** A channel's digest, on the days and at the time that `kluis.yaml` sets. */
import { digestCard } from '../../views/digest/digest-card.ts';
import { readDigest } from '../../views/digest/read-digest.ts';
import { channelsNamed } from '../../store/conversations.ts';
import { outsideThreads } from '../channel-places.ts';
import type { Within } from '../deps.ts';
import { estateOf } from '../estate/estate.ts';
import type { ScheduledPlace, ScheduledPost } from './scheduled-post.ts';

/** The post. */
export const digestPost: ScheduledPost = {
  kind: 'digest',
  places: digestPlaces,
  read: async (deps) => {
    const estate = await estateOf(deps, null);
    const readAt = estate.azureNow();
    const digest = await readDigest(estate);
    return ({ words, due }) => ({ card: digestCard({ words, digest, readAt, due, more: [] }), told: {} });
  },
};

/** The channels that have one, if the bot was ever addressed there. */
async function digestPlaces(within: Within): Promise<ScheduledPlace[]> {
  const places: ScheduledPlace[] = [];
  for (const { channel, schedule } of within.deps.digests) {
    const [seen] = await channelsNamed(within.unit.q, [channel]);
    if (seen) places.push({ at: await outsideThreads(within, seen), scope: [{}], schedule });
  }
  return places;
}
