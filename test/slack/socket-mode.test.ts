import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat, valueOf } from './support/slack-client.ts';
import { SocketSlack } from './support/socket-slack.ts';

const config = `
people: [{ entra: 00000000-0000-0000-0000-0000000000a1, slack: U0ANAVRIES, name: Ana de Vries }]
`;
let slack: SocketSlack;
let bot: TestBot;
const ana = () => new SlackChat(() => slack.emulator.url, { person: 'ana', channel: 'general' });
const rows = async () => (await bot.rows('inbound')).length;

beforeAll(async () => {
  slack = await SocketSlack.start('xoxb-socket');
  const env = {
    HOST: '127.0.0.1',
    SLACK_BOT_TOKEN: 'xoxb-socket',
    SLACK_APP_TOKEN: 'xapp-socket',
    SLACK_API_URL: slack.apiUrl,
    KLUIS_AZURE: 'simulator',
  };
  bot = await startBot({ database: 'postgres', config, env });
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await slack?.[Symbol.asyncDispose]();
});

const common = { team: { id: 'T0CONTOSO1' }, user: { id: 'U0ANAVRIES', name: 'ana' } };

function command(text: string, trigger: string) {
  return {
    team_id: 'T0CONTOSO1',
    channel_id: 'C0GENERAL1',
    user_id: 'U0ANAVRIES',
    user_name: 'ana',
    command: '/backup',
    text,
    trigger_id: trigger,
  };
}

function mention(text: string, ts: string) {
  const event = { type: 'app_mention', channel: 'C0GENERAL1', user: 'U0ANAVRIES', text, ts, event_ts: ts };
  const authorizations = [{ user_id: 'U0KLUIS001', is_bot: true }];
  return { type: 'event_callback', team_id: 'T0CONTOSO1', event_id: `Ev${ts}`, authorizations, event };
}

test('the socket is requested with the app’s token, and nothing listens for requests from Slack', async () => {
  expect(slack.opened).toBe(1);
  expect(slack.tokens).toEqual(['Bearer xapp-socket']);
  const knocked = await fetch(`${bot.url}/slack/events`, { method: 'POST', body: '{}' });
  expect(knocked.status).toBe(404);
});

test('a whole backup over the socket: a command, a press, the mention', async () => {
  const id = slack.send('slash_commands', command('vm-plain-01', '1.1.a'));
  expect((await slack.acknowledgement(id)).payload).toEqual({});
  const root = await ana().until('/backup vm-plain-01');
  const thread = ana().in(root.ts);
  const card = await thread.until(/vm-plain-01 is ready/);
  const pressed = slack.send('interactive', {
    ...common,
    type: 'block_actions',
    channel: { id: 'C0GENERAL1' },
    container: { type: 'message', message_ts: card.ts, channel_id: 'C0GENERAL1', thread_ts: root.ts },
    message: { ts: card.ts, thread_ts: root.ts },
    state: { values: {} },
    actions: [
      {
        type: 'button',
        action_id: 'any',
        value: valueOf(card, 'Protect and back up now'),
        action_ts: '1.000001',
      },
    ],
  });
  await slack.acknowledgement(pressed);
  await thread.until(/^<@U0ANAVRIES>: (?!\/)/);
  expect(await bot.azure.requests('POST', /\/backup\?/)).toHaveLength(1);
});

test('an event is acknowledged only once it is stored', async () => {
  const held = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  bot.failpoint = async (failpoint) => {
    if (failpoint !== 'turn:before-commit') return;
    reached.resolve();
    await held.promise;
  };
  const before = await rows();
  const id = slack.send('events_api', mention('<@U0KLUIS001> backup help', '1700000001.000001'));
  await reached.promise;
  expect(slack.acknowledged.some(({ envelope_id }) => envelope_id === id)).toBe(false);
  bot.failpoint = () => {};
  held.resolve();
  await slack.acknowledgement(id);
  expect(await rows()).toBe(before + 1);
});

test('an event that couldn’t be stored is not acknowledged, and is handled when Slack sends it again', async () => {
  let fails = 1;
  bot.failpoint = (failpoint) => {
    if (failpoint === 'turn:before-commit' && fails-- > 0) throw new Error('the database is away');
  };
  const payload = mention('<@U0KLUIS001> backup help', '1700000002.000001');
  const first = slack.send('events_api', payload, { retry_attempt: 0, retry_reason: '' });
  await eventually('the fault', () => bot.log.some(({ text }) => text === 'Bolt reports an error'));
  expect(slack.acknowledged.some(({ envelope_id }) => envelope_id === first)).toBe(false);
  const again = slack.send('events_api', payload, { retry_attempt: 1, retry_reason: 'timeout' });
  await slack.acknowledgement(again);
  const before = await rows();
  const third = slack.send('events_api', payload, { retry_attempt: 2, retry_reason: 'timeout' });
  await slack.acknowledgement(third);
  expect(await rows()).toBe(before);
});

test('Slack asks to reconnect: another socket is opened, and commands arrive over that', async () => {
  slack.asksToReconnect();
  await eventually('another socket', () => slack.opened === 2);
  const id = slack.send('slash_commands', command('help', '1.1.b'));
  await slack.acknowledgement(id);
  await eventually('the help', async () => (await ana().messages()).some(({ onlyYou }) => onlyYou));
});
