/** Counts how many round trips follow one another, however long each takes. */
import { setImmediate as tick } from 'node:timers/promises';
import type { AzureReads } from '../../../src/azure/gateway.ts';

/** Reads whose answers arrive in waves. `calls` is the log, `depth` the number of waves so far. */
export type Waves = { readonly reads: AzureReads; readonly calls: readonly string[]; depth(): number };

type Wave = { readonly calls: Promise<unknown>[]; readonly done: Promise<void> };

/**
 * All calls made before the next turn of the event loop are one wave; none is answered before all of it have been made.
 */
export function inWaves(reads: AzureReads): Waves {
  const calls: string[] = [];
  let depth = 0;
  let wave: Wave | null = null;
  const next = (): Wave => {
    const made: Promise<unknown>[] = [];
    const done = tick().then(async () => {
      wave = null;
      await Promise.allSettled(made);
      depth += 1;
    });
    return { calls: made, done };
  };
  const names = Object.keys(reads) as (keyof AzureReads)[];
  const wrapped = names.map((name) => {
    const read = reads[name] as (...args: unknown[]) => Promise<unknown>;
    const call = (...args: unknown[]) => {
      calls.push(`${name} ${args.map((arg) => JSON.stringify(arg)).join(' ')}`);
      wave ??= next();
      const answer = read(...args);
      // It may fail before its wave is over, while nobody listens yet.
      answer.catch(() => undefined);
      wave.calls.push(answer);
      return wave.done.then(() => answer);
    };
    return [name, call] as const;
  });
  return { reads: Object.fromEntries(wrapped) as unknown as AzureReads, calls, depth: () => depth };
}
