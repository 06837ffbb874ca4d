import { minute, second } from '../cards/durations.ts';

/** How long to wait for a VM whose disks are to be replaced, in milliseconds. */
export const replaceWaits = {
  /** Between two checks whether it is deallocated. */
  offLook: 15 * second,
  /** How long somebody has to deallocate it. */
  offWait: 60 * minute,
};
