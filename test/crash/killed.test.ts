import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { failpoints } from '../../src/core/failpoint.ts';
import { ChildProcesses } from './child-process.ts';
import {
  everyGapOnce,
  expectBooksInOrder,
  expectEachWriteOnce,
  expectOrphanLeadsOn,
  operateWithCrashes,
  Stage,
  type Ended,
} from './whole-operation.ts';

/** On PostgreSQL a process is killed in `two-processes.test.ts`. */
describe('an operation whose process is killed with SIGKILL in every failpoint, on the embedded database', () => {
  let stage: Stage;
  let ended: Ended;
  beforeAll(async () => {
    stage = await Stage.open((simulatorUrl) => ChildProcesses.open('pglite', simulatorUrl));
    ended = await operateWithCrashes(stage, everyGapOnce);
  }, 300_000);
  afterAll(() => stage?.[Symbol.asyncDispose](), 60_000);

  test('really came to every failpoint', () =>
    expect([...stage.ground.reached].sort()).toEqual([...failpoints].sort()));
  test('wrote to Azure once each', () => expectEachWriteOnce(stage.azure, 'vm-web-01'));
  test('left its books in order', () => expectBooksInOrder(stage.ground), 60_000);
  test('left one live card, one mention, and a way to them', () => expectOrphanLeadsOn(ended));
});
