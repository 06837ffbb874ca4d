import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gaps } from '../../src/core/gap.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { ChildProcesses } from './child-process.ts';
import {
  everyGap,
  everyWrite,
  expectBooksInOrder,
  expectEachWriteOnce,
  expectOneCardOneMention,
  expectOrphanLeadsOn,
  operateWithCrashes,
  Stage,
} from './whole-operation.ts';

let stage: Stage;
let ended: { chat: BotChat; first: string };

describe('an operation whose process is killed with SIGKILL in every gap, on the embedded database', () => {
  beforeAll(async () => {
    stage = await Stage.open((simulatorUrl) => ChildProcesses.open('pglite', simulatorUrl));
    ended = await operateWithCrashes(stage, everyGap);
  }, 300_000);
  afterAll(() => stage?.[Symbol.asyncDispose](), 60_000);

  test('really came to every gap', () => expect([...stage.ground.reached].sort()).toEqual([...gaps].sort()));
  test('wrote to Azure once each', () => expectEachWriteOnce(stage.azure, 'vm-web-01'));
  test('left its books in order', () => expectBooksInOrder(stage.ground), 60_000);
  test('left one live card, one mention, and a way to them', () => expectOrphanLeadsOn(stage, ended), 60_000);
});

describe('an operation whose process is killed with SIGKILL around every write to Azure, on PostgreSQL', () => {
  beforeAll(async () => {
    stage = await Stage.open((simulatorUrl) => ChildProcesses.open('postgres', simulatorUrl));
    ended = await operateWithCrashes(stage, everyWrite);
  }, 300_000);
  afterAll(() => stage?.[Symbol.asyncDispose](), 60_000);

  test('wrote to Azure once each', () => expectEachWriteOnce(stage.azure, 'vm-web-01'));
  test('left its books in order', () => expectBooksInOrder(stage.ground));
  test('left one card and one mention', () => expectOneCardOneMention(ended.chat));
});
