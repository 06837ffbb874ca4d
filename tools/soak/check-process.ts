import { readFile } from 'node:fs/promises';
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

/** The errors in a log, as their lines begin. */
export async function errorsIn(logFile: string): Promise<string[]> {
  const lines = (await readFile(logFile, 'utf8')).split('\n');
  return lines.filter((line) => /^\{"level":(50|60),/.test(line)).map((line) => line.slice(0, 500));
}

/** The endpoint answers 200, or nothing or 503 while it is down; a 500 is a bug, whatever was sent. */
export async function checkEndpoint(statuses: ReadonlyMap<number, number>, logFile: string): Promise<Finding[]> {
  const wrong = [...statuses].filter(([status]) => status !== 200 && status !== 0 && status !== 503);
  if (wrong.length === 0) return [];
  const told = wrong.map(([status, times]) => `${status}, ${times} times`);
  return findings('the endpoint answers 200', [...told, ...(await errorsIn(logFile))]);
}
