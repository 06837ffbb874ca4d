/** How much fits in one command, typed or on a button. */

/** As many VMs as `backup` takes at a time. */
export const maxVms = 50;

/** As many characters as a command has. */
export const maxCommand = 4_000;

/** Room for the other words of a command. */
const maxTyped = maxCommand - 100;

/** Those that fit in one command, by what is typed of each: all, unless they are very many. */
export function inOneCommand<T>(some: readonly T[], typed: (one: T) => string): readonly T[] {
  let room = maxTyped;
  return some.slice(0, maxVms).filter((one) => (room -= typed(one).length + 1) >= 0);
}
