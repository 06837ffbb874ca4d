import { minute, second } from '../cards/durations.ts';

/** How long putting keys back waits, in milliseconds. */
export const keyWaits = {
  /** Between two looks for what was put back, and how long it may take to show. */
  keyLook: 5 * second,
  keyShows: 5 * minute,
  /** Between two looks whether a person has removed what is in the way, and for how long that is waited for. */
  obstacleLook: minute,
  obstacleStays: 24 * 60 * minute,
};
