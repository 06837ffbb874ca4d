/** What no shell gives a meaning to, wherever it stands in a word. */
const harmless = /^[\w./:%+-]+$/;

/**
 * A value as exactly one word of a command that people paste into a shell: as it is if no shell reads anything into it,
 * else in single quotes. In a name that somebody else chose nothing is executed.
 */
export function shellWord(value: string): string {
  return harmless.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
