/** A VM that won't start again says so wherever it is named: restarting is what people try first. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { untilCard } from '../support/channel-cards.ts';
import { SlackChat } from '../slack/support/slack-client.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

let bot: TestBot;
beforeAll(async () => {
  const often = { leases: { sweep: 300 }, speed: 20_000, waits: { vaultLook: 3_600_000, vaultIdle: 1_000 } };
  bot = await startBot({ database: 'postgres', ...often });
  await bot.azure.failedLately();
  await bot.asks('ana', 'backup vaults');
});
afterAll(() => bot?.[Symbol.asyncDispose]());

test('the alert has it as its title, in Teams and in Slack', async () => {
  await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
  expect((await untilCard(bot, 'vm-hr-02')).card.title).toBe('❌ Do NOT restart vm-hr-02: KEK missing, backups fail');
  expect((await untilCard(bot, 'vm-hr-01')).card.title).toBe(
    '❌ Do NOT restart vm-hr-01: key vault deleted, backups fail',
  );
  const slack = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  await slack.says('@Kluis backup watch');
  await slack.until(/Do NOT restart vm-hr-02: KEK missing, backups fail/);
});

test.each([
  ['backup status', /vm-hr-02[^\n]*\n?[^\n]*KEK kek-disks is missing, do NOT restart/],
  ['backup status vm-hr-02 vm-app-01', /KEK kek-disks is missing, do NOT restart/],
  ['backup forecast', /KEK kek-disks is missing, do NOT restart/],
  ['backup protected', /KEK kek-disks is missing, do NOT restart/],
  ['backup jobs failed', /KEK kek-disks is missing, do NOT restart/],
  ['backup vm-hr-01 vm-hr-02', /KEK kek-disks is missing, do NOT restart/],
])('%s says it beside the cause', async (command, said) => {
  const { text } = await (await bot.asks('ana', command)).card();
  expect(text).toMatch(said);
  if (!command.includes('vm-app-01')) expect(text).toMatch(/[kK]ey vault kv-hr-weu is deleted, do NOT restart/);
});

test('the digest names them in its first line', async () => {
  const { text } = await (await bot.asks('ana', 'backup digest')).card();
  expect(text).toContain('Do NOT restart vm-hr-01 and vm-hr-02: disk keys are missing');
});

test('the failed job and the VM itself have it as their title', async () => {
  const title = 'Do NOT restart vm-hr-02: KEK missing, backups fail';
  expect((await (await bot.asks('ana', 'backup job vm-hr-02')).card()).title).toBe(`❌ ${title}`);
  expect((await (await bot.asks('ana', 'backup vm-hr-02')).card()).title).toBe(`⛔ ${title}`);
  expect((await (await bot.asks('ana', 'backup status vm-hr-02')).card()).title).toBe(`⛔ ${title}`);
});

test('in Dutch, too', async () => {
  const chat = bot.as('ana').inDutch();
  await chat.asks('backup vm-hr-01');
  await chat.untilTitle('⛔ Herstart vm-hr-01 NIET: sleutelkluis verwijderd');
  await chat.asks('backup forecast');
  await chat.until('the forecast', async () => /ontbreekt, NIET herstarten/.test((await chat.card()).text) || null);
});

test('a VM of which something else is wrong doesn’t say it', async () => {
  const { text } = await (await bot.asks('ana', 'backup vm-app-02')).card();
  expect(text).not.toMatch(/restart/i);
});
