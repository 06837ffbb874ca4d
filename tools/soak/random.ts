/**
 * Random numbers that a seed reproduces. Each person has a separate stream, so that one's pace doesn't affect another.
 */
export type Draw = {
  /** Between 0 and 1. */
  share(): number;
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  pick<T>(all: readonly T[]): T;
  /** One of these, each as often as its weight says. */
  weighed<T>(all: readonly (readonly [weight: number, value: T])[]): T;
};

/** A stream of numbers for this seed and name. */
export function drawFrom(seed: number, name: string): Draw {
  let state = [...name].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), seed ^ 0x811c9dc5);
  const share = () => {
    // A small generator with a full period (splitmix32); nothing here is a secret.
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(share() * count);
  return {
    share,
    below,
    pick: <T>(all: readonly T[]) => all[below(all.length)] as T,
    weighed: <T>(all: readonly (readonly [number, T])[]) => {
      let left = share() * all.reduce((sum, [weight]) => sum + weight, 0);
      return (all.find(([weight]) => (left -= weight) < 0) ?? (all[0] as readonly [number, T]))[1];
    },
  };
}
