import { minute, second } from '../cards/durations.ts';

/** How long a VM whose disks are to be replaced is waited for, in milliseconds. */
export const replaceWaits = {
  /** Between two looks at whether it is deallocated. */
  offLook: 15 * second,
  /** How long somebody has to deallocate it. */
  offWait: 60 * minute,
};
