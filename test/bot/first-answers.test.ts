import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { SlackChat } from '../slack/support/slack-client.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const tenMinutes = 600_000;
let bot: TestBot;
beforeAll(async () => {
  // Whatever the pace of edits holds back doesn't come as long as a test runs.
  bot = await startBot({ database: 'postgres', editGapMs: tenMinutes });
});
// So late that the card which says what is being read is posted before.
beforeEach(() => bot.azure.fault({ match: { method: 'GET', path: '/subscriptions' }, latencyMs: 150 }));
afterAll(() => bot?.[Symbol.asyncDispose]());

test('in Teams an answer of Azure is shown at once, not after the pace of edits', async () => {
  const chat = bot.as('ana');
  expect((await chat.asks('backup vaults')).text).toContain('rsv-prod-weu');
  expect((await chat.asks('backup vm-sql-01')).text).toContain('vm-sql-01 is ready to back up');
});

test('in Slack too', async () => {
  const general = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  const { ts } = await general.says('@Kluis backup vaults');
  await general.in(ts as string).until(/rsv-prod-weu/);
});
