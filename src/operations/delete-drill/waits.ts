import { minute, second } from '../cards/durations.ts';

/** How long a deletion waits for Azure, in milliseconds. */
export const deleteDrillWaits = {
  /** Between two looks at what is being deleted, and how long that may take before it is requested again. */
  deleteLook: 10 * second,
  deleteTakes: 15 * minute,
};
