import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PEOPLE } from '../../src/sim/estate/known.ts';
import { words } from '../../src/message/words.ts';
import { commands } from '../../src/bot/commands.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { SlackChat, textOf } from '../slack/support/slack-client.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
/** Only Ana and Ben have a role: Chris has none, and Dirk isn't linked. */
const config = `
roles:
  operator: ['user:${PEOPLE.ana}']
  approver: ['user:${PEOPLE.ben}']
rules: [{ operation: protect, approvals: 1 }]
breakGlass: { group: ['user:${PEOPLE.ana}'], perMonth: 5 }
channels: [{ id: '19:general@thread.tacv2', approvers: true }, { id: C0GENERAL1, approvers: true }]
`;
let bot: TestBot;
let chat: BotChat;
let thread: SlackChat;
let cards: Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const slack = (person: 'ana' | 'chris' | 'admin') => new SlackChat(() => bot.url, { person, channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config });
  await slack('ana').says('@Kluis help'); // so that the channel is known
  chat = await bot.asks('ana', 'backup vm-plain-01');
  await chat.clicks(say('button.ask-approval-to', { what: 'Protect only' }));
  await chat.untilWaits('0 of 1');
  await chat.clicks(say('button.break-glass'));
  const form = await chat.until('the form', async () => {
    const row = (await bot.rows('approval_request'))[0];
    return ((row?.copies ?? []) as { glass?: true; message: string }[]).find(({ glass }) => glass);
  });
  await chat.untilButton(say('glass.go'));
  const request = (await bot.rows('approval_request'))[0]!;
  const dialog = (await bot.rows('dialog')).find(({ id }) => id === request.dialog_id)!;
  const running = await bot.thread('ana', 'backup now vm-app-01');
  const operation = await running.until('an operation', async () => (await bot.rows('operation'))[0]);
  await running.untilTitle(/is backed up/);
  expect(form.message).toBeDefined();
  cards = {
    request: { request: request.id, digest: request.digest },
    dialog: { dialog: dialog.id, revision: dialog.revision },
    operation: { operation: operation.id, command: 'backup vm-app-01' },
  };
  const copy = (request.copies as { conversation: string; message: string }[]).find(({ conversation }) =>
    conversation.startsWith('slack:'),
  )!;
  const posted = async () => (await bot.rows('message')).find(({ id }) => id === copy.message)?.platform_id;
  thread = slack('chris').in(await eventually('the copy in Slack', posted));
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const verbs = {
  request: ['approve', 'deny', 'withdraw', 'review', 'begin', 'open-break-glass', 'break-glass', 'close-glass'],
  dialog: ['submit', 'change', 'back', 'again', 'cancel', 'reopen'],
  operation: ['cancel-backup', 'go-on', 'clean-up', 'choose-again', 'stop', 'delete-drill', 'ask-approval'],
} as const;
const all = Object.entries(verbs).flatMap(([on, each]) => each.map((verb) => [verb, on] as const));

/** Everything that a person's click could change; what they are answered is a message of its own. */
async function rows() {
  const tables = ['approval_request', 'dialog', 'operation', 'kek_exception', 'drill_approval', 'alert', 'break_glass'];
  const read = await Promise.all(tables.map((table) => bot.rows(table as 'dialog')));
  return JSON.stringify([read, (await bot.rows('audit')).length]);
}

describe.each(all)('%s on a %s', (verb, on) => {
  const inputs = { vm: 'vm-plain-01', reason: 'because', note: 'seen' };

  test('changes nothing for a person without a role in Teams, and is answered', async () => {
    const before = await rows();
    const answer = await chat.as('chris').sends({ verb, data: cards[on]!, inputs });
    expect([verb, answer.text ?? '']).toEqual([verb, expect.stringMatching(/\S/)]);
    expect(await rows()).toBe(before);
  });
});

describe.each(['no role', 'a guest', 'not linked'] as const)('in Slack, %s:', (is) => {
  test('no button of the request changes anything', async () => {
    await slack('ana').control('person', { as: 'chris', isGuest: is === 'a guest' });
    const who = thread.as(is === 'not linked' ? 'admin' : 'chris');
    const before = await rows();
    for (const button of ['Approve', 'Deny', say('button.break-glass')]) {
      const said = (await who.said()).length;
      await who.presses(button);
      const told = await eventually(`an answer to ${button}`, async () =>
        (await who.said()).slice(said).find(({ onlyYou }) => onlyYou),
      );
      expect(textOf(told)).toMatch(/Nothing was|know who you are/);
    }
    expect(await rows()).toBe(before);
  });
});

test('no command of a person without a role opens or changes anything, and each is answered', async () => {
  const before = await rows();
  const chris = bot.as('chris');
  for (const { word } of commands) {
    const told = (await chris.cards()).length;
    await chris.says(`backup ${word} vm-app-01`);
    await chris.until(`an answer to ${word}`, async () => (await chris.cards()).length > told);
  }
  expect(await rows()).toBe(before);
});
