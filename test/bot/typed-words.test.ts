import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SlackChat } from '../slack/support/slack-client.ts';
import fc from 'fast-check';
import { parseCommand } from '../../src/bot/command.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

/** Words that every object of the language has a member for. */
const inherited = [
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'valueOf',
  'isPrototypeOf',
  '__defineGetter__',
];

describe('words that mean something to the language and nothing to people', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  }, 60_000);
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const typed = inherited.flatMap((word) => [
    word,
    `/${word}`,
    word.toUpperCase(),
    `backup ${word}`,
    `backup now ${word}`,
  ]);

  test('typed alone, with a slash, in any case or after a command: each is answered', async () => {
    const chat = bot.as('ana');
    const answered = [];
    for (const text of typed) answered.push([text, await chat.says(text)]);
    expect(answered).toEqual(typed.map((text) => [text, 200]));
  }, 60_000);

  test('while a dialog is open, and by a click that types them: the same', async () => {
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    const card = (await chat.cards()).at(0);
    for (const word of inherited) {
      expect(await chat.says(word)).toBe(200);
      const clicked = await chat.sends({
        verb: 'command',
        data: { kluis: { command: word } },
        ...(card && { on: card }),
      });
      expect(clicked.status).toBe(200);
    }
    await chat.clicks('Cancel').catch(() => undefined);
  }, 60_000);

  test('as the name of an operation’s button, an answer or a step of a click', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const message = await chat.newest();
    for (const word of inherited) {
      const data = { kluis: { dialog: '00000000-0000-4000-8000-000000000000', revision: 0, step: word, [word]: word } };
      expect((await chat.sends({ verb: word, data, on: message })).status).toBe(200);
      expect((await chat.sends({ verb: 'change', data, on: message })).status).toBe(200);
    }
  }, 60_000);

  test('in Slack: said, as a slash command', async () => {
    const ana = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
    for (const word of inherited) {
      expect((await ana.says(`@Kluis ${word}`)).bot?.status).toBe(200);
      expect((await ana.says(`/backup ${word}`)).bot?.status).toBe(200);
    }
  }, 60_000);

  test.each([
    ['backup vm-sql-01.', /^✅ vm-sql-01 is ready/u],
    ['backup  “vm-sql-01”', /^✅ vm-sql-01 is ready/u],
    ['back up vm-sql-01', /^✅ vm-sql-01 is ready/u],
    ['vm-sql-01', /^✅ vm-sql-01 is ready/u],
    ['backup vm-sql-01, vm-plain-01', /2 VMs/],
    ['backup vm-sql-01 keep 30d', /^✅ vm-sql-01 is ready/u],
    ['backup vm-sql-01 retain', /How long to keep it is missing/],
  ])(
    'as a phone writes it: %s',
    async (text, title) => {
      const chat = await bot.thread('ana', text);
      await chat.untilTitle(title);
    },
    60_000,
  );

  test('to cancel without a name is answered with the question which VM', async () => {
    const chat = await bot.asks('ana', 'backup cancel');
    const card = await chat.card();
    expect(card.title).toBe('ℹ️ Say which VM, please: backup cancel vm-name');
    expect(card.titles).toEqual(['Help']);
  });

  test.each([
    ['bakcup vm-sql-01', 'backup vm-sql-01'],
    ['backup stauts vm-sql-01 vm-plain-01', 'backup status vm-sql-01 vm-plain-01'],
  ])('a slip is one press away from what was meant: %s', async (text, meant) => {
    const chat = await bot.asks('ana', text);
    expect((await chat.card()).titles).toContain(meant);
  });

  test('and nothing was an error to the log, nothing was written', async () => {
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
    expect(await bot.azure.writes()).toEqual([]);
  });
});

test('no text ever throws, and what a phone adds never makes another name of a name', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseCommand(`backup ${text}`)));
  const name = fc.stringMatching(/^vm-[a-z0-9-]{0,20}[a-z0-9]$/);
  const added = fc.tuple(fc.constantFrom('', '"', '“', '‘'), fc.constantFrom('', '"', '”', '.', ',', '’.'));
  fc.assert(
    fc.property(name, added, (vm, [before, after]) => {
      expect(parseCommand(`backup ${before}${vm}${after}`)).toMatchObject({ kind: 'backup', text: vm });
    }),
  );
});
