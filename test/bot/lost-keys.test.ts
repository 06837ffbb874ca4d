/** Lost keys have a way out that a phone has room for, and a cause that is gone isn't guessed at any more. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { threadOf, untilCard, untilNoted } from '../support/channel-cards.ts';
import { ends, failure } from '../support/failing.ts';
import { SlackChat } from '../slack/support/slack-client.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

let bot: TestBot;
beforeAll(async () => {
  const often = { leases: { sweep: 300 }, speed: 20_000, waits: { vaultLook: 3_600_000, vaultIdle: 1_000 } };
  bot = await startBot({ database: 'postgres', ...often });
  await bot.azure.failedLately();
  // Azure makes a point some time after its job began.
  const { items } = await bot.azure.state('items');
  const later = (time: string) => new Date(Date.parse(time) + 42 * 60_000).toISOString();
  const moved = items.map((item) => {
    const points = item.points.map((point) => ({ ...point, time: later(point.time) }));
    return { ...item, points, ...(points[0] && { lastRecoveryPoint: points[0].time }) };
  });
  await bot.azure.change({ items: moved });
  await bot.asks('ana', 'backup vaults');
});
afterAll(() => bot?.[Symbol.asyncDispose]());

test('a deleted key vault: alert, failed job and the VM’s card lead to the restore that recovers it', async () => {
  await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
  const posted = await untilCard(bot, 'Do NOT restart vm-hr-01');
  const good = /last good backup (?:yesterday |tonight )?[^·\n]*?(\d\d:\d\d)/;
  const status = await (await bot.asks('ana', 'backup status')).card();
  const [ofAlert, ofStatus] = [posted.card.text, status.text.split('vm-hr-01')[1]!].map((text) => good.exec(text)?.[1]);
  expect(ofAlert).toMatch(/:42$/);
  expect(ofStatus).toBe(ofAlert);
  // Recovering it alone comes first where nothing has to be restored.
  const ways = [say('failures.recover'), say('button.restore-keys')];
  expect(posted.card.titles.slice(0, 2)).toEqual(ways);
  expect((await (await bot.asks('ana', 'backup job vm-hr-01')).card()).titles.slice(0, 2)).toEqual(ways);
  const card = await (await bot.asks('ana', 'backup vm-hr-01')).card();
  expect(card.titles.slice(0, 2)).toEqual([say('button.ask-approval'), say('button.restore-keys')]);
  // The button does what it says, through the same gate as the typed command.
  await untilNoted(bot, posted.message.id);
  const [recovers, restores] = posted.card.buttons;
  const thread = threadOf(bot, posted, 'ben');
  await thread.sends({ verb: recovers!.verb, data: recovers!.data, on: posted.message });
  await thread.untilButton(say('button.ask-approval'));
  expect((await thread.card()).text).toContain(say('recover.reach', { keyVaults: ['kv-hr-weu'], vms: 'none' }));
  await thread.sends({ verb: restores!.verb, data: restores!.data, on: posted.message });
  await thread.untilTitle(/Restore vm-hr-01/);
  expect((await thread.card()).text).toContain('kv-hr-weu');
  expect(await bot.azure.writes()).toEqual([]);
});

test('what a restore can’t bring back has no such button', async () => {
  const { titles } = await (await bot.asks('ana', 'backup vm-app-02')).card();
  expect(titles).not.toContain(say('button.restore-keys'));
});

test('the cause is gone when the failure is taken in: nothing stops the next backup, which is one press away', async () => {
  await ends(bot.azure, 'vm-neu-01', failure('UserErrorKeyVaultPermissionsNotConfigured'));
  const { card } = await untilCard(bot, 'vm-neu-01');
  expect(card.text).toContain(say('alert.clear'));
  expect(card.titles[0]).toBe(say('button.back-up-now'));
  expect(card.text.split('Details')[0]).not.toContain('az keyvault');
});

test('Slack’s home names the cause of a failed backup', async () => {
  const slack = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  const home = JSON.stringify(await slack.opensHome());
  expect(home).toContain("Azure Backup can't read its disk keys · started");
  expect(home).toContain('Key vault kv-hr-weu is deleted, do NOT restart · started');
});
