import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { buttonsOf, SlackChat, textOf, type EndpointAnswer } from '../slack/support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const only = say('ruled.read-only');
const ask = say('button.ask-approval-to', { what: 'Protect only' });
const config = `
roles:
  operator: [everyone]
  admin: ['user:00000000-0000-0000-0000-0000000000a1']
  approver: ['user:00000000-0000-0000-0000-0000000000b1']
rules:
  - { operation: protect, approvals: 1 }
breakGlass:
  group: ['user:00000000-0000-0000-0000-0000000000a1']
  perMonth: 5
`;

let bot: TestBot;
let requested: BotChat;
let running: BotChat;
let slackRequested: SlackChat;
const slack = (channel: 'general' | 'dm') => new SlackChat(() => bot.url, { person: 'ana', channel });

/** What must stay as it is, whatever is clicked. */
const stands = async () => ({
  requests: (await bot.rows('approval_request')).map(({ state, votes, operation_id }) => [state, votes, operation_id]),
  operations: (await bot.rows('operation')).map(({ id, cancel_asked }) => [id, cancel_asked]),
  writes: await bot.azure.writes(),
});

/** Requests that wait in both chats and a backup that runs; then the bot starts again, read-only. */
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
  requested = await bot.asks('ana', 'backup vm-plain-01');
  await requested.clicks(ask);
  await requested.untilWaits('0 of 1');
  const said = await slack('general').says('@Kluis backup vm-off-01');
  slackRequested = slack('general').in(said.ts as string);
  await slackRequested.until(ask);
  await slackRequested.presses(ask);
  await slackRequested.until('0 of 1 · until');
  await bot.azure.control('POST', 'clock', { speed: 1 });
  running = await bot.thread('ana', 'backup now vm-app-01');
  await running.untilButton(say('button.cancel-backup'));
  bot.readOnly = true;
  await bot.restart();
});
afterAll(() => bot?.[Symbol.asyncDispose]());

test('in Teams no card offers to start or cancel, and each such click made by hand is refused', async () => {
  const before = await stands();
  const chat = await bot.thread('ana', 'backup vm-app-01');
  const card = await chat.untilTitle(/vm-app-01 is already being backed up/);
  expect(card.titles).toEqual(['Check again', 'Close']);
  expect(card.text).toContain(only);
  expect(card.text).not.toContain(say('button.follow'));
  const request = (await requested.card()).buttons.find(({ title }) => title === say('button.approve'))!.data;
  const { id: operation } = (await bot.operationsIn(running))[0]!;
  const ben = requested.as('ben');
  expect((await ben.sends({ verb: 'approve', data: request })).text).toContain(only);
  expect((await running.sends({ verb: 'cancel-backup', data: { operation } })).text).toContain(only);
  for (const verb of ['open-break-glass', 'break-glass', 'begin'])
    expect((await requested.sends({ verb, data: request, inputs: { reason: 'an emergency' } })).status).toBe(200);
  for (const verb of ['go-on', 'clean-up'])
    expect((await running.sends({ verb, data: { operation } })).status).toBe(200);
  for (const command of ['backup now vm-sql-01', 'backup stop vm-app-02', 'backup exception vm-bek-01']) {
    const own = await bot.asks('ana', 'backup vaults');
    await own.sends({ verb: 'command', data: { command } });
    await own.until(`the answer to ${command}`, async () => (await own.card()).text.includes(only));
    expect((await own.card()).titles.join()).not.toMatch(/Back up|Protect|Stop|approval/);
  }
  expect(await stands()).toEqual(before);
});

test('what is denied or withdrawn still ends: nothing starts by it', async () => {
  expect((await requested.clicks(say('button.withdraw'))).card?.text).toContain('request withdrawn');
});

test('in Slack the same, on a card and on the app’s page', async () => {
  const before = await stands();
  const home = await slack('general').opensHome();
  expect(textOf(home)).toContain(only);
  expect(buttonsOf(home).slice(-4)).toEqual(['Check', 'Overview', 'Show VMs without backup', 'Help']);
  await slackRequested.as('ben').presses(say('button.approve'));
  expect((await slackRequested.as('ben').until(only)).onlyYou).toBe(true);

  const value = JSON.stringify({ v: 'command', d: { command: 'backup now vm-sql-01' }, n: 1 });
  const payload = {
    type: 'block_actions',
    user: { id: 'U0ANAVRIES', name: 'ana' },
    team: { id: 'T0CONTOSO1' },
    container: { type: 'view', view_id: home.id },
    view: { id: home.id, type: 'home', state: { values: {} } },
    actions: [{ type: 'button', action_id: 'by-hand', value, action_ts: '1.000001' }],
  };
  const answer = await slack('dm').control<{ bot: EndpointAnswer }>('deliver', { kind: 'interaction', payload });
  expect(answer.bot.status).toBe(200);
  expect(buttonsOf(await slack('dm').until(only)).join()).not.toMatch(/Back up|Protect/);
  expect(await stands()).toEqual(before);
});
