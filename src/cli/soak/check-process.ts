import type { Usage } from '../bench/usage.ts';
import { findings, type Finding } from './findings.ts';

/** How much more memory the process may use at the end than early on: growth of a warm process, but no leak. */
const moreShare = 1.25;
const moreMb = 40;

/** Whether memory is flat, measured after garbage collection. */
export function checkMemory(early: Usage, late: Usage): Finding[] {
  const bound = early.rssMb * moreShare + moreMb;
  const what = `${Math.round(early.rssMb)} MB early on, ${Math.round(late.rssMb)} MB at the end (at most ${Math.round(bound)})`;
  return findings('memory is flat', late.rssMb > bound ? [what] : []);
}

/** The endpoint answers 200, or nothing or 503 while it is down; a 500 is a bug, whatever was sent. */
export function checkEndpoint(statuses: ReadonlyMap<number, number>): Finding[] {
  const wrong = [...statuses].filter(([status]) => status !== 200 && status !== 0 && status !== 503);
  return findings(
    'the endpoint answers 200',
    wrong.map(([status, times]) => `${status}, ${times} times`),
  );
}
