import { expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { restorePhase } from '../../src/operations/restore/restore-disks/words.ts';

const look = (locale: 'en' | 'nl') => words({ locale, timeZone: 'UTC', simulated: false });
const state = (memo: object) => ({ stage: 'job', memo, outcome: null, since: '2026-11-24T03:00:00Z' });
const note = (memo: object, locale: 'en' | 'nl' = 'en') =>
  restorePhase(look(locale), state(memo) as unknown as Parameters<typeof restorePhase>[1], { phase: 'restore-disks' })
    .note;

test("a running restore says Azure's percentage and what Azure thinks is left, where it says so", () => {
  expect(note({ percent: 30, remainingMs: 30_324_793 })).toMatch(/^30 ?% · about 8 h 25 min left$/);
  expect(note({ percent: 30, remainingMs: 30_324_793 }, 'nl')).toMatch(/^30 ?% · nog ongeveer 8 u 25 min$/);
  expect(note({ percent: 30, remainingMs: null })).toMatch(/^30 ?%$/);
  // As an earlier release stored it.
  expect(note({ percent: 30 })).toMatch(/^30 ?%$/);
});
