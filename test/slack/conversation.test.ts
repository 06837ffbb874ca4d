import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { buttonsOf, SlackChat, textOf, type SeenMessage } from './support/slack-client.ts';

let bot: TestBot;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'pglite' });
}, 120_000);
afterAll(() => bot?.[Symbol.asyncDispose]());

test('a slash command in a channel: one thread below a message of the bot, to the closing card and the mention', async () => {
  const ana = general();
  const asked = await ana.says('/backup vm-sql-01');
  expect(asked.bot).toMatchObject({ status: 200, body: null });
  const root = await ana.until('/backup vm-sql-01');
  expect(root.text).toBe('<@U0ANAVRIES>: /backup vm-sql-01');
  const thread = ana.in(root.ts);
  const card = await thread.until(/vm-sql-01 (is ready|can be)/i);
  expect(buttonsOf(card)).toContain('Protect and back up now');
  const pressed = await thread.presses('Protect and back up now');
  expect(pressed.bot).toMatchObject({ status: 200 });
  const mention = await thread.until(/^<@U0ANAVRIES>: (?!\/backup)/, 30_000);
  expect(mention.thread_ts).toBe(root.ts);
  const shown = await thread.said();
  expect(shown).toHaveLength(3);
  expect(textOf(shown[1] as SeenMessage)).toMatch(/vm-sql-01 is backed up/);
  expect(buttonsOf(shown[1] as SeenMessage)).toEqual(['Show the status']);
  expect(await bot.azure.requests('POST', /\/backup\?/)).toHaveLength(1);
}, 60_000);
