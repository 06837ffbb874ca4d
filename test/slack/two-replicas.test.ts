import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSlackEmulator, type SlackEmulator } from '../../src/lab/slack/slack-emulator.ts';
import { words } from '../../src/message/words.ts';
import { freePort } from '../support/free-port.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat } from './support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const config = `
people:
  - { entra: 00000000-0000-0000-0000-0000000000a1, slack: U0ANAVRIES, name: Ana de Vries }
  - { entra: 00000000-0000-0000-0000-0000000000b1, slack: U0BENJANSN, name: Ben Jansen }
  - { entra: 00000000-0000-0000-0000-0000000000c1, slack: U0CHRISMEI, name: Chris Meier }
roles:
  operator: [everyone]
  approver: ['user:00000000-0000-0000-0000-0000000000b1', 'user:00000000-0000-0000-0000-0000000000c1']
rules:
  - { operation: protect, approvals: 2 }
`;
const slackApp = { SLACK_BOT_TOKEN: 'xoxb-replicas', SLACK_SIGNING_SECRET: 'hush-replicas' };

let slack: SlackEmulator;
let bot: TestBot;
let other: Awaited<ReturnType<TestBot['replica']>>;
/** The replicas that Slack sends events to, in turn. */
let replicas: string[];
let brought = 0;

beforeAll(async () => {
  const port = await freePort();
  replicas = [`http://127.0.0.1:${port}`];
  slack = await startSlackEmulator({
    port: 0,
    botUrl: () => replicas[brought++ % replicas.length]!,
    signingSecret: slackApp.SLACK_SIGNING_SECRET,
    token: slackApp.SLACK_BOT_TOKEN,
    answerMs: 60_000,
  });
  const env = {
    ...slackApp,
    PORT: `${port}`,
    HOST: '127.0.0.1',
    KLUIS_AZURE: 'simulator',
    SLACK_API_URL: slack.apiUrl,
  };
  bot = await startBot({ database: 'postgres', config, env });
  other = await bot.replica();
  replicas.push(other.url);
});
afterAll(async () => {
  await other?.stop();
  await bot?.[Symbol.asyncDispose]();
  await slack?.close();
});

test('two people approve at the same time, each at both replicas: two votes, one start', async () => {
  const ana = new SlackChat(() => slack.url, { person: 'ana', channel: 'general' });
  const said = await ana.says('@Kluis backup vm-plain-01');
  const thread = ana.in(said.ts!);
  await thread.until(/vm-plain-01 is ready/);
  await thread.presses(say('button.ask-approval-to', { what: 'Protect only' }));
  await thread.until('waiting for approval (0 of 2)');
  const before = brought;
  await Promise.all((['ben', 'chris', 'chris', 'ben'] as const).map((person) => thread.as(person).presses('Approve')));
  expect(brought - before).toBe(4);
  await thread.until('vm-plain-01 is protected');
  const [request, ...more] = await bot.rows('approval_request');
  expect(more).toEqual([]);
  expect(request!.state).toBe('started');
  expect((request!.votes as { person: string }[]).map(({ person }) => person.slice(-2)).toSorted()).toEqual([
    'b1',
    'c1',
  ]);
  expect(await bot.rows('operation')).toHaveLength(1);
  const sent = await bot.azure.requests('PUT', /protectedItems\/[^/]*vm-plain-01\?/i);
  expect(sent.map(({ status }) => status)).toEqual([202]);
});
