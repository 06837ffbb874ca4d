import { minute, second } from '../cards/durations.ts';

/** How long putting keys back waits, in milliseconds. */
export const keyWaits = {
  /** Between two looks for what was put back, and how long it may take to appear. */
  keyLook: 5 * second,
  keyShows: 5 * minute,
  /** Between two checks whether a person has removed an obstacle, and how long to wait for that. */
  obstacleLook: minute,
  obstacleStays: 24 * 60 * minute,
};
