import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { viewOf } from '../support/card-view.ts';
import { englishLeftIn, englishTitlesIn } from '../support/english-left.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const en = words({ locale: 'en', timeZone: 'UTC', simulated: true }).say;
const nl = words({ locale: 'nl', timeZone: 'UTC', simulated: true }).say;

const channel = `
channels:
  - { id: '19:general@thread.tacv2', locale: nl, timeZone: America/New_York }
  - { id: '19:zone@thread.tacv2', timeZone: Asia/Tokyo }
roles:
  operator: [user:00000000-0000-0000-0000-0000000000a1, user:00000000-0000-0000-0000-0000000000b1]
  viewer: [user:00000000-0000-0000-0000-0000000000c1]
`;

describe('English and Dutch', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: channel });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('the channel has its own language and time zone, whoever reads it', async () => {
    const chat = await bot.asks('ana', 'backup vm-app-01');
    const card = await chat.card();
    expect(card.title).toContain(nl('protected.title', { vm: 'vm-app-01' }));
    expect(card.titles).toEqual([nl('button.back-up-now'), nl('button.choose-disks'), nl('button.cancel')]);
    expect(card.text).toMatch(/ (EST|EDT)\b/);
    expect(card.text).not.toMatch(/\d\d:\d\d UTC/);
    expect(card.text).not.toMatch(/ CET\b/);
  });

  test('a channel with only a time zone uses that, and the language of the person who writes', async () => {
    const place = '19:zone@thread.tacv2';
    const said = await readFile(join(import.meta.dirname, '..', 'fixtures', 'teams', 'channel-mention.json'), 'utf8');
    const there = said.replaceAll('19:8d2f0c4e6a1b4c7f9e3d5a7b@thread.tacv2', place);
    expect(await bot.delivers({ ...JSON.parse(there), serviceUrl: `${bot.url}/` })).toBe(200);
    const seen = (await bot.rows('conversation')).filter(({ channel }) => channel === place);
    expect(seen).toMatchObject([{ locale: 'nl', time_zone: 'Asia/Tokyo' }]);
  });

  test('a personal chat follows its reader, in language and time zone', async () => {
    const [ana, ben] = [bot.as('ana'), bot.as('ben').inDutch()];
    const [english, dutch] = await Promise.all([ana.asks('backup vm-app-01'), ben.asks('backup vm-app-01')]);
    expect(english.title).toContain(en('protected.title', { vm: 'vm-app-01' }));
    expect(dutch.title).toContain(nl('protected.title', { vm: 'vm-app-01' }));
    for (const card of [english, dutch]) {
      expect(card.text).toMatch(/\d\d:\d\d CES?T/);
      expect(card.text).not.toMatch(/\d\d:\d\d UTC/);
    }
    expect(englishLeftIn(english.text)).not.toEqual([]);
  });

  test('a private answer in the Dutch channel is in its reader’s language', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const title = nl('button.protect');
    const [toChris, toDutchChris] = [
      await chat.as('chris').clicks(title),
      await chat.as('chris').inDutch().clicks(title),
    ];
    expect(toChris.text).toContain(en('refused.may-not', { what: en('may.protect') }));
    expect(toDutchChris.text).toContain(nl('refused.may-not', { what: nl('may.protect') }));
    expect(englishLeftIn(toDutchChris.text!)).toEqual([]);
  });

  test('everything in Dutch: from the first message to the closing card, with every turn in between', async () => {
    const chat = bot.as('ben').inDutch();
    await chat.asks('backup vm-sql-01');
    await chat.opens('vault');
    await chat.until('the edit', async () => (await chat.card()).titles.includes(nl('button.continue')));
    await chat.clicks(nl('button.back'));
    await chat.until('the edit', async () => (await chat.card()).titles.includes(nl('button.protect')));
    const old = await chat.newest();
    await chat.clicks(nl('button.protect+back-up-now'));
    await untilAmong(chat, nl('ping.backed-up', { vm: 'vm-sql-01' }));
    await chat.sends({ verb: 'submit', data: { go: 'protect' }, on: old });

    await chat.asks('backup vm-web-01');
    await chat.clicks(nl('button.grant-key-vault-access+protect+back-up-now'));
    await untilAmong(chat, nl('ping.backed-up', { vm: 'vm-web-01' }));
    for (const text of [
      'backup vm-bek-01',
      'backup vm-off-01',
      'backup vm-hr-01',
      'backup vm-us-01',
      'backup vm-rbac-01',
      'backup vm-split-01',
      'backup vm-big-01',
      'backup vm-shut-01',
      'backup vm-agentless-01',
      'backup vm-classic-01',
      'backup vm-many-01',
      'backup vm-neu-01',
      'backup vm-dup-01',
      'backup vm-sql-1',
      'backup stauts',
      'backup now',
      'backup restore vm-x',
      'backup now vm-app-01 retain banaan',
      'wat nu?',
      'help',
    ])
      await chat.asks(text);
    await bot.azure.fault({
      job: { vm: 'vm-app-01', errorCode: 1, errorTitle: 'UserErrorFsFreezeFailed', errorString: 'Bevroren.' },
      times: 1,
    });
    await chat.says('backup now vm-app-01');
    const cause = 'een bestandssysteem kon niet worden bevroren';
    await untilAmong(chat, nl('failed.backup', { vm: 'vm-app-01', cause }));
    await chat.asks('backup vm-cmk-01');
    await chat.clicks(nl('button.cancel'));
    await chat.untilTitle(/^⏹/u);
  });

  test('no English sentence of ours is in any Dutch message, in any of its states', async () => {
    const messages = (await bot.as('ben').messages('all')).slice(1);
    expect(messages.length).toBeGreaterThan(25);
    for (const { text, revisions } of messages) {
      expect(englishLeftIn(text)).toEqual([]);
      for (const { card } of revisions) {
        if (!card) continue;
        const view = viewOf(card);
        expect({ title: view.title, left: englishLeftIn(view.text) }).toEqual({ title: view.title, left: [] });
        expect(englishTitlesIn(view.titles)).toEqual([]);
      }
    }
  });

  const untilAmong = (chat: BotChat, ping: string) =>
    chat.until(`the mention ${ping}`, async () => (await chat.pings()).some(({ text }) => text.includes(ping)));
});

