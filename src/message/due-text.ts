import type { Words } from './words.ts';

/** When a backup is due, with what is not certain of it: Azure does not promise to follow a change of the clocks. */
export function dueText(
  { say }: Words,
  at: string,
  { afterClockChange = false }: { afterClockChange?: boolean },
): string {
  return afterClockChange ? say('value.hour-off', { at }) : at;
}
