import { minute } from '../cards/durations.ts';

/** How long enabling protection waits for access that was just granted, in milliseconds. */
export const protectWaits = {
  /** A refusal for missing permissions this soon after a grant means "not in effect yet". */
  grantFresh: 15 * minute,
  quietRepeat: 4 * minute,
};
