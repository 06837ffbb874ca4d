/** A policy created on the way to protecting a VM, in Slack: from the pick-list, also by typing into it, and back. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { ownWords } from '../../src/slack/blocks/wording.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { actionOf, buttonsOf, SlackChat, type SeenMessage } from './support/slack-client.ts';

const config = `
roles:
  operator: [everyone]
  admin: [user:00000000-0000-0000-0000-0000000000a1]
`;
let bot: TestBot;
const ana = (channel: 'general' | 'dm' = 'dm') => new SlackChat(() => bot.url, { person: 'ana', channel });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config });
  await ana().control('person', { as: 'ana', locale: 'nl-NL' });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

type Element = {
  readonly type: string;
  readonly action_id: string;
  readonly initial_option?: { text: { text: string } };
};
const listOf = (on: SeenMessage): Element | undefined =>
  on.blocks
    .map((block) => (block as { element?: Element }).element)
    .find((element) => element?.action_id.split('/')[2] === 'policy');

test('in Dutch, found by typing: both forms, the question, and selected on the card', async () => {
  const vm = 'vm-sql-01';
  const { say } = words({ locale: 'nl', timeZone: 'Europe/Amsterdam', simulated: true });
  const chat = ana();
  await chat.says(`backup ${vm}`);
  const card = await chat.until(new RegExp(`${vm}.*klaar`));
  expect(listOf(card)?.type).toBe('external_select');
  const named = say('input.new-policy');
  const ts = card.ts;

  const body = { as: 'ana', channel: 'dm', ts, action: actionOf(card.blocks, 'policy'), value: 'nieuw' };
  const { options } = await chat.control<{ options: { text: { text: string } }[] }>('suggest', body);
  expect(options.map(({ text }) => text.text)).toEqual([named]);
  const protect = buttonsOf(card).find((title) => title === say('button.protect')) ?? '';
  await chat.presses(protect, { inputs: { [actionOf(card.blocks, 'policy')]: named } });
  await chat.until(say('policy-form.new', { vault: 'rsv-prod-weu' }));
  await chat.opensForm(() => chat.presses(ownWords('nl').fillIn));
  const name = `nacht-${vm}`;
  expect(await chat.submits({ name, kind: 'Enhanced', often: 'daily' })).toMatchObject({ shown: 'view' });
  expect(JSON.stringify((await chat.modal()).blocks)).toContain(say('policy-field.daily'));
  expect(await chat.submits({ daily: '45' })).toMatchObject({ shown: 'closed' });
  await chat.until(say('policy-card.new', { policy: name, vault: 'rsv-prod-weu' }));
  await chat.presses(say('button.create-policy'));
  await chat.until(say('closing.policy-created', { policy: name, vault: 'rsv-prod-weu' }));
  const chosen = async () => {
    const now = (await chat.said()).find((message) => message.ts === ts);
    return (now && listOf(now)?.initial_option?.text.text) ?? '';
  };
  await eventually('the policy chosen on the card', async () => (await chosen()).includes(name) || null);
  expect(await bot.azure.requests('PUT', new RegExp(`/backupPolicies/${name}\\?`, 'i'))).toHaveLength(1);
  expect(await bot.azure.requests('PUT', /protectedItems\//i)).toEqual([]);
});

test('in Dutch, if no policy fits: a button on the card, for the vault chosen above it', async () => {
  const vm = 'vm-plain-01';
  const { say } = words({ locale: 'nl', timeZone: 'Europe/Amsterdam', simulated: true });
  await bot.azure.change({ policies: [] });
  const chat = ana();
  await chat.says(`backup ${vm}`);
  const card = await chat.until(new RegExp(`${vm}.*geen beleid past`));
  const action = actionOf(card.blocks, 'vault');
  const body = { as: 'ana', channel: 'dm', ts: card.ts, action, value: 'test' };
  const { options } = await chat.control<{ options: { text: { text: string } }[] }>('suggest', body);
  await chat.presses(say('input.new-policy'), { inputs: { [action]: options[0]!.text.text } });
  await chat.until(say('policy-form.new', { vault: 'rsv-test-weu' }));
});
