import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

/** What Kluis did at 03:12 is read off its log alone: a line for each entry of the audit log, and for each refusal. */

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
let bot: TestBot;
let chat: BotChat;

beforeAll(async () => {
  bot = await startBot({ database: 'postgres' });
  chat = await bot.asks('ana', 'backup vm-web-01');
  await chat.clicks(say('button.grant-key-vault-access+protect+back-up-now'));
  await chat.until('the mention', async () => (await chat.pings()).length > 0);
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const lines = () => bot.log.filter(({ level, text }) => level === 'info' && text.startsWith('recorded: '));

test('each entry of the audit log has one line, with the same number, operation, call and outcome', async () => {
  const entries = await bot.deps.database.db.selectFrom('audit').select(['seq', 'entry']).orderBy('seq').execute();
  expect(entries.length).toBeGreaterThan(4);
  const told = new Map(lines().map((line) => [line['seq'], line]));
  expect(lines()).toHaveLength(entries.length);
  for (const { seq, entry } of entries) {
    const { what, operation, call, outcome, part } = entry as Record<string, unknown>;
    expect(told.get(seq)).toMatchObject({ text: `recorded: ${String(what)}`, operation });
    if (what === 'write') expect(told.get(seq)).toMatchObject({ call, outcome, part });
  }
});

test('a line of a write names VM, vault, dialog, trace, who asked, and Azure’s request, by their IDs alone', async () => {
  const [operation] = await bot.operationsIn(chat);
  const writes = lines().filter(({ text }) => text === 'recorded: write');
  const backup = writes.find((line) => line['does'] === 'back-up-now');
  expect(backup).toMatchObject({
    trace: operation!.id.replaceAll('-', ''),
    dialog: operation!.dialog_id,
    requestId: expect.stringMatching(/./),
    by: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  const on = backup!['on'] as string[];
  expect(on.some((id) => /\/virtualMachines\/vm-web-01$/i.test(id))).toBe(true);
  expect(on.some((id) => /\/vaults\/rsv-[\w-]+$/i.test(id))).toBe(true);
  expect(JSON.stringify(lines())).not.toMatch(/Ana|Jansen/);
});

test('a refusal is a line with its code, who was refused and where', async () => {
  await chat.sends({ verb: 'submit', data: { dialog: '00000000-0000-4000-8000-000000000000', revision: 1 } });
  const line = bot.log.find(({ text }) => text === 'refused');
  expect(line).toMatchObject({ level: 'info', refused: 'unknown-dialog', by: '00000000-0000-0000-0000-0000000000a1' });
});
