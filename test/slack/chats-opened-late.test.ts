import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { startSlackEmulator, type SlackEmulator } from '../../src/lab/slack/slack-emulator.ts';
import { words } from '../../src/message/words.ts';
import { link } from '../../src/store/person-links.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { heldLine, type HeldLine } from './support/held-line.ts';
import { SlackChat, textOf, type SlackPerson } from './support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const ids = { ana: '00000000-0000-0000-0000-0000000000a1', ben: '00000000-0000-0000-0000-0000000000b1' };
/** Ben is linked by his own sign-in. */
const config = `
people: [{ entra: ${ids.ana}, slack: U0ANAVRIES }]
roles:
  operator: [everyone]
  approver: ['user:${ids.ben}']
  admin: ['user:${ids.ana}']
rules: [{ operation: protect, approvals: 1, approvers: 'user:${ids.ben}' }]
`;
const slackApp = { SLACK_BOT_TOKEN: 'xoxb-late', SLACK_SIGNING_SECRET: 'hush-late' };
const chatId = 'slack:T0CONTOSO1:D0BENJANSN';
let slack: SlackEmulator;
let line: HeldLine;
let bot: TestBot;
let other: Awaited<ReturnType<TestBot['replica']>>;
let vms: string[];
const chat = (person: SlackPerson, channel: 'general' | 'dm') => new SlackChat(() => slack.url, { person, channel });

beforeAll(async () => {
  const port = await freePort();
  slack = await startSlackEmulator({
    port: 0,
    botUrl: () => `http://127.0.0.1:${port}`,
    signingSecret: slackApp.SLACK_SIGNING_SECRET,
    token: slackApp.SLACK_BOT_TOKEN,
    answerMs: 60_000,
  });
  line = await heldLine(slack.apiUrl);
  const env = { ...slackApp, PORT: `${port}`, HOST: '127.0.0.1', KLUIS_AZURE: 'simulator', SLACK_API_URL: line.apiUrl };
  bot = await startBot({ database: 'postgres', config, env, leases: { sweep: 200 } });
  other = await bot.replica();
  vms = await addMachines(bot.azure, 4);
});
beforeEach(async () => {
  await bot.database.db.deleteFrom('person_link').execute();
  await link(bot.database.db, { team: 'T0CONTOSO1', platformId: 'U0BENJANSN' }, ids.ben);
  await sql`delete from message where conversation_id = ${chatId}`.execute(bot.database.db);
  await sql`delete from conversation where id = ${chatId}`.execute(bot.database.db);
});
afterAll(async () => {
  await other?.stop();
  await bot?.[Symbol.asyncDispose]();
  await line?.close();
  await slack?.close();
});

/** Ana asks in the channel, and Slack is asked for Ben's chat: by this many processes before one gets an answer. */
async function asked(processes: 1 | 2) {
  const vm = vms.pop()!;
  // Before anybody is asked: the other process may be as quick.
  const held = Array.from({ length: processes }, () => line.holdsNext('conversations.open'));
  const thread = chat('ana', 'general').in((await chat('ana', 'general').says(`@Kluis backup ${vm}`)).ts!);
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await thread.until(title);
  await thread.presses(title);
  await thread.until('0 of 1 · until');
  await Promise.all(held.map(({ reached }) => reached));
  return { vm, thread, goOn: () => held.forEach((one) => one.goOn()) };
}
const conversation = async () => (await bot.rows('conversation')).find(({ id }) => id === chatId);
const request = async () => (await bot.rows('approval_request')).at(-1)!;
const read = async () => (await chat('ben', 'dm').said()).map(textOf).join('\n');
const unlinks = async (thread: SlackChat) => {
  await thread.says('@Kluis backup unlink U0BENJANSN');
  await thread.until(say('unlink.done', { member: 'T0CONTOSO1/U0BENJANSN' }));
};

test('whose chat two processes have opened is asked there once', async () => {
  const { vm, thread, goOn } = await asked(2);
  goOn();
  await chat('ben', 'dm').until(new RegExp(`${vm}[^]*0 of 1`));
  await thread.presses('Withdraw');
  await thread.until('request withdrawn');
  expect((await request()).copies).toHaveLength(1);
  expect((await bot.rows('message')).filter((one) => one.conversation_id === chatId)).toHaveLength(1);
});

test('who was unlinked before Slack answered isn’t asked in the chat of that member, and the card says so', async () => {
  const { vm, thread, goOn } = await asked(2);
  await unlinks(thread);
  goOn();
  await thread.until(say('request.unreached', { who: ids.ben, because: 'never-wrote' }));
  expect(await request()).toMatchObject({ copies: [], unreached: [{ person: ids.ben, is: 'never-wrote' }] });
  expect((await conversation())?.person ?? null).toBeNull();
  expect(await read()).not.toContain(vm);
  await thread.presses('Withdraw');
  await thread.until('request withdrawn');
});

test('a chat that another process opened, and that was taken from them since, isn’t theirs again', async () => {
  const { vm, thread, goOn } = await asked(1);
  await chat('ben', 'dm').until(new RegExp(`${vm}[^]*0 of 1`));
  await unlinks(thread);
  const before = await read();
  goOn();
  await eventually('both answers', async () => (await chat('ana', 'dm').calls('conversations.open')).length % 2 === 0);
  await thread.presses('Withdraw');
  await thread.until('request withdrawn');
  expect(await conversation()).toMatchObject({ person: null });
  expect(await read()).toBe(before);
});

test('nobody is asked for what was withdrawn before Slack answered', async () => {
  const { vm, thread, goOn } = await asked(2);
  await thread.presses('Withdraw');
  await thread.until('request withdrawn');
  goOn();
  await eventually('the chat', async () => (await conversation()) !== undefined);
  expect((await request()).copies).toEqual([]);
  expect(await read()).not.toContain(vm);
});
