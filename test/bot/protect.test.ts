import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BotChat } from '../support/bot-chat.ts';
import { databaseKinds } from '../support/databases.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

describe.each(databaseKinds)('from the first word to the closing card, on %s', (database) => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('a ready VM: one card, one click, one recovery point, one mention', async () => {
    const chat = await bot.thread('ana', 'backup vm-sql-01');
    const looking = await chat.until('the first card', async () =>
      (await chat.messages('all')).find(({ card }) => card),
    );
    expect(JSON.stringify(looking.revisions[0])).toContain('Checking vm-sql-01…');
    const ready = await chat.untilLooked();
    expect(ready.title).toBe('✅ vm-sql-01 is ready to back up');
    expect(ready.titles).toEqual(['Protect and back up now', 'Protect only', 'Choose disks', 'Cancel']);

    const pressed = await chat.clicks('Protect and back up now');
    expect(pressed.card?.title).toMatch(/^⏳/u);
    const closed = await chat.untilTitle(/is backed up/);
    await expectOneCardAndOneMention(chat, 'vm-sql-01 is backed up');
    expect(closed.shown).toMatch(/Recovery point: \d+ \w+ \d\d:\d\d UTC, application-consistent/);
    expect(closed.shown).toContain('Where: rsv-prod-weu');
    expect(closed.shown).toContain('Disk keys: included in the backup (Azure Disk Encryption)');
    expect(closed.shown).toContain('Started by Ana de Vries');
    expect(closed.titles).toEqual(['Show the status']);
    await expectOnePointIn(bot, 'vm-sql-01');
  });

  test('missing access: it is granted, takes effect, and everything continues by itself', async () => {
    const chat = await bot.asks('ben', 'backup vm-web-01');
    expect((await chat.card()).title).toBe("🔑 vm-web-01: Azure Backup can't copy its disk keys");
    await chat.clicks('Give access, protect and back up');
    const closed = await chat.untilTitle(/vm-web-01 is backed up/);
    expect(closed.shown).toContain('Started by Ben Jansen');
    expect(closed.text).toContain('✓ Access given in kv-web-weu');
    await expectOneCardAndOneMention(chat, 'vm-web-01 is backed up');
    await expectOnePointIn(bot, 'vm-web-01');
  });

  test('a protected VM: typed words are the confirmation', async () => {
    const before = (await pointsOf(bot, 'vm-app-01')).length;
    const chat = await bot.thread('chris', 'backup now vm-app-01 retain 14d');
    await chat.untilTitle(/vm-app-01 is backed up/);
    await expectOneCardAndOneMention(chat, 'vm-app-01 is backed up');
    expect(await pointsOf(bot, 'vm-app-01')).toHaveLength(before + 1);
  });

  test('none of this was logged as an error', () => {
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

async function expectOneCardAndOneMention(chat: BotChat, text: string): Promise<void> {
  await chat.until('the mention', async () => (await chat.pings()).length > 0);
  const messages = await chat.messages();
  expect(messages).toHaveLength(2);
  const [card, ping] = messages;
  expect(card!.revision).toBeGreaterThan(1);
  const { name, id } = await chat.self();
  const told = `<at>${name}</at>: ${text}`;
  // In a channel it leads to the card; a personal chat with the bot has no URL that Teams' links accept.
  const link = `https://teams.microsoft.com/l/message/19%3A[^/"]+/${card!.id}\\?[^"]*parentMessageId=[^"&]+`;
  if (chat.place.startsWith('a:')) expect(ping!.text).toBe(told);
  else expect(ping!.text).toMatch(new RegExp(`^${told} <a href="${link}">Open the card</a>$`));
  expect(ping!.entities).toEqual([{ type: 'mention', text: `<at>${name}</at>`, mentioned: { id, name } }]);
}

async function pointsOf(bot: TestBot, vm: string) {
  const { items } = await bot.azure.state('items');
  return items.find(({ vmId }) => vmId.endsWith(`/${vm}`))?.points ?? [];
}

async function expectOnePointIn(bot: TestBot, vm: string): Promise<void> {
  const points = await pointsOf(bot, vm);
  expect(points).toHaveLength(1);
  expect(
    await bot.azure.requests('PUT', new RegExp(`protectedItems/VM;iaasvmcontainerv2;[^;]*;${vm}\\?`, 'i')),
  ).toHaveLength(1);
  expect(await bot.azure.requests('POST', new RegExp(`;${vm}/backup\\?`, 'i'))).toHaveLength(1);
}
