import { minute, second } from '../cards/durations.ts';

/** How long a grant waits for Azure, in milliseconds. */
export const grantWaits = {
  /** Between two looks at the key vault, and how long the grant may take to appear there. */
  grantLook: 5 * second,
  grantShows: 2 * minute,
  /**
   * When visible access is tried where an attempt costs nothing, and when it is assumed to be in effect: by access
   * policy, by role.
   */
  policyProbe: 30 * second,
  policyInForce: 3 * minute,
  roleProbe: 2 * minute,
  roleInForce: 10 * minute,
};
