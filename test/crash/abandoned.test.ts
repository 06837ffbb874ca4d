import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { failpoints } from '../../src/core/failpoint.ts';
import { InProcess } from './in-process.ts';
import {
  everyFailpoint,
  expectBooksInOrder,
  expectEachWriteOnce,
  expectOrphanLeadsOn,
  operateWithCrashes,
  plannedFailpoints,
  CrashHarness,
  type Ended,
} from './whole-operation.ts';

test('a crash is planned in every failpoint of the product', () => {
  expect([...new Set(plannedFailpoints(everyFailpoint))].sort()).toEqual([...failpoints].sort());
});

/** On the embedded database a real process is killed in every failpoint: `killed.test.ts`. */
describe('an operation whose process is abandoned at every failpoint around each of its writes, on PostgreSQL', () => {
  let harness: CrashHarness;
  let ended: Ended;
  beforeAll(async () => {
    harness = await CrashHarness.open((simulatorUrl) => InProcess.open('postgres', simulatorUrl));
    ended = await operateWithCrashes(harness, everyFailpoint);
  });
  afterAll(() => harness?.[Symbol.asyncDispose]());

  test('really came to every failpoint', () =>
    expect([...harness.host.reached].sort()).toEqual([...failpoints].sort()));
  test('wrote to Azure once each', () => expectEachWriteOnce(harness.azure, 'vm-web-01'));
  test('left its books in order', () => expectBooksInOrder(harness.host));
  test('left one live card, one mention, and a way to them', () => expectOrphanLeadsOn(ended));
});
