import type { Finding } from './findings.ts';
import type { SoakResult } from './soak-run.ts';

/** Counted things, one line each. */
export function listed(all: Iterable<readonly [string | number, number]>): string[] {
  return [...all].map(([name, count]) => `  ${String(count).padStart(7)}  ${name}`);
}

/** Whether every invariant holds, and which don't. */
export function verdictOn(found: readonly Finding[]): string[] {
  if (found.length === 0) return ['Every invariant holds.'];
  return [`${found.length} findings:`, ...found.map(({ broken, what }) => `  ✘ ${broken}: ${what}`)];
}

/** A soak as lines of text. */
export function inWords({ found, interactions, troubles, statuses, counts, early, late }: SoakResult): string {
  const memory = [
    `  ${early.rssMb.toFixed(0)} MB (heap ${early.heapMb.toFixed(0)} MB) at 20 % of the time`,
    `  ${late.rssMb.toFixed(0)} MB (heap ${late.heapMb.toFixed(0)} MB) at the end`,
  ];
  return [
    'what people did',
    ...listed(interactions),
    'what was troubled',
    ...listed(troubles),
    'what the endpoint answered',
    ...listed(statuses),
    'what came of it',
    ...listed(Object.entries(counts)),
    'memory after a collection',
    ...memory,
    ...verdictOn(found),
  ].join('\n');
}
