import { minute, second } from '../cards/durations.ts';

/** How long registering a provider waits for Azure, in milliseconds. */
export const registerWaits = {
  /** Between two looks at its state, and how long Azure may take; Microsoft says that it takes minutes. */
  registerLook: 10 * second,
  registerShows: 30 * minute,
};
