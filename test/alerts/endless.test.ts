import { expect, test } from '@jest/globals';
import { isEndless } from '../../src/alerts/looks/endless.ts';
import type { JobFacts } from '../../src/azure/gateway.ts';

const hour = 3_600_000;
const start = new Date('2026-11-20T00:00:00Z');
const job = (over: Partial<JobFacts>) =>
  ({ status: 'InProgress', operation: 'Backup', startTime: start, ...over }) as JobFacts;

test.each([
  { what: 'a first backup', over: {}, longestMs: null, hours: 72 },
  { what: 'a backup whose longest took an hour', over: {}, longestMs: hour, hours: 24 },
  { what: 'a backup whose longest took ten hours', over: {}, longestMs: 10 * hour, hours: 40 },
  { what: 'any other job', over: { operation: 'Restore' }, longestMs: hour, hours: 48 },
])('$what counts as endless after $hours hours, and not before', ({ over, longestMs, hours }) => {
  const after = (ms: number) => new Date(start.getTime() + hours * hour + ms);
  expect(isEndless(job(over), longestMs, after(1))).toBe(true);
  expect(isEndless(job(over), longestMs, after(0))).toBe(false);
  expect(isEndless(job({ ...over, status: 'Completed' }), longestMs, after(1))).toBe(false);
});
