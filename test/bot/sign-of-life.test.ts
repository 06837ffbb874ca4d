import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LabExchange } from '../support/lab-client.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot({ database: 'pglite' });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const vm = 'vm-sql-01';
const slow = { match: { method: 'GET', path: `virtualMachines/${vm}\\?` }, latencyMs: 2_000, times: 1 };
const isTyping = ({ request }: LabExchange) => (request as { type?: string } | null)?.type === 'typing';

async function sent(place: string): Promise<LabExchange[]> {
  const all = await bot.lab.exchanges();
  return all.filter(({ direction, path }) => direction === 'from-bot' && decodeURIComponent(path).includes(place));
}

test('what takes more than a second shows a typing indicator once, before the verdict; what is fast doesn’t', async () => {
  const chat = bot.as('ana');
  await chat.asks('backup help');
  const before = (await sent(chat.place)).length;
  await bot.azure.fault(slow);
  await chat.asks(`backup ${vm}`);
  const all = (await sent(chat.place)).slice(before);
  const typings = all.filter(isTyping);
  expect(typings).toHaveLength(1);
  expect(typings[0]).toMatchObject({ method: 'POST', status: 202 });
  expect(isTyping(all.at(-1)!)).toBe(false); // the verdict came after it
});

test('a typing indicator that Teams refuses disturbs nothing', async () => {
  const chat = bot.as('ben');
  await chat.asks('backup help');
  const refused = async () => (await sent(chat.place)).some((one) => isTyping(one) && one.status === 503);
  // The fault has to be there within a second after the card: a busy machine may need another attempt.
  for (let tries = 0; !(await refused()) && tries < 10; tries += 1) {
    await bot.azure.fault(slow);
    const cards = (await chat.cards()).length;
    await chat.says(`backup ${vm}`);
    await chat.until('the card', async () => (await chat.cards()).length > cards);
    await bot.lab.post('faults', { method: 'POST', path: 'activities', status: 503 });
    expect((await chat.untilLooked()).titles.length).toBeGreaterThan(0);
  }
  expect(await refused()).toBe(true);
});
