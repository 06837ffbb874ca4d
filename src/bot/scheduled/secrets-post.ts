/** Warns that Kluis's own secrets expire, in the channels and at the time of the daily forecast. */
import { ownOf } from '../../core/own-of.ts';
import { endingSecrets, secretsCard, stagesOf } from '../../views/secrets/secrets-card.ts';
import { dailyForecast } from './daily-forecast.ts';
import type { ScheduledPost } from './scheduled-post.ts';

/** The post. There is none if nothing came closer to its expiry since the last one; what can't be read isn't posted. */
export const secretsPost: ScheduledPost = {
  kind: 'secrets',
  places: dailyForecast.places,
  read: async (deps) => {
    const now = deps.clock.now();
    const ends = await deps.credentialEnds();
    const unread = ends.flatMap((one) => ('unread' in one ? [one.setting] : []));
    const ending = endingSecrets(ends, now);
    const stages = stagesOf(ending, now);
    return ({ words, told }) => {
      const [first, ...more] = ending;
      const isNews = Object.entries(stages).some(([setting, stage]) => ownOf(told, setting) !== stage);
      const card = first && isNews ? secretsCard({ words, ending: [first, ...more], now }) : null;
      // What can't be read this time isn't posted again once it can.
      const kept = Object.entries(told).filter(([setting]) => unread.includes(setting));
      return { card, told: { ...Object.fromEntries(kept), ...stages } };
    };
  },
};
