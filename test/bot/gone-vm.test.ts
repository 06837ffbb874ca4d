import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { words } from '../../src/message/words.ts';
import { channelCards, presses, untilCard } from '../support/channel-cards.ts';
import { nextLookOf } from '../support/looked-at.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const title = 'vm-app-01 is gone; its protection is still on';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot({
    database: 'postgres',
    leases: { sweep: 300, poll: 2_000 },
    waits: { vaultLook: 3_600_000, vaultIdle: 300 },
  });
  await bot.asks('ana', 'backup vaults');
  await refreshInventory(bot.deps);
  await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
  const { vms } = await bot.azure.state('vms');
  await bot.azure.change({ vms: vms.filter(({ name }) => name !== 'vm-app-01') });
  await nextLookOf(bot);
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const itemOf = async (vm: string) =>
  (await bot.azure.state('items')).items.find(({ vmId }) => vmId.endsWith(`/${vm}`))!;

test('the alert about a deleted VM opens its restore', async () => {
  const alert = await untilCard(bot, title);
  expect(alert.card.titles.slice(0, 2)).toEqual([say('button.restore'), say('button.stop')]);
  const thread = await presses(bot, alert, say('button.restore'));
  await thread.untilTitle(say('restore.which', { vm: 'vm-app-01' }));
});

test('the alert about a deleted VM stops its backups and keeps them, behind the gate, which closes it', async () => {
  const { points } = await itemOf('vm-app-01');
  const approval = { approvals: 1, withinMs: 3_600_000, startMs: 3_600_000 };
  bot.rules.push({ operation: 'stop-protection', match: {}, verdict: { deny: false, approval } });
  const alert = await untilCard(bot, title);
  const thread = await presses(bot, alert, say('button.stop'));
  await thread.untilButton(say('button.ask-approval'));
  await thread.clicks(say('button.ask-approval'));
  await thread.untilWaits('0 of 1');
  expect(await bot.azure.writes(/protectedItems\//)).toEqual([]);
  await thread.as('ana').clicks(say('button.approve'));
  await thread.untilTitle(say('closing.stop-protection', { vm: 'vm-app-01' }));
  expect(await bot.azure.writes(/protectedItems\//)).toHaveLength(1);
  expect(await itemOf('vm-app-01')).toMatchObject({ state: 'ProtectionStopped', points });
  await nextLookOf(bot);
  const closed = await untilCard(bot, say('sighted.moved'));
  expect(closed.message.id).toBe(alert.message.id);
  expect(await channelCards(bot, 'were stopped')).toEqual([]);
});
