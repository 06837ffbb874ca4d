import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { failpoints } from '../../src/core/failpoint.ts';
import { ChildProcesses } from './child-process.ts';
import {
  everyGapOnce,
  expectBooksInOrder,
  expectEachWriteOnce,
  expectOrphanLeadsOn,
  operateWithCrashes,
  CrashHarness,
  type Ended,
} from './whole-operation.ts';

/** On PostgreSQL a process is killed in `two-processes.test.ts`. */
describe('an operation whose process is killed with SIGKILL at every failpoint, on the embedded database', () => {
  let harness: CrashHarness;
  let ended: Ended;
  beforeAll(async () => {
    harness = await CrashHarness.open((simulatorUrl) => ChildProcesses.open('pglite', simulatorUrl));
    ended = await operateWithCrashes(harness, everyGapOnce);
  });
  afterAll(() => harness?.[Symbol.asyncDispose]());

  test('really came to every failpoint', () =>
    expect([...harness.host.reached].sort()).toEqual([...failpoints].sort()));
  test('wrote to Azure once each', () => expectEachWriteOnce(harness.azure, 'vm-web-01'));
  test('left its books in order', () => expectBooksInOrder(harness.host));
  test('left one live card, one mention, and a way to them', () => expectOrphanLeadsOn(ended));
});
