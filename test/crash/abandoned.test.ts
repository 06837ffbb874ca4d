import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gaps } from '../../src/core/gap.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { InProcess } from './in-process.ts';
import {
  everyGap,
  expectBooksInOrder,
  expectEachWriteOnce,
  expectOrphanLeadsOn,
  operateWithCrashes,
  plannedGaps,
  Stage,
} from './whole-operation.ts';

test('a crash is planned in every gap of the product', () => {
  expect([...new Set(plannedGaps(everyGap))].sort()).toEqual([...gaps].sort());
});

/** On the embedded database a real process is killed in every gap: `killed.test.ts`. */
describe('an operation whose process is abandoned in every gap, around each of its writes, on PostgreSQL', () => {
  let stage: Stage;
  let ended: { chat: BotChat; first: string };
  beforeAll(async () => {
    stage = await Stage.open((simulatorUrl) => InProcess.open('postgres', simulatorUrl));
    ended = await operateWithCrashes(stage, everyGap);
  }, 240_000);
  afterAll(() => stage?.[Symbol.asyncDispose](), 60_000);

  test('really came to every gap', () => expect([...stage.ground.reached].sort()).toEqual([...gaps].sort()));
  test('wrote to Azure once each', () => expectEachWriteOnce(stage.azure, 'vm-web-01'));
  test('left its books in order', () => expectBooksInOrder(stage.ground));
  test('left one live card, one mention, and a way to them', () => expectOrphanLeadsOn(stage, ended), 60_000);
});
