import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const givenUp = 'Kluis gave up on this after 3 attempts';
let bot: TestBot;
let begun = 0;

/** From now on no lookup comes to an end: its worker ends before it could say anything. */
function endNoLookup() {
  begun = 0;
  bot.failpoint = (reached) => {
    if (reached !== 'lookup:before-commit') return;
    begun += 1;
    throw new Error('out of memory');
  };
}

beforeAll(async () => {
  bot = await startBot({
    database: 'postgres',
    leases: { lookup: 2_000, sweep: 200 },
    config: 'rules:\n  - { operation: back-up-now, approvals: 1 }\n',
  });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
afterEach(() => {
  bot.failpoint = () => {};
});

test('a lookup that never ends is begun three times, then the person is told and the log says so', async () => {
  endNoLookup();
  const chat = bot.as('ana');
  await chat.asks('backup help');
  await chat.says('backup forecast');
  await chat.until('that Kluis gave up', async () => (await chat.card()).shown.includes(givenUp));
  expect(begun).toBe(3);
  expect(bot.log).toContainEqual(expect.objectContaining({ level: 'error', flow: 'forecast', step: 'found' }));
  bot.failpoint = () => {};
  expect((await chat.asks('backup vaults')).text).toContain('rsv-prod-weu');
});

test('what was approved and can’t be checked again ends with its request; nothing is written', async () => {
  const ana = await bot.asks('ana', 'backup vm-app-01');
  await ana.clicks(say('button.ask-approval'));
  await ana.untilWaits('0 of 1', '', 9000);
  endNoLookup();
  await ana.as('ben').clicks(say('button.approve'));
  await ana.until('that Kluis gave up', async () => (await ana.card()).shown.includes(givenUp));
  expect(begun).toBe(3);
  expect(await bot.azure.writes()).toEqual([]);
  expect((await bot.rows('approval_request')).map(({ state }) => state)).toEqual(['refused']);
});
