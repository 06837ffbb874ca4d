import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import { wallTime } from '../../src/message/wall-time.ts';
import { words } from '../../src/message/words.ts';
import { claimLook } from '../../src/store/scheduled-posts.ts';
import { viewOf } from '../support/card-view.ts';
import { channel } from '../support/channel-cards.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const timeZone = 'UTC';
const { say } = words({ locale: 'en', timeZone, simulated: true });
let bot: TestBot;
beforeAll(async () => {
  const config = `alerts: [{ channel: '${channel}', vault: rsv-prod-weu }]\nforecast: { daily: 05:00 }\n`;
  bot = await startBot({ database: 'postgres', leases: { sweep: 200, scheduled: 3_000 }, config });
  await bot.asks('ana', 'backup vaults');
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const check = async () => (await bot.rows('scheduled_look')).find(({ kind }) => kind === 'forecast')!;

const dueNow = () =>
  bot.database.db
    .updateTable('scheduled_look')
    .set({ due_at: sql<Date>`now()` })
    .where('kind', '=', 'forecast')
    .execute();

async function cardsOf(title: string) {
  const all = await bot.lab.messages(channel, 'ana');
  return all.flatMap(({ card }) => (card ? [viewOf(card)] : [])).filter((card) => card.text.includes(title));
}

test('a post whose reading takes longer than a claim on it lasts isn’t taken by another process meanwhile, and posted', async () => {
  const { reads } = bot.deps.azure;
  const { policies } = reads;
  const taken: unknown[] = [];
  const slow: typeof policies = async (...asked) => {
    await sleep(7_000);
    taken.push(await claimLook(bot.database.db, 'forecast', 1));
    return policies(...asked);
  };
  await dueNow();
  await bot.as('ana').until('a first check', async () => (await bot.rows('scheduled_post')).length > 0);
  Object.assign(reads, { policies: slow });
  bot.ahead = wallTime({ time: '05:01', timeZone, now: new Date(), days: 1 }).getTime() - Date.now();
  await dueNow();
  const made = async () => (await bot.rows('scheduled_post')).find(({ made_for }) => made_for !== null);
  await bot.as('ana').until('the post', async () => (await made()) !== undefined);
  Object.assign(reads, { policies });
  expect(taken.length).toBeGreaterThan(0);
  expect(taken.every((claim) => claim === null)).toBe(true);
  expect(await cardsOf(say('scheduled.given-up.forecast'))).toEqual([]);
});

test('a post whose reading never ends is begun three times; then the channel is told, once for the day', async () => {
  let begun = 0;
  const { reads } = bot.deps.azure;
  const { policies } = reads;
  const never = () => {
    begun += 1;
    return Promise.reject(new Error('out of memory'));
  };
  await bot.as('ana').until('a first check', async () => (await bot.rows('scheduled_post')).length > 0);
  Object.assign(reads, { policies: never });
  bot.ahead = wallTime({ time: '05:01', timeZone, now: new Date(), days: 2 }).getTime() - Date.now();
  await dueNow();
  const title = say('scheduled.given-up.forecast');
  await bot.as('ana').until('that it was given up', async () => (await cardsOf(title)).length > 0);
  expect(begun).toBeGreaterThan(0);
  expect(bot.log.filter(({ level, text }) => level === 'error' && text.includes('never ended'))).toHaveLength(1);
  Object.assign(reads, { policies });
  expect(await check()).toMatchObject({ claims: 0, held_until: null });
  expect(await cardsOf(title)).toHaveLength(1);
});
