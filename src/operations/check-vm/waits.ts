import { minute, second } from '../cards/durations.ts';

/** How long a new VM is waited for, in milliseconds. */
export const checkVmWaits = {
  /** Between two looks at it. */
  vmLook: 15 * second,
  /** How long its agent may be silent. */
  vmAgent: 20 * minute,
};
