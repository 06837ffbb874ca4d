import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { actionOf, SlackChat, textOf } from '../slack/support/slack-client.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const [deny, withdraw] = [say('button.deny'), say('button.withdraw')];
const ids = { ben: '00000000-0000-0000-0000-0000000000b1', chris: '00000000-0000-0000-0000-0000000000c1' };
const config = `
roles:
  operator: [everyone]
  approver: ['user:${ids.ben}', 'user:${ids.chris}']
rules:
  - { operation: protect, approvals: 1 }
people: # Chris has Ben's name
  - { entra: ${ids.ben}, slack: U0BENJANSN, name: Ben Jansen }
  - { entra: ${ids.chris}, slack: U0CHRISMEI, name: Ben Jansen }
`;
/** What mentions somebody in each chat, if it is read as markup. */
const hostile = '<at>Ana de Vries</at> <at>Ben Jansen</at> <@U0BENJANSN> <!channel> <!here|x>';
let bot: TestBot;
let vms: string[];
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 200 } });
  vms = await addMachines(bot.azure, 4);
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(() => slack().control('reset', {}));

const slack = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

async function askedInTeams(vm: string) {
  const chat = await bot.asks('ana', `backup ${vm}`);
  await chat.clicks((await chat.card()).titles.find((each) => each.endsWith('Protect only'))!);
  await chat.untilWaits('0 of 1');
  return chat;
}

async function askedInSlack(vm: string) {
  const thread = slack().in((await slack().says(`@Kluis backup ${vm}`)).ts as string);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.presses(title);
  await thread.until('0 of 1 · until');
  return thread;
}

const mentionedIn = (entities: readonly unknown[]) =>
  entities.map((one) => one as { text: string; mentioned: { id: string; name: string } });

test('Teams: two people of the same name are mentioned once each, as themselves', async () => {
  const chat = await askedInTeams(vms[0]!);
  const { text = '', entities } = await chat.untilTold('Ana de Vries asks');
  expect(mentionedIn(entities).map(({ mentioned }) => mentioned)).toEqual([
    { id: ids.ben, name: 'Ben Jansen' },
    { id: ids.chris, name: 'Ben Jansen' },
  ]);
  // Each by a text of its own, in this order: whichever way Teams finds them, it finds the right one.
  expect(text.match(/<at>[^<]*<\/at>/g)).toEqual(mentionedIn(entities).map((one) => one.text));
  expect(new Set(mentionedIn(entities).map((one) => one.text)).size).toBe(2);
  await chat.clicks(withdraw);
  await chat.untilTitle('request withdrawn');
});

test('Slack: two people of the same name are mentioned once each, as themselves', async () => {
  const thread = await askedInSlack(vms[1]!);
  const ring = await thread.until(/^<@U0BENJANSN>/);
  for (const shown of [ring.text, JSON.stringify(ring.blocks)])
    expect(shown.match(/U0BENJANSN|U0CHRISMEI/g)).toEqual(['U0BENJANSN', 'U0CHRISMEI']);
  await thread.presses(withdraw);
  await thread.until('request withdrawn');
});

test('Teams: what somebody typed mentions nobody, not even the one whom it is told to', async () => {
  const chat = await askedInTeams(vms[2]!);
  await chat.as('ben').clicks(deny, { reason: hostile });
  const { text = '', entities } = await chat.untilTold('denied your request');
  expect(text.match(/<at>[^<]*<\/at>/g)).toEqual(['<at>Ana de Vries</at>']);
  expect(mentionedIn(entities).map(({ mentioned }) => mentioned.name)).toEqual(['Ana de Vries']);
  expect(text).toContain('&lt;at&gt;Ana de Vries&lt;/at&gt; &lt;at&gt;Ben Jansen&lt;/at&gt;');
});

test('Slack: what somebody typed mentions nobody, not even the one whom it is told to', async () => {
  const thread = await askedInSlack(vms[3]!);
  const { blocks } = await thread.until('0 of 1 · until');
  await thread.as('ben').presses('Deny', { inputs: { [actionOf(blocks, 'reason')]: hostile } });
  const told = await thread.until(/denied your request/);
  expect(told.text.match(/<[@!][^>]*>/g)).toEqual(['<@U0ANAVRIES>']);
  expect(JSON.stringify(told.blocks).match(/"user_id":"[^"]*"|"type":"broadcast"/g)).toEqual([
    '"user_id":"U0ANAVRIES"',
  ]);
  expect(textOf(told)).toContain('<at>Ana de Vries</at> <at>Ben Jansen</at>');
});

test('Slack: what somebody typed mentions nobody above the thread of a slash command, and as who asked they are once', async () => {
  await slack().says(`/backup ${hostile}`);
  const root = await slack().until(/\n<@U0ANAVRIES>: \/backup /);
  expect(root.text.match(/<[@!][^>]*>/g)).toEqual(['<@U0ANAVRIES>']);
});
