import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { words } from '../../src/message/words.ts';
import { eventually } from '../support/eventually.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { actionOf, SlackChat, textOf } from './support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const [approve, withdraw] = [say('button.approve'), say('button.withdraw')];
const [ben, chris] = ['b1', 'c1'].map((end) => `user:00000000-0000-0000-0000-0000000000${end}`);
const config = `
roles:
  operator: [everyone]
  approver: ['${ben}', '${chris}']
rules:
  - { operation: protect, approvals: 2 }
`;
let bot: TestBot;
let vms: string[];
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
  vms = await addMachines(bot.azure, 6);
});
afterAll(() => bot?.[Symbol.asyncDispose]());
afterEach(async () => void (await fetch(`${bot.url}/_slack/faults`, { method: 'DELETE' })));

/** From now on the cards in Slack stay as they are, so that what is over still has its buttons. */
const cardsStay = (chat: SlackChat) =>
  chat.control('faults', { method: '^chat.update$', status: 429, retryAfter: 1, times: 10_000 });

/** Ana begins in the channel, and somebody requests the approval in her thread. */
async function asked(vm: string, by: 'ana' | 'ben' = 'ana'): Promise<SlackChat> {
  const ana = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  const thread = ana.in((await ana.says(`@Kluis backup ${vm}`)).ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.as(by).presses(title);
  await thread.until('0 of 2 · until');
  return thread;
}

/** What somebody alone is told about a press. */
async function answerTo(chat: SlackChat, action: string): Promise<string> {
  const before = (await chat.said()).length;
  await chat.presses(action);
  const answer = async () => (await chat.said()).slice(before).find(({ onlyYou }) => onlyYou);
  return textOf(await eventually('an answer to them alone', answer));
}

const operations = async () => (await bot.rows('operation')).length;
const untilState = (is: string) =>
  eventually(`a request that is ${is}`, async () =>
    (await bot.rows('approval_request')).some(({ state }) => state === is),
  );

test('whoever isn’t an approver, or has voted already, is told so', async () => {
  const thread = await asked(vms[0]!);
  const roles = bot.roles.splice(0, bot.roles.length);
  bot.roles.push(...roles.filter(({ to }) => to.kind !== 'user' || `user:${to.id}` !== chris));
  expect(await answerTo(thread.as('chris'), approve)).toContain(say('refusal.not-approver'));
  bot.roles.splice(0, bot.roles.length, ...roles);
  await thread.as('ben').presses(approve);
  await thread.until('1 of 2 · until');
  expect(await answerTo(thread.as('ben'), approve)).toContain(say('refusal.voted-already'));
  expect(await operations()).toBe(0);
  await cardsStay(thread);
  await thread.as('chris').presses(approve);
  await untilState('started');
  expect(await answerTo(thread.as('ben'), approve)).toContain('already approved, and the work has started');
  await fetch(`${bot.url}/_slack/faults`, { method: 'DELETE' });
  await thread.until(`${vms[0]} is protected`);
  expect(await operations()).toBe(1);
});

test('whoever began what somebody else then requested can’t approve it', async () => {
  const thread = await asked(vms[1]!, 'ben');
  expect(await answerTo(thread, approve)).toContain(say('refusal.changed-it'));
  expect(await answerTo(thread.as('ben'), approve)).toContain(say('refusal.own-request'));
  await thread.as('ben').presses(withdraw);
  await thread.until('request withdrawn');
});

test.each<[state: string, vm: number, end: (thread: SlackChat) => Promise<unknown>]>([
  ['withdrawn', 2, (thread) => thread.presses(withdraw)],
  [
    'denied',
    3,
    async (thread) => {
      const { blocks } = await thread.until('0 of 2 · until');
      await thread.as('chris').presses(say('button.deny'), { inputs: { [actionOf(blocks, 'reason')]: 'not now' } });
    },
  ],
  [
    'expired',
    4,
    () =>
      sql`update approval_request set created_at = created_at - interval '5 hours', ends_at = ends_at - interval '5 hours'
        where state = 'pending'`.execute(bot.database.db),
  ],
])('a request that is %s counts no late vote, and the voter is told why', async (state, at, end) => {
  const [thread, before] = [await asked(vms[at]!), await operations()];
  await cardsStay(thread);
  await end(thread);
  await eventually('its end', async () =>
    (await bot.rows('approval_request')).every((one) => one.state !== 'pending' && one.state !== 'approved'),
  );
  expect(await answerTo(thread.as('ben'), approve)).toContain(`already ${state}`);
  expect(await operations()).toBe(before);
});
