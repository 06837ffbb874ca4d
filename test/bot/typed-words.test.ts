import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buttonsOf, SlackChat } from '../slack/support/slack-client.ts';
import fc from 'fast-check';
import { parseCommand } from '../../src/bot/commands/parse-command.ts';
import { words } from '../../src/message/words.ts';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { anyCharacter } from '../support/samples-of.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

/** Words that are members of every JavaScript object. */
const inherited = [
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'valueOf',
  'isPrototypeOf',
  '__defineGetter__',
];

describe('words with a meaning in JavaScript and none for people', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const typed = inherited.flatMap((word) => [
    word,
    `/${word}`,
    word.toUpperCase(),
    `backup ${word}`,
    `backup now ${word}`,
  ]);

  test('a message of more than 4,000 characters is no command', async () => {
    const chat = bot.as('ben');
    await chat.says(`backup ${'x'.repeat(3_994)}`);
    await chat.untilTitle(say('command.too-long'));
    expect(await bot.rows('dialog')).toEqual([]);
    expect(parseCommand(`backup ${'x'.repeat(3_993)}`).kind).not.toBe('too-long');
  });

  test('typed alone, with a slash, in any case or after a command: each is answered', async () => {
    const chat = bot.as('ana');
    const answered = [];
    for (const text of typed) answered.push([text, await chat.says(text)]);
    expect(answered).toEqual(typed.map((text) => [text, 200]));
  });

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
  });

  test('as the name of an operation’s button, an answer or a step in a click', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const message = await chat.newest();
    for (const word of inherited) {
      const data = { kluis: { dialog: '00000000-0000-4000-8000-000000000000', revision: 0, step: word, [word]: word } };
      expect((await chat.sends({ verb: word, data, on: message })).status).toBe(200);
      expect((await chat.sends({ verb: 'change', data, on: message })).status).toBe(200);
    }
  });

  test('in Slack: said, as a slash command', async () => {
    const ana = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
    for (const word of inherited) {
      expect((await ana.says(`@Kluis ${word}`)).bot?.status).toBe(200);
      expect((await ana.says(`/backup ${word}`)).bot?.status).toBe(200);
    }
  });

  test.each([
    ['backup vm-sql-01?', /^✅ vm-sql-01 is ready/u],
    ['backup vm-sql-01.', /^✅ vm-sql-01 is ready/u],
    ['backup  “vm-sql-01”', /^✅ vm-sql-01 is ready/u],
    ['back up vm-sql-01', /^✅ vm-sql-01 is ready/u],
    ['vm-sql-01', /^✅ vm-sql-01 is ready/u],
    ['backup vm-sql-01, vm-plain-01', /2 VMs/],
    ['backup vm-sql-01 keep 30d', /^✅ vm-sql-01 is ready/u],
    ['backup vm-sql-01 retain', /How long should it be kept/],
  ])('as a phone writes it: %s', async (text, title) => {
    const chat = await bot.thread('ana', text);
    await chat.untilTitle(title);
  });

  test('cancel without a name: what is running', async () => {
    const card = await (await bot.asks('ana', 'backup cancel')).card();
    expect([card.title, card.titles]).toEqual(['ℹ️ Nothing is running', ['Check again']]);
  });

  test.each([
    ['bakcup vm-sql-01', 'backup vm-sql-01'],
    ['restore vm-app-01', 'backup restore vm-app-01'],
    ['/forecast', 'backup forecast'],
    ['backup stauts vm-sql-01', 'backup status vm-sql-01'],
    // As near as "now", which starts something.
    ['backup nob vm-sql-01', 'backup job vm-sql-01'],
    ['backup stauts vm-sql-01 vm-plain-01', 'backup status vm-sql-01 vm-plain-01'],
  ])('a slip is one press away from what was meant: %s', async (text, meant) => {
    const chat = await bot.asks('ana', text);
    expect((await chat.card()).titles).toContain(meant);
  });

  test.each([
    ['backup vm-sql-01 please', 'backup vm-sql-01', 'No VM called please was found.'],
    ['backup snapshot vm-sql-01 now', 'backup vm-sql-01', 'No VM called snapshot and now was found.'],
    ['backup now VM-SQL-01 pls', 'backup VM-SQL-01', 'No VM called pls was found.'],
    ['backup vm-dup-01 please', 'backup vm-dup-01', 'No VM called please was found.'],
    ['backup vm-sql-01 please keep 8w', 'backup vm-sql-01 retain 56d', 'No VM called please was found.'],
  ])('one VM among other words leads to a question, and nothing begins: %s', async (text, meant, why) => {
    const chat = await bot.asks('ana', text);
    const card = await chat.card();
    expect([card.title, card.titles]).toEqual([`❓ Did you mean ${meant}?`, [meant, 'Cancel']]);
    expect(card.shown).toContain(why);
    await chat.clicks(meant);
    await chat.untilTitle(/^✅ vm-sql-01 is ready|^❓ 2 VMs are called vm-dup-01/u);
    expect(await bot.rows('operation')).toEqual([]);
  });

  test('an answer without an open question says so', async () => {
    for (const word of ['back', 'cancel', 'annuleren', 'again']) {
      const chat = await bot.asks('chris', word);
      const card = await chat.card();
      expect([card.title, card.titles]).toEqual(['ℹ️ Nothing is open here', ['backup cancel', 'Help']]);
    }
  });

  test('a closed list keeps its verdict and its rows, with who closed it', async () => {
    const chat = await bot.asks('ana', 'backup jobs failed');
    const open = await chat.card();
    await chat.says('cancel');
    const closed = await chat.untilTitle(/^⏹/u);
    expect(closed.title.replace(/^\S+ /u, '')).toBe(open.title.replace(/^\S+ /u, ''));
    expect(closed.shown).toContain('Closed by Ana de Vries');
    expect(closed.shown).toContain('vm-hr-01');
    expect(closed.titles).toEqual(['Reopen']);
    expect((await chat.until('the line', async () => (await chat.pings())[0])).text).toMatch(
      /^Closed: backup jobs failed/,
    );
    await chat.clicks('Reopen');
    expect((await chat.untilTitle(/^(?![⏹⏳])/u)).title).toBe(open.title);
  });

  test('two VMs and another word stay two VMs', async () => {
    const card = await (await bot.asks('ana', 'backup vm-sql-01 vm-plain-01 please')).card();
    expect(card.title).toMatch(/2 ready · 1 name unclear/);
  });

  test.each(['backup vms', 'backup list', 'backup all', 'backup list all VMs', 'backup status all', 'backup now all'])(
    'all VMs are shown, never meant by one word: %s',
    async (text) => {
      const card = await (await bot.asks('ana', text)).card();
      expect(card.title).toBe('ℹ️ Name the VMs, or view all of them in a list');
      expect(card.shown).toContain('at most 50 at a time');
      expect(card.titles).toEqual(['backup status', 'backup unprotected', 'Help']);
    },
  );

  test.each(['backup delete vm-app-01', 'backup remove vm-app-01', '/backup verwijder rg-app/vm-app-01'])(
    'deleting backups isn’t supported, and nothing else is offered for it: %s',
    async (text) => {
      const card = await (await bot.asks('ana', text)).card();
      expect(card.title).toMatch(/^ℹ️ Kluis doesn't delete backups$/u);
      expect(card.titles).toEqual(['Help']);
      expect(card.text).toMatch(/\[Open the VM in Azure.*\]\(.*portal\.azure\.com.*virtualMachines\/vm-app-01\)/);
      expect(card.text).not.toContain('undelete');
    },
  );

  test.each([
    ['backup delete vm-nix', /\[Without Kluis: Recovery Services vaults/],
    ['backup delete', /\[Without Kluis: Recovery Services vaults/],
    ['backup delete vm-dup-01', /\[rg-app\/vm-dup-01.*\[rg-web\/vm-dup-01/],
  ])('a deletion of none, or of one of two: %s', async (text, links) => {
    expect((await (await bot.asks('ana', text)).card()).text).toMatch(links);
  });

  test('a job without a name: what is missing, and the list', async () => {
    const chat = await bot.asks('ana', 'backup job');
    const card = await chat.card();
    expect(card.title).toBe('ℹ️ Add the name of a VM: backup job vm-name');
    expect(card.shown).toContain("the first eight characters of a job's ID");
    expect(card.titles).toEqual(['backup jobs', 'backup jobs failed', 'Help']);
    await chat.clicks('backup jobs');
    await chat.untilTitle(/jobs? in the last 24 hours|last 24 hours/);
  });

  test.each(['hello', 'hi', 'Hallo!', 'backup hello'])('a greeting is answered with the help: %s', async (text) => {
    const card = await (await bot.asks('ana', text)).card();
    expect(card.title).toBe('ℹ️ Kluis backs up and restores Azure VMs, encrypted or not');
  });

  test('the same in Dutch', async () => {
    const titles = [];
    for (const text of ['backup alles', 'backup wis vm-app-01', 'backup job', 'backup vm-sql-01 graag'])
      titles.push((await bot.as('ben').inDutch().asks(text)).title);
    expect(titles).toEqual([
      "ℹ️ Noem de VM's, of bekijk ze allemaal in een lijst",
      'ℹ️ Kluis verwijdert geen back-ups',
      'ℹ️ Noem een VM: backup job vm-naam',
      '❓ Bedoelde je backup vm-sql-01?',
    ]);
  });

  test('in Slack: the same words, the same buttons; a slash command tells them to the person alone', async () => {
    const ana = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
    const said = await ana.says('@Kluis backup vm-sql-01 please');
    const thread = ana.in(said.ts as string);
    expect(buttonsOf(await thread.until('Did you mean backup vm-sql-01?'))).toContain('backup vm-sql-01');
    await ana.says('/backup delete vm-app-01');
    await ana.until("Kluis doesn't delete backups");
    await ana.says('/backup list');
    expect(buttonsOf(await ana.until('view all of them in a list'))).toContain('backup unprotected');
    await ana.says('/backup hi');
    await ana.until('Kluis backs up and restores Azure VMs');
    const alone = await ana.calls('chat.postEphemeral');
    expect(alone.filter(({ request }) => /doesn't delete|in a list/.test(JSON.stringify(request)))).toHaveLength(2);
  });

  test('a VM with such a name is that VM', async () => {
    const { vms } = await bot.azure.state('vms');
    const model = vms.find(({ name }) => name === 'vm-plain-01')!;
    const named = (name: string, n: number) => ({ ...model, name, vmId: `00000000-0000-4000-8000-00000000000${n}` });
    await bot.azure.change({ vms: [...vms, named('all', 1), named('stauts', 2)] });
    await refreshInventory(bot.deps);
    await (await bot.thread('ana', 'backup all')).untilTitle(/^✅ all is ready/u);
    await (await bot.thread('ana', 'backup stauts vm-sql-01')).untilTitle(/2 ready/);
  });

  test('and nothing was logged as an error, nothing was written', async () => {
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
    expect(await bot.azure.writes()).toEqual([]);
  });
});

test('no text ever throws, and what a phone adds never changes a name', () => {
  fc.assert(fc.property(fc.string({ unit: anyCharacter }), (text) => void parseCommand(`backup ${text}`)));
  const name = fc.stringMatching(/^vm-[a-z0-9-]{0,20}[a-z0-9]$/);
  const added = fc.tuple(fc.constantFrom('', '"', '“', '‘'), fc.constantFrom('', '"', '”', '.', ',', '’.'));
  fc.assert(
    fc.property(name, added, (vm, [before, after]) => {
      expect(parseCommand(`backup ${before}${vm}${after}`)).toMatchObject({ kind: 'backup', text: vm });
    }),
  );
});
