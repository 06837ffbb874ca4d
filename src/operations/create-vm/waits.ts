import { second } from '../cards/durations.ts';

/** How long creating a VM waits for Azure, in milliseconds. */
export const createVmWaits = {
  /** Between two looks at its deployment. */
  deployment: 10 * second,
};
