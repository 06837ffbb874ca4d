import type { Words } from './words.ts';

/** When a backup is due, with what is uncertain about it: Azure doesn't promise to follow clock changes. */
export function dueText(
  { say }: Words,
  at: string,
  { afterClockChange = false }: { afterClockChange?: boolean },
): string {
  return afterClockChange ? say('value.hour-off', { at }) : at;
}
