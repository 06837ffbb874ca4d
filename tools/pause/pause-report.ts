import type { PauseResult } from './pause-run.ts';

/** The result of the pauses, for a terminal. */
export function pausesInWords({ rounds, once, twice, paused, outcomes, told }: PauseResult): string {
  const tally = [...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ');
  return [
    ...twice.map((each) => `TWICE: ${each}`),
    `paused before or while it wrote: ${paused} of ${rounds}`,
    `attempts: ${tally}`,
    `in the audit log with Azure's request id: ${told} of ${rounds}`,
    `parts with exactly one accepted POST: ${once} of ${rounds}`,
  ].join('\n');
}
