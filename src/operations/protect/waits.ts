import { minute } from '../cards/durations.ts';

/** How long switching protection on waits for access that was just granted, in milliseconds. */
export const protectWaits = {
  /** A refusal for missing permissions this soon after a grant means "not through yet". */
  grantFresh: 15 * minute,
  quietRepeat: 4 * minute,
};
