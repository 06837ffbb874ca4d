import { minute } from '../cards/durations.ts';

/** How long writing a policy waits for Azure, in milliseconds. */
export const policyWaits = {
  /** How long the policy may take to appear as written. */
  policyShows: 2 * minute,
};
