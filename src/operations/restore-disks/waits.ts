import { second } from '../cards/durations.ts';

/** How long a restore waits for Azure, in milliseconds. */
export const restoreWaits = {
  /** Between two looks at its job. */
  restoreJob: 30 * second,
  /** How long to look for the trace of a restore whose response was lost before a person is asked. */
  traceRestore: 10 * 60 * second,
};