test('a channel that got its language and zone by a restart speaks so in what Kluis posts by itself there', async () => {
  const config = `
roles:
  operator: [everyone]
  approver: [user:00000000-0000-0000-0000-0000000000b1]
rules: [{ operation: protect, approvals: 1 }]
`;
  await using bot = await startBot({ database: 'postgres', config });
  await bot.thread('ben', 'backup help');
  const id = '19:general@thread.tacv2';
  const seen = async () => (await bot.rows('conversation')).filter(({ channel }) => channel === id);
  await bot.as('ana').until('the channel', async () => (await seen()).length > 0);
  await bot.stop();
  const unset = { operations: null, digest: null } as const;
  bot.channels.push({ id, locale: 'nl', timeZone: 'Asia/Tokyo', approvers: true, ...unset });
  await bot.start();
  expect(new Set((await seen()).map((row) => `${row.locale} ${row.time_zone}`))).toEqual(new Set(['nl Asia/Tokyo']));
  const ana = bot.as('ana');
  await ana.asks('backup vm-plain-01');
  const asks = (title: string) => title.startsWith(en('button.ask-approval'));
  await ana.clicks((await ana.card()).titles.find(asks) ?? '');
  const posted = async () => {
    const copies = (await bot.rows('approval_request')).flatMap((row) => row.copies as { message: string }[]);
    return (await bot.rows('message')).find((row) => copies.some(({ message }) => message === row.id));
  };
  const copy = await ana.until('the copy', posted);
  const { text, mentions: _, ...drawn } = copy.wanted as { text: string; mentions: unknown };
  expect(englishLeftIn(text)).toEqual([]);
  expect(JSON.stringify(drawn)).toMatch(/UTC\+9/);
});

test('a day that somebody types is that day, where it is already the next one at noon in Greenwich', async () => {
  const config = "channels: [{ id: '19:general@thread.tacv2', timeZone: Pacific/Auckland }]\n";
  await using bot = await startBot({ database: 'postgres', config });
  const chat = await bot.thread('ana', 'backup restore vm-app-02 2020-01-01');
  await chat.untilTitle(en('restore.none-then', { vm: 'vm-app-02', day: '1 Jan 2020' }));
});
