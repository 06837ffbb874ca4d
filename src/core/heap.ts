import { setFlagsFromString } from 'node:v8';

/**
 * Lets this process collect its garbage before the heap has grown by more than this share of what is in use. Left to itself
 * V8 lets it grow to four times that on a large machine, and the memory then stays with the process.
 */
export function keepHeapSmall(growsByPercent = 40): void {
  setFlagsFromString(`--heap-growing-percent=${growsByPercent}`);
}
