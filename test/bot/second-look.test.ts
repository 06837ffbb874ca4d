import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { eventually } from '../support/eventually.ts';
import { holdLookups } from '../support/hold-lookups.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const grantAndGoOn = 'Give access, protect and back up';

/** A click starts what its card showed: anything more, or different, is shown first. */
describe('everything is read again at the click', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(() => bot.azure.reset());
  afterEach(() => {
    bot.failpoint = () => {};
  });

  /** Removes all access policies in these key vaults. */
  async function empty(...names: string[]) {
    const { keyVaults } = await bot.azure.state('keyVaults');
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

  test('two permissions were shown and six are missing now: the six are shown, none is given', async () => {
    const chat = await bot.asks('ana', 'backup vm-web-01');
    expect((await chat.card()).text).toContain(': backup on keys and backup on secrets; reversible');
    await empty('kv-web-weu');
    await chat.clicks(grantAndGoOn);
    expect((await refusedAsWorse(chat)).text).toContain('get, list and backup on secrets; reversible');
    await chat.clicks(grantAndGoOn);
    await chat.untilTitle(/vm-web-01 is backed up/);
  });

  test('one key vault was shown and a second one lacks access now: access isn’t given unseen', async () => {
    const chat = await bot.asks('ana', 'backup vm-split-01');
    expect((await chat.card()).text).not.toContain('kv-prod-weu gives');
    await empty('kv-prod-weu');
    await chat.clicks(grantAndGoOn);
    const card = await refusedAsWorse(chat);
    expect(card.text).toMatch(/no access to key vault kv-prod-weu/);
    expect(card.text).toContain('kv-kek-weu');
  });

  test('several VMs: a larger grant is shown for all of them before anything starts', async () => {
    const chat = await bot.asks('ana', 'backup vm-web-01 vm-plain-01');
    await empty('kv-web-weu');
    const all = (await chat.card()).titles[0]!;
    await chat.clicks(all);
    await refusedAsWorse(chat);
    await chat.clicks(all);
    await chat.untilTitle(/2 of 2/);
  });

  test('a policy that keeps everything for longer now, under the same name: shown before anything starts', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    expect((await chat.card()).text).toContain('DefaultPolicy · kept 30 days · every day 23:00 UTC');
    const { policies } = await bot.azure.state('policies');
    const longer = (properties: object) =>
      JSON.parse(
        JSON.stringify(properties).replaceAll('"count":30,', '"count":777,'),
      ) as (typeof policies)[0]['properties'];
    await bot.azure.change({
      policies: policies.map((one) =>
        one.name === 'DefaultPolicy' ? { ...one, properties: longer(one.properties) } : one,
      ),
    });
    await chat.clicks(say('button.protect'));
    expect((await refusedAsWorse(chat)).text).toContain('kept 777 days');
  });

  test('several VMs: one that was blocked and is ready now doesn’t start with those that were shown', async () => {
    const { vms } = await bot.azure.state('vms');
    const others = vms.filter(({ name }) => name !== 'vm-cmk-01');
    await bot.azure.change({ vms: others });
    const chat = await bot.asks('ana', 'backup vm-plain-01 vm-cmk-01');
    expect((await chat.card()).title).toMatch(/1 ready/);
    await bot.azure.change({ vms });
    await chat.clicks('Back up the ready VM');
    expect((await refusedAsWorse(chat)).title).toMatch(/2 ready/);
  });

  test('several VMs into a locked immutable vault: confirmed again, as for one VM', async () => {
    const { vaults } = await bot.azure.state('vaults');
    await bot.azure.change({ vaults: vaults.map((one) => ({ ...one, immutability: 'Locked' as const })) });
    const chat = await bot.asks('ana', 'backup vm-plain-01 vm-cmk-01');
    await chat.clicks('Back up the 2 ready VMs');
    await chat.untilTitle(/Protect 2 VMs\? This can't be undone/);
    const card = await chat.card();
    expect(card.shown).toContain('rsv-prod-weu is immutable (locked)');
    expect(card.titles).toEqual(['Back up the 2 ready VMs', say('button.back'), say('button.cancel')]);
    expect(await bot.azure.writes()).toEqual([]);
    await chat.clicks('Back up the 2 ready VMs');
    await chat.untilTitle(/2 of 2/);
  });

  test('"Check again" only checks, whatever was typed before and whoever presses it', async () => {
    const { items } = await bot.azure.state('items');
    await bot.azure.change({ items: items.filter(({ vmId }) => !vmId.endsWith('/vm-app-01')) });
    const chat = await bot.asks('ana', 'backup now vm-app-01');
    const { revision } = await chat.newest();
    const dialog = (await bot.rows('dialog')).find(({ conversation_id: place }) => place === chat.id)!;
    await bot.azure.change({ items });
    await chat.as('ben').sends({ verb: 'again', data: { dialog: dialog.id, revision: dialog.revision } });
    await chat.until('another card', async () => (await chat.newest()).revision !== revision);
    await chat.untilButton(say('button.back-up-now'));
    expect(await bot.operationsIn(chat)).toEqual([]);
  });

  test('a warning that nobody saw: the VM was turned off meanwhile', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const { vms } = await bot.azure.state('vms');
    await bot.azure.change({
      vms: vms.map((one) => (one.name === 'vm-plain-01' ? { ...one, power: 'deallocated' as const } : one)),
    });
    await chat.clicks(say('button.protect+back-up-now'));
    expect((await refusedAsWorse(chat)).text).toContain('crash-consistent');
  });

  test('a reading that began before the press on Start and ends after it isn’t the one that counts', async () => {
    bot.log.length = 0;
    const nextReading = holdLookups(bot, 'reading');
    const chat = await bot.thread('ana', 'backup vm-plain-01');
    const early = await nextReading();
    await chat.says('again');
    (await nextReading())();
    await chat.untilButton(say('button.protect+back-up-now'));
    const { vms } = await bot.azure.state('vms');
    await bot.azure.change({
      vms: vms.map((one) => (one.name === 'vm-plain-01' ? { ...one, power: 'deallocated' as const } : one)),
    });
    await chat.clicks(say('button.protect+back-up-now'));
    const last = await nextReading();
    early();
    const isDropped = () => bot.log.some(({ text }) => text.includes('it does not count'));
    await eventually('its end', async () => isDropped() || (await bot.operationsIn(chat)).length > 0);
    expect(await bot.operationsIn(chat)).toEqual([]);
    last();
    expect((await refusedAsWorse(chat)).text).toContain('crash-consistent');
  });
});
