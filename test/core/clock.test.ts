import { expect, test } from '@jest/globals';
import { systemClock } from '../../src/core/clock.ts';

test('the system clock tells the present', () => {
  const before = Date.now();
  expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(before);
});
