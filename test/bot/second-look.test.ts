import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import type { BotChat } from '../support/bot-chat.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const grantAndGoOn = 'Give access, then protect and back up';

/** What a click starts is what its card showed: whatever is more, or other, is shown first. */
describe('everything is looked at again at the click', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  }, 60_000);
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(() => bot.azure.reset());

  /** In the access policies of these key vaults nobody has anything any more. */
  async function empty(...names: string[]) {
    const { keyVaults } = await bot.azure.state();
    await bot.azure.change({
      keyVaults: keyVaults.map((one) => (names.includes(one.name) ? { ...one, accessPolicies: [] } : one)),
    });
  }

  async function refusedAsWorse(chat: BotChat) {
    await chat.until('the card as it stands now', async () =>
      (await chat.card()).shown.includes(say('refusal.got-worse')),
    );
    expect(await bot.azure.writes()).toEqual([]);
    expect(await bot.operationsIn(chat)).toEqual([]);
    return chat.card();
  }

  test('two rights were shown and six are missing now: the six are shown, none is given', async () => {
    const chat = await bot.asks('ana', 'backup vm-web-01');
    expect((await chat.card()).text).toContain('The fix adds these 2 rights');
    await empty('kv-web-weu');
    await chat.clicks(grantAndGoOn);
    expect((await refusedAsWorse(chat)).text).toContain('The fix adds these 6 rights');
    await chat.clicks(grantAndGoOn);
    await chat.untilTitle(/vm-web-01 is backed up/);
  });

  test('one key vault was shown and a second one lacks access now: it is not given unseen', async () => {
    const chat = await bot.asks('ana', 'backup vm-split-01');
    expect((await chat.card()).text).not.toContain('kv-prod-weu gives');
    await empty('kv-prod-weu');
    await chat.clicks(grantAndGoOn);
    const card = await refusedAsWorse(chat);
    expect(card.text).toMatch(/kv-prod-weu[^\n]*\n?[^\n]*rights/);
    expect(card.text).toContain('kv-kek-weu');
  });

  test('several VMs: a grant that grew is shown for all of them before anything starts', async () => {
    const chat = await bot.asks('ana', 'backup vm-web-01 vm-plain-01');
    await empty('kv-web-weu');
    const all = (await chat.card()).titles[0]!;
    await chat.clicks(all);
    await refusedAsWorse(chat);
    await chat.clicks(all);
    await chat.untilTitle(/2 of 2/);
  });

  test('a warning that nobody saw: the machine was switched off meanwhile', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const { vms } = await bot.azure.state();
    await bot.azure.change({
      vms: vms.map((one) => (one.name === 'vm-plain-01' ? { ...one, power: 'deallocated' as const } : one)),
    });
    await chat.clicks(say('button.protect-and-back-up'));
    expect((await refusedAsWorse(chat)).text).toContain('crash-consistent');
  });
});
