import { minute, second } from '../cards/durations.ts';

/** How long a grant waits for Azure, in milliseconds. */
export const grantWaits = {
  /** Between two looks at the key vault, and how long the grant may take to show there. */
  grantLook: 5 * second,
  grantShows: 2 * minute,
  /**
   * When access that shows is tried where a try costs nothing, and when it is taken to be in
   * effect: by access policy, by role.
   */
  policyProbe: 30 * second,
  policyInForce: 3 * minute,
  roleProbe: 2 * minute,
  roleInForce: 10 * minute,
};
