import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const vm = 'vm-case-16a';
const promise = /Kluis will check again automatically at \d\d:\d\d/;
const looksAtVm = new RegExp(`virtualMachines/${vm}\\?`, 'i');

describe('a temporary problem is checked again automatically, once', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', leases: { sweep: 300 } });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    await bot.azure.reset();
    await bot.azure.scenario('still-encrypting');
  });

  const looks = async () => (await bot.azure.requests('GET', looksAtVm)).length;
  const promised = (chat: BotChat) => chat.until('the promise', async () => promise.test((await chat.card()).text));
  /**
   * The ten minutes pass for this card alone: otherwise another test's check would be counted with those of the next.
   */
  const pass = async (chat: BotChat) => {
    const dueNow = { look_due_at: sql<Date>`look_due_at - interval '10 minutes'` };
    const due = bot.database.db.updateTable('dialog').set(dueNow).where('look_due_at', 'is not', null);
    await due.where('conversation_id', '=', chat.id).execute();
  };
  const kept = async (chat: BotChat) => {
    await chat.until('the second look', async () => (await looks()) > 1);
    await chat.until('its end', async () =>
      (await bot.rows('dialog'))
        .filter((row) => row.conversation_id === chat.id)
        .every(({ look, look_due_at }) => look === null && look_due_at === null),
    );
    await chat.until('the card without the promise', async () => !promise.test((await chat.card()).text));
    return chat.untilLooked();
  };

  test('the card says when, then it is checked again, and after that only when somebody asks', async () => {
    const chat = await bot.asks('ana', `backup ${vm}`);
    await promised(chat);
    expect(await looks()).toBe(1);
    expect((await chat.card()).title).toBe(`⚠️ ${vm} is still encrypting or decrypting`);
    expect((await chat.card()).titles).toEqual([
      'Check again',
      'Back up anyway',
      'Protect only',
      'Choose disks',
      'Cancel',
    ]);
    await pass(chat);
    const card = await kept(chat);
    expect(card.text).not.toMatch(promise);
    expect(card.shown).toContain('are being encrypted or decrypted right now');
    const [dialog] = (await bot.rows('dialog')).filter((row) => row.conversation_id === chat.id);
    expect(dialog).toMatchObject({ status: 'open', look: null, look_due_at: null });
    expect(await chat.messages()).toHaveLength(1);
    await chat.clicks(say('button.check-again'));
    await chat.untilLooked();
    await promised(chat); // a person asked, so another one is worth it
  });

  test('it has passed by then: the same card is ready', async () => {
    const chat = await bot.asks('ana', `backup ${vm}`);
    await promised(chat);
    const { vms } = await bot.azure.state('vms');
    await bot.azure.change({ vms: vms.map((one) => (one.name === vm ? { ...one, adeState: 'encrypted' } : one)) });
    await pass(chat);
    await chat.untilTitle(new RegExp(`^✅ ${vm} is ready to back up$`, 'u'));
  });

  test('a VM that is protected says the same, whatever its last backup', async () => {
    const { vms } = await bot.azure.state('vms');
    await bot.azure.change({
      vms: vms.map((one) => (one.name === 'vm-app-01' ? { ...one, adeState: 'encrypting' } : one)),
    });
    const card = await (await bot.asks('ana', 'backup vm-app-01')).card();
    expect(card.title).toBe('⚠️ vm-app-01 is still encrypting or decrypting');
    expect(card.titles.slice(0, 2)).toEqual(['Check again', 'Back up anyway']);
  });

  test('it survives a restart, and another choice on the card; not the end of the dialog', async () => {
    const chat = await bot.asks('ana', `backup ${vm}`);
    await promised(chat);
    await chat.opens('vault');
    await bot.stop();
    expect(await looks()).toBe(1);
    await pass(chat);
    await bot.start();
    await kept(chat);
    const other = await bot.asks('ben', `backup ${vm}`);
    await promised(other);
    await other.clicks(say('button.cancel'));
    const [dialog] = (await bot.rows('dialog')).filter((row) => row.conversation_id === other.id);
    expect(dialog).toMatchObject({ status: 'cancelled', look: null, look_due_at: null });
  });
});
