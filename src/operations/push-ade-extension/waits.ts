import { second } from '../cards/durations.ts';

/** How long pushing the Azure Disk Encryption extension waits for Azure, in milliseconds. */
export const pushWaits = {
  /** Between two looks at it; it takes some minutes. */
  extension: 15 * second,
};
