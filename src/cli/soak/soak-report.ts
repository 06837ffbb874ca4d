import type { SoakResult } from './soak-run.ts';

/** A soak as lines of text. */
export function inWords({ found, interactions, troubles, statuses, counts, early, late }: SoakResult): string {
  const list = (all: Iterable<readonly [string | number, number]>) =>
    [...all].map(([name, count]) => `  ${String(count).padStart(7)}  ${name}`);
  const memory = [
    `  ${early.rssMb.toFixed(0)} MB (heap ${early.heapMb.toFixed(0)} MB) at 20 % of the time`,
    `  ${late.rssMb.toFixed(0)} MB (heap ${late.heapMb.toFixed(0)} MB) at the end`,
  ];
  const verdict =
    found.length === 0
      ? ['Every invariant holds.']
      : [`${found.length} findings:`, ...found.map(({ broken, what }) => `  ✘ ${broken}: ${what}`)];
  return [
    'what people did',
    ...list(interactions),
    'what was troubled',
    ...list(troubles),
    'what the endpoint answered',
    ...list(statuses),
    'what came of it',
    ...list(Object.entries(counts)),
    'memory after a collection',
    ...memory,
    ...verdict,
  ].join('\n');
}
