/** 5,500 failures of one poll, more than one batch takes in, are a card for each cause; the bot answers meanwhile. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { words } from '../../src/message/words.ts';
import { channelCards, untilCard } from '../support/channel-cards.ts';
import { eventually } from '../support/eventually.ts';
import { backupOf, failure } from '../support/failing.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const [vms, inRow] = [500, 11];
const errors = ['ErrorOfTheEast', 'ErrorOfTheWest', 'ErrorOfTheNorth', 'ErrorOfTheSouth', 'ErrorOfTheMiddle'];
const each = vms / errors.length;

let bot: TestBot;
let names: string[];
beforeAll(async () => {
  const waits = { vaultLook: 3_600_000, vaultIdle: 300 };
  bot = await startBot({ database: 'postgres', leases: { sweep: 300, poll: 2_000 }, waits });
  names = await addMachines(bot.azure, vms, 'vm-app-01');
  await bot.asks('ana', 'backup vaults');
  await refreshInventory(bot.deps);
  await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
});
afterAll(() => bot?.[Symbol.asyncDispose]());

type Body = { readonly affected: readonly { readonly name: string; readonly failures: number }[] };
const alertsOf = async (error: string) =>
  (await bot.rows('alert')).filter(({ cause_key }) => cause_key.includes(error.toLowerCase()));

test('a card for each cause names all of its VMs and counts all of their failures; others are answered meanwhile', async () => {
  const state = await bot.azure.state();
  const now = Date.now();
  const jobs = names.flatMap((vm, at) =>
    Array.from({ length: inRow }, (_, n) => {
      const time = new Date(now - (inRow - n) * 60_000).toISOString();
      return backupOf(state, vm, { ...failure(errors[at % errors.length]!), start: time, end: time });
    }),
  );
  await bot.azure.change({ jobs: [...state.jobs, ...jobs] });
  const answered = bot.asks('ben', 'backup help');
  for (const error of errors) {
    const { card } = await untilCard(bot, `${each} VM backups failed`, error);
    expect(card.titles[0]).toBe(say('failures.fix-many', { count: 50, left: each - 50 }));
    expect(card.text).toContain(`and ${each - 4} more VMs`);
  }
  expect((await (await answered).card()).title).toContain('Kluis');
  for (const error of errors) {
    await eventually(`${inRow} failures of each VM: ${error}`, async () => {
      const [alert, ...more] = await alertsOf(error);
      const { affected } = alert!.body as Body;
      return more.length === 0 && affected.length === each && affected.every(({ failures }) => failures === inRow);
    });
    expect(await channelCards(bot, error)).toEqual([]);
  }
  const posted = (await channelCards(bot, 'failed')).filter(({ card }) =>
    errors.some((one) => card.text.includes(one)),
  );
  expect(posted).toHaveLength(errors.length);
});
