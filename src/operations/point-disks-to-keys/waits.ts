import { minute, second } from '../cards/durations.ts';

/** How long pointing disks to their keys waits for Azure, in milliseconds. */
export const pointWaits = {
  /** Between two looks at a disk that was written, and how long the change may take to appear. */
  pointLook: 5 * second,
  pointShows: 5 * minute,
};
