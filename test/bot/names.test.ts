import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBot, type TestBot } from '../support/start-bot.ts';

const subscription = '00000000-0000-0000-0000-00000000c0de';
const sql01 = `/subscriptions/${subscription}/resourceGroups/rg-sql/providers/Microsoft.Compute/virtualMachines/vm-sql-01`;

describe('what people type', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const answer = async (text: string) => (await bot.asks('ana', text)).card();

  test('a name in any case, group/name, a resource ID, a portal link, with vm:, with a slash, with a mention', async () => {
    const typed = [
      'backup VM-Sql-01',
      'BACKUP vm-sql-01',
      'backup RG-SQL/vm-sql-01',
      `backup ${sql01}`,
      `backup ${sql01.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')}`,
      `backup https://portal.azure.com/#@contoso.example/resource${sql01}/overview`,
      'backup vm:vm-sql-01',
      '@Kluis backup vm-sql-01',
    ];
    const cards = await Promise.all(typed.map(answer));
    expect(cards.map(({ title }) => title)).toEqual(typed.map(() => '✅ vm-sql-01 is ready to back up'));
  });

  test('a slash command in a channel and in a personal chat', async () => {
    const personal = bot.as('chris');
    const channel = await bot.asks('ana', '/backup vm-plain-01');
    await personal.says('/backup vm-plain-01');
    expect((await personal.untilTitle(/^✅ vm-plain-01/u)).title).toBe((await channel.card()).title);
  });

  test('an unknown name: the nearest names, each one click away', async () => {
    const chat = await bot.asks('ana', 'backup vm-sql-1');
    const card = await chat.card();
    expect(card.title).toBe('❓ No VM called vm-sql-1 was found');
    expect(card.titles[0]).toBe('vm-sql-01');
    expect(card.titles).toContain('Close');
    expect(card.shown).toContain('Searched 1 subscription');
    expect(card.shown).toContain('classic VMs only if Kluis has the classic-reader role');
    await chat.clicks('vm-sql-01');
    expect((await chat.untilTitle(/^✅/u)).title).toBe('✅ vm-sql-01 is ready to back up');
    expect(await chat.cards()).toHaveLength(1);
  });

  test('an entirely unknown name, and then a typed one', async () => {
    const chat = await bot.asks('ana', 'backup qqqqqqqqqqqqqqqq');
    expect((await chat.card()).titles).toEqual(['Close']);
    await chat.says('vm-cmk-01');
    expect((await chat.untilTitle(/^✅/u)).title).toBe('✅ vm-cmk-01 is ready to back up');
    expect(await chat.cards()).toHaveLength(1);
  });

  test('a mistyped command is recognised, with and without a name after it', async () => {
    const [two, one] = await Promise.all([answer('backup stauts vm-sql-01'), answer('backup stauts')]);
    expect(two.title).toContain('No VM called stauts found.');
    expect(two.shown).toContain('Did you mean backup status vm-sql-01?');
    expect(one.title).toContain('No VM called stauts found. Did you mean backup status?');
    expect(one.titles).toContain('backup status');
  });

  test('a name that two VMs have: which one, by button', async () => {
    const chat = await bot.asks('ana', 'backup vm-dup-01');
    const card = await chat.card();
    expect(card.title).toBe('❓ 2 VMs are called vm-dup-01. Which one?');
    expect(card.shown).toMatch(/rg-app\/vm-dup-01\n.*West Europe · Windows · Standard_\w+ · running · protected/);
    expect(card.shown).toMatch(/rg-web\/vm-dup-01\n.*West Europe · Linux · Standard_\w+ · running · not protected/);
    const second = card.buttons.filter(({ title }) => title === 'Choose')[1]!;
    await chat.sends({ verb: second.verb, data: second.data });
    expect((await chat.untilTitle(/^✅/u)).title).toBe('✅ vm-dup-01 is ready to back up');
    await chat.clicks('Back');
    expect((await chat.untilTitle(/Which one/)).titles).toContain('Choose');
  });

  test('a name that two VMs have: which one, by typed text', async () => {
    const [group, both] = await Promise.all([bot.asks('ana', 'backup vm-dup-01'), bot.asks('ben', 'backup vm-dup-01')]);
    await group.says('RG-APP');
    await both.says('rg-web/vm-dup-01');
    expect((await group.untilTitle(/^✅/u)).title).toMatch(/^✅ vm-dup-01 is protected/u);
    expect((await both.untilTitle(/^✅/u)).title).toBe('✅ vm-dup-01 is ready to back up');
  });

  test('group and name choose among them at once', async () => {
    const [app, web] = await Promise.all([answer('backup rg-app/vm-dup-01'), answer('backup rg-web/vm-dup-01')]);
    expect([app.title, web.title]).toEqual([
      expect.stringMatching(/^✅ vm-dup-01 is protected/u),
      '✅ vm-dup-01 is ready to back up',
    ]);
  });

  test('a VM created a moment ago is found', async () => {
    const { vms } = await bot.azure.state('vms');
    const plain = vms.find(({ name }) => name === 'vm-plain-01')!;
    await bot.azure.change({ vms: [...vms, { ...plain, name: 'vm-brand-new-01' }] });
    expect((await answer('backup vm-brand-new-01')).title).toContain('vm-brand-new-01');
    expect((await answer('backup vm-brand-new-01')).title).not.toContain('was found');
  });

  test.each([
    ['backup now', /Add the name of a VM: backup now vm-name/],
    ['backup now vm-app-01 retain banana', /"banana" isn't a valid retention/],
    ['backup now vm-app-01 retain 0d', /1 day to 99 years/],
    ['backup now vm-app-01 retain 100y', /1 day to 99 years/],
    ['make me a sandwich', /make me a sandwich/],
  ])('%s', async (text, title) => {
    const card = await answer(text);
    expect(card.title).toMatch(title);
    expect(card.titles).toContain('Help');
  });

  test('help: what works here and the few words that need explaining', async () => {
    for (const text of ['help', 'backup help', 'backup']) {
      const card = await answer(text);
      for (const command of ['/backup vm-name', '/backup now vm-name', '/backup status vm-name', '/backup help'])
        expect(card.text).toContain(command);
      expect(card.shown).toContain(
        'You can: view · back up · restore (with approval) · approve · give key vault access.',
      );
      expect(card.text).toContain('Recovery point: a backup you can restore');
    }
  });

  test('a channel without a time zone says once which one it uses; a personal chat has its own', async () => {
    expect((await answer('help')).shown).toContain('Times in this channel are in UTC');
    const alone = await bot.as('ana').asks('help');
    expect(alone.shown).not.toContain('Times in this channel');
  });

  test('help on one command: only that one; on an unknown command, that it is unknown', async () => {
    const [now, none] = await Promise.all([answer('backup help now'), answer('backup help banana')]);
    expect(now.title).toBe('ℹ️ How to use backup now');
    expect(now.shown).toContain('/backup now vm-name');
    expect(now.shown).not.toContain('/backup status');
    expect(now.titles).toEqual(['Help']);
    expect(none.title).toBe("ℹ️ Kluis doesn't know the command backup banana");
    const weather = 'please tell me what the weather in Amsterdam will be like tomorrow';
    const long = await answer(weather);
    expect(long.title).toBe("ℹ️ Kluis doesn't know that command");
    expect(long.shown).toContain(`You typed: ${weather}`);
  });

  test('a Help button gives the same', async () => {
    const chat = await bot.asks('ana', 'what now?');
    await chat.clicks('Help');
    await chat.untilTitle(/backs up and restores Azure VMs/);
  });

  test('none of this was sent to Azure', async () => {
    expect(await bot.azure.writes()).toEqual([]);
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
