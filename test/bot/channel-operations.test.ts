import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { OperationName } from '../../src/people/operations.ts';
import { words } from '../../src/message/words.ts';
import { eventually } from '../support/eventually.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { choosesRestore, requestsRestore } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const said = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const elsewhere = said.say('ruled.elsewhere');
const general = '19:general@thread.tacv2';
const config = `
channels:
  - { id: '${general}', operations: [] }
`;

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, speed: 20 });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
afterEach(() => lets());

/** The operations that the channel allows; all if none is named. */
function lets(operations: readonly OperationName[] | null = []): void {
  bot.channels.splice(0, 1, { id: general, locale: null, timeZone: null, approvers: false, operations, digest: null });
}

test('a view-only channel shows the card with the reason and without a button that starts', async () => {
  const card = await (await bot.asks('ana', 'backup vm-sql-01')).card();
  expect(card.titles).toEqual(['Check again', 'Close']);
  expect(card.title).toContain(said.say('blocked-by-rules.title-channel', { vm: 'vm-sql-01' }));
  expect(card.text).toContain(elsewhere);
  const several = await bot.asks('ana', 'backup vm-sql-01 vm-app-01');
  const many = await several.card();
  expect(many.text.split(elsewhere)).toHaveLength(2);
  expect(many.titles.join()).not.toMatch(/Back up|Protect|Start/);
});

test('what is typed there starts nothing, and nothing is requested from Azure', async () => {
  const before = await bot.azure.writes();
  const chat = await bot.asks('ana', 'backup now vm-app-01');
  expect((await chat.card()).text).toContain(elsewhere);
  expect(await bot.operationsIn(chat)).toEqual([]);
  expect(await bot.azure.writes()).toEqual(before);
});

test('views work there as usual', async () => {
  const chat = await bot.asks('ana', 'backup status');
  expect((await chat.card()).text).not.toContain(elsewhere);
});

test('a personal chat is no channel: it starts what the person may start', async () => {
  // A snapshot lasts longer than a busy machine takes to press a button.
  await bot.azure.control('POST', 'clock', { speed: 2 });
  const chat = bot.as('ana');
  await chat.says('backup now vm-app-01');
  await chat.untilButton('Cancel this backup');
  await chat.clicks('Cancel this backup');
  await bot.azure.control('POST', 'clock', { speed: 20 });
  await chat.untilTitle(/vm-app-01 was cancelled|vm-app-01 cancelled/);
});

test('a backup that runs there can’t be cancelled from there once the channel is view-only', async () => {
  lets(null);
  const own = await bot.thread('ana', 'backup now rg-app/vm-dup-01');
  await own.untilButton('Cancel this backup');
  lets(['back-up-now']);
  expect((await own.clicks('Cancel this backup')).text).toContain(elsewhere);
  expect(await bot.azure.writes(/\/cancel\?/)).toHaveLength(1); // that of the personal chat
});

test('a plan started before the channel became view-only writes nothing more', async () => {
  lets(null);
  const chat = await bot.asks('ana', 'backup vm-plain-01');
  bot.failpoint = (failpoint) => void (failpoint === 'start:after-commit' && lets());
  await chat.clicks(said.say('button.protect'));
  const card = await chat.untilTitle(/vm-plain-01 .*NOT/);
  bot.failpoint = () => {};
  expect(card.text).toContain(said.say('trouble.not-allowed-any-more'));
  expect(await bot.azure.writes(/vm-plain-01/)).toEqual([]);
});

test('of several VMs, those that the channel blocks stay on the card, with where to start them', async () => {
  lets(['back-up-now']);
  const chat = await bot.asks('ana', 'backup vm-sql-01 vm-app-01');
  await chat.clicks(said.say('many.button-ready', { count: 1 }));
  const card = await chat.untilTitle(/\d of 2 VMs backed up/u);
  expect(card.shown.split(elsewhere)).toHaveLength(2);
  expect(card.shown).toMatch(/vm-sql-01 · Not from this channel: /);
});

describe('an installation that is read-only', () => {
  const only = said.say('ruled.read-only');
  let asked: BotChat;
  beforeAll(async () => {
    lets(null);
    asked = await choosesRestore(bot, 'vm-app-02');
    await requestsRestore(asked);
    bot.readOnly = true;
    lets(null);
    await bot.restart();
  });

  test('shows a VM’s state as usual, and offers nothing that changes it', async () => {
    const chat = bot.as('ana');
    await chat.says('backup vm-plain-01');
    const card = await chat.untilTitle(/vm-plain-01 is ready to back up/);
    expect(card.text).toContain(only);
    expect(card.titles).toEqual(['Check again', 'Close']);
  });

  test.each(['backup now vm-app-01', 'backup stop vm-app-01', 'backup exception vm-bek-01'])(
    '%s starts nothing and requests no approval',
    async (typed) => {
      const before = await bot.azure.writes();
      const chat = await bot.asks('ana', typed);
      expect((await chat.card()).text).toContain(only);
      expect(await bot.operationsIn(chat)).toEqual([]);
      expect(await bot.azure.writes()).toEqual(before);
    },
  );

  test('a restore can be viewed to its last question, but neither requested, nor approved, nor started by break-glass', async () => {
    // What others began before continues meanwhile.
    const stands = async () => ({
      requests: await bot.rows('approval_request'),
      operations: (await bot.rows('operation')).map(({ id }) => id).toSorted(),
      restores: await bot.azure.writes(/\/restore\?/),
    });
    const before = await stands();
    const chat = await choosesRestore(bot, 'vm-app-01');
    const card = await chat.card();
    expect(card.text).toContain(only);
    expect(card.titles).toEqual(['Change destination', 'Back', 'Close']);
    const data = { ...card.buttons[0]!.data, go: 'restore-disks' };
    for (const verb of ['submit', 'break-glass', 'glass']) {
      const answer = await chat.sends({ verb, data });
      expect(answer.status).toBe(200);
      if (verb === 'submit') expect(answer.card?.text ?? answer.text).toContain(only);
    }
    expect((await asked.as('ben').clicks(said.say('button.approve'))).text).toContain(only);
    expect(before.requests).toMatchObject([{ state: 'pending', votes: [], operation_id: null }]);
    expect(await stands()).toEqual(before);
  });

  test('a plan started before writes nothing more', async () => {
    bot.readOnly = false;
    lets(null);
    await bot.restart();
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await chat.clicks(said.say('button.protect+back-up-now'));
    await eventually('the first write', async () => (await bot.azure.writes(/vm-plain-01/)).length > 0);
    bot.readOnly = true;
    await bot.restart();
    const card = await chat.untilTitle(/vm-plain-01 backup failed/);
    expect(card.text).toContain(said.say('trouble.read-only-now'));
    expect((await bot.azure.writes(/vm-plain-01/)).map(({ method }) => method)).toEqual(['PUT']);
  });
});
