import { minute, second } from '../cards/durations.ts';

/** How long the recovery of a key vault waits for Azure, in milliseconds. */
export const recoverWaits = {
  /** Between two looks at the key vault, and how long it may take to appear. */
  recoverLook: 5 * second,
  recoverShows: 10 * minute,
};
