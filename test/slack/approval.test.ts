import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { words } from '../../src/message/words.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { actionOf, SlackChat, textOf } from './support/slack-client.ts';
import { eventually } from '../support/eventually.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const config = `
roles:
  operator: [everyone]
  approver: ['user:00000000-0000-0000-0000-0000000000b1', 'user:00000000-0000-0000-0000-0000000000c1']
rules:
  - { operation: protect, approvals: 1 }
channels:
  - { id: '19:general@thread.tacv2', approvers: true }
  - { id: C0GENERAL1, approvers: true }
`;
let bot: TestBot;
const ana = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
}, 120_000);
afterAll(() => bot?.[Symbol.asyncDispose]());

/** Ana asks in the channel for approval of a protection; resolves with its thread, which waits. */
async function asked(vm: string): Promise<SlackChat> {
  const said = await ana().says(`@Kluis backup ${vm}`);
  const thread = ana().in(said.ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.presses(title);
  await thread.until('waiting for approval (0 of 1)');
  return thread;
}

const answerTo = async (thread: SlackChat, press: () => Promise<unknown>) => {
  const before = (await thread.said()).length;
  await press();
  const answer = await eventually('an answer', async () => (await thread.said())[before]);
  expect(answer.onlyYou).toBe(true);
  return textOf(answer);
};

test('somebody else approves it in the thread, and it starts once; who asked cannot, and is told alone', async () => {
  const thread = await asked('vm-plain-01');
  expect(await answerTo(thread, () => thread.presses('Approve'))).toContain(say('refusal.own-request'));
  expect(await bot.rows('operation')).toEqual([]);
  await thread.as('ben').presses('Approve');
  await thread.until('vm-plain-01 is protected');
  expect(await bot.rows('operation')).toHaveLength(1);
  expect((await bot.rows('approval_request'))[0]).toMatchObject({ state: 'started' });
}, 60_000);

test('a denial takes a reason from the field beside it, and ends it with name and reason', async () => {
  const thread = await asked('vm-off-01');
  const ben = thread.as('ben');
  expect(await answerTo(ben, () => ben.presses('Deny'))).toContain(say('refusal.reason-missing'));
  const { blocks } = await thread.until('waiting for approval (0 of 1)');
  await ben.presses('Deny', { inputs: { [actionOf(blocks, 'reason')]: 'not on a Friday' } });
  const ended = textOf(await thread.until('vm-off-01: denied'));
  expect(ended).toContain('not on a Friday');
  expect(ended).not.toContain('Approve\n');
  expect(await bot.rows('operation')).toHaveLength(1);
}, 60_000);

test('a guest of the workspace decides nothing, whatever their role', async () => {
  await ana().control('person', { as: 'chris', isGuest: true });
  const thread = await asked('vm-sql-01');
  const chris = thread.as('chris');
  expect(await answerTo(chris, () => chris.presses('Approve'))).toContain(say('refusal.no-guests'));
  expect((await bot.rows('approval_request')).find(({ state }) => state === 'pending')).toMatchObject({ votes: [] });
  await thread.presses('Withdraw');
  await thread.until('request withdrawn');
}, 60_000);

test('what is asked in Slack is approved in the approvers’ channel of Teams, and both cards say so', async () => {
  await bot.asks('ben', 'backup vaults');
  const thread = await asked('vm-cmk-01');
  expect(await answerTo(thread, () => thread.presses('Approve'))).toContain(say('refusal.own-request'));
  const request = (await bot.rows('approval_request')).find(({ state }) => state === 'pending')!;
  const [copy] = request.copies as { message: string }[];
  const posted = async () => (await bot.rows('message')).find(({ id }) => id === copy!.message)?.platform_id;
  const ben = bot.in('ben', `19:general@thread.tacv2;messageid=${await eventually('the copy', posted)}`);
  // She is the same person there, so her own request stays her own.
  expect((await ben.as('ana').clicks('Approve')).text).toBe(say('refusal.own-request'));
  await ben.clicks('Approve');
  await thread.until('vm-cmk-01 is protected');
  expect((await ben.untilTitle('vm-cmk-01: approved and started')).titles).toEqual([]);
  expect((await bot.rows('approval_request')).find(({ id }) => id === request.id)).toMatchObject({
    state: 'started',
    votes: [{ person: '00000000-0000-0000-0000-0000000000b1', decision: 'approve' }],
  });
}, 60_000);

test('the app’s own page has what waits for one, with the way to its card, and one’s own with the button to withdraw', async () => {
  const thread = await asked('vm-sql-01');
  const [ben, direct] = [ana().as('ben'), new SlackChat(() => bot.url, { person: 'ben', channel: 'dm' })];
  const page = await ben.opensHome();
  expect(textOf(page)).toMatch(/Waiting for your approval[\s\S]*vm-sql-01/);
  expect(textOf(await ana().opensHome())).not.toContain('Waiting for your approval');
  await ben.pressesAtHome('Show request: vm-sql-01');
  await direct.until('vm-sql-01: waiting for approval (0 of 1)');
  await ana().pressesAtHome('Withdraw: vm-sql-01');
  await thread.until('request withdrawn');
  await direct.until('request withdrawn');
  expect(textOf(await ana().opensHome())).not.toContain('vm-sql-01');
}, 60_000);

test('whoever can decide is reminded in the thread below the copy, once', async () => {
  await (await asked('vm-sql-01')).presses('Withdraw');
  const direct = new SlackChat(() => bot.url, { person: 'ana', channel: 'dm' });
  await direct.says('backup vm-sql-01');
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await direct.until(title);
  await direct.presses(title);
  const copy = await ana().until('vm-sql-01: waiting for approval (0 of 1)');
  await sql`update approval_request set remind_at = now(), created_at = created_at - interval '2 hours',
    ends_at = ends_at - interval '2 hours' where state = 'pending'`.execute(bot.database.db);
  const reminder = textOf(await ana().in(copy.ts).until('is still waiting for approval (0 of 1)'));
  expect(reminder).toMatch(/<@U\w+>, <@U\w+>: vm-sql-01/);
  expect(reminder).toContain('h left');
  const below = ana().in(copy.ts);
  await below.as('ben').presses('Approve');
  await direct.until('vm-sql-01 is protected');
  expect((await below.said()).filter((each) => textOf(each).includes('still waiting'))).toHaveLength(1);
}, 60_000);
