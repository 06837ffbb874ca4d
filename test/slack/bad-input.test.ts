import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat, textOf, type EndpointAnswer } from './support/slack-client.ts';

let bot: TestBot;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
const rows = async () => (await bot.rows('inbound')).length;

beforeAll(async () => {
  bot = await startBot({ database: 'postgres' });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(() => general().control('reset', {}));

describe('who is calling', () => {
  test.each(['wrong-secret', 'old', 'future', 'unsigned', 'tampered', 'no-timestamp'])(
    'a request that is %s is refused, and nothing is stored',
    async (forge) => {
      const before = await rows();
      const said = await general().says('/backup vm-sql-01', { forge });
      expect(said.bot).toMatchObject({ status: 401 });
      expect(await rows()).toBe(before);
    },
  );

  test('a replayed request changes nothing', async () => {
    const ana = general();
    await ana.says('/backup help');
    await ana.until('/backup');
    const before = await rows();
    const again = await ana.control<{ bot: EndpointAnswer }>('redeliver', { verbatim: true });
    expect(again.bot.status).toBe(200);
    expect(await rows()).toBe(before);
  });
});

describe('what is sent', () => {
  test('an event that Slack repeats is handled once', async () => {
    const ana = general();
    const said = await ana.says('@Kluis backup vm-plain-01');
    const thread = ana.in(said.ts as string);
    await thread.until(/vm-plain-01 is ready/);
    const before = await rows();
    for (const number of [1, 2, 3]) await ana.control('redeliver', { retry: { number, reason: 'http_timeout' } });
    expect(await rows()).toBe(before);
    expect(await thread.said()).toHaveLength(1);
  });

  test('an unknown button is refused in words, to the person who pressed it', async () => {
    const ana = general();
    const said = await ana.says('@Kluis backup vm-plain-01');
    const thread = ana.in(said.ts as string);
    const card = await thread.until(/vm-plain-01 is ready/);
    const presses = async (value: string) => {
      const payload = {
        type: 'block_actions',
        user: { id: 'U0ANAVRIES', name: 'ana' },
        team: { id: 'T0CONTOSO1' },
        channel: { id: 'C0GENERAL1' },
        container: { type: 'message', message_ts: card.ts, channel_id: 'C0GENERAL1', thread_ts: said.ts },
        message: { ts: card.ts, thread_ts: said.ts },
        actions: [{ type: 'button', action_id: 'nobody-knows', value, action_ts: '1.000001' }],
      };
      const answer = await ana.control<{ bot: EndpointAnswer }>('deliver', { kind: 'interaction', payload });
      expect(answer.bot.status).toBe(200);
    };
    await presses('{"v":1');
    const told = await thread.until("That button didn't work");
    expect(told.onlyYou).toBe(true);
    await expect(thread.as('ben').until("That button didn't work", 200)).rejects.toThrow(/in vain/);
    // In the button's own JSON, a character that no database takes.
    await presses(String.raw`{"v":"command","d":{"command":"\u0000"},"n":1}`);
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('names with a meaning in Slack are shown and not interpreted', async () => {
    const ana = general();
    await ana.says('/backup <!channel>&*x*');
    const root = await ana.until('channel');
    const card = await ana.in(root.ts).until(/isn't a valid VM name/);
    // What is obeyed is the text of a message and mrkdwn; in rich text the same characters are characters.
    for (const message of [root, card]) {
      expect(message.text).not.toContain('<!');
      expect(JSON.stringify(message.blocks)).not.toMatch(/"type":"mrkdwn","text":"[^"]*<!/);
    }
    expect(textOf(root)).toContain('<!channel>&*x*');
  });
});

describe('signed requests that Slack would never make', () => {
  const user = { id: 'U0ANAVRIES', team_id: 'T0CONTOSO1' };
  const press = { type: 'block_actions', user, channel: { id: 'C0GENERAL1' } };
  const event = { type: 'event_callback', team_id: 'T0CONTOSO1', event_id: 'Ev1' };

  test.each<[string, string, object | null]>([
    ['an event that nobody listens to', 'json', { ...event, event: { type: 'function_executed' } }],
    ['a function without an id', 'json', { ...event, event: { type: 'function_executed', inputs: {} } }],
    ['an event that is none', 'json', { ...event, event: 'said' }],
    ['an event whose type is none', 'json', { ...event, event: { type: ['message'] } }],
    ['an event whose parts are none', 'json', { ...event, event: { type: 'message', channel: null, item: 7 } }],
    ['actions that are texts', 'interaction', { ...press, actions: ['constructor'] }],
    ['actions that are none', 'interaction', { ...press, actions: [null] }],
    ['no action at all', 'interaction', { ...press, actions: [] }],
    ['actions that are no list', 'interaction', { ...press, actions: { length: 1 } }],
    ['an action whose id is no text', 'interaction', { ...press, actions: [{ action_id: 7, type: 'button' }] }],
    [
      'an action in a block whose id is no text',
      'interaction',
      { ...press, actions: [{ action_id: 'a', block_id: {} }] },
    ],
    ['a press of a function', 'interaction', { ...press, function_data: {}, actions: [{ action_id: 'a' }] }],
    ['a press by nobody', 'interaction', { ...press, user: null, actions: [{ action_id: 'a' }] }],
    ['a form that is none', 'interaction', { type: 'view_submission', user, view: null }],
    ['a form without a name', 'interaction', { type: 'view_submission', user, view: { id: 'V1', callback_id: {} } }],
    ['a form that was closed', 'interaction', { type: 'view_closed', user, view: { id: 'V1' } }],
    ['a shortcut', 'interaction', { type: 'shortcut', user, callback_id: 'a' }],
    ['a type-ahead of a dialog', 'interaction', { type: 'dialog_suggestion', name: {}, user }],
    ['a type-ahead without a name', 'interaction', { type: 'block_suggestion', user, action_id: null }],
    ['a command that is none', 'slash', { command: '', text: 'x' }],
    ['nothing', 'json', {}],
  ])('%s is acknowledged at once, without a fault', async (_, kind, payload) => {
    const faults = () => bot.log.filter(({ level }) => level === 'error').length;
    const before = [await rows(), faults()];
    const { bot: answer } = await general().control<{ bot: EndpointAnswer }>('deliver', { kind, payload });
    expect(answer.status).toBe(200);
    expect([await rows(), faults()]).toEqual(before);
  });
});

describe('where nobody can be told', () => {
  test('a direct message between two people: the person who asked is answered in their own with the bot, and told so', async () => {
    const ana = general();
    const payload = {
      team_id: 'T0CONTOSO1',
      channel_id: 'D0WITHBEN1',
      channel_name: 'directmessage',
      user_id: 'U0ANAVRIES',
      user_name: 'ana',
      command: '/backup',
      text: 'vm-sql-01',
      trigger_id: '1.2.3',
    };
    const { bot: answer } = await ana.control<{ bot: EndpointAnswer }>('deliver', { kind: 'slash', payload });
    expect(answer).toMatchObject({
      status: 200,
      body: { response_type: 'ephemeral', text: expect.stringContaining('in its direct messages') },
    });
    await new SlackChat(() => bot.url, { person: 'ana', channel: 'dm' }).until(/vm-sql-01 is ready/);
  });

  test('an archived channel, a deleted message: the operation continues', async () => {
    const ana = general();
    const said = await ana.says('@Kluis backup vm-cmk-01');
    const thread = ana.in(said.ts as string);
    await thread.until(/vm-cmk-01 is ready/);
    await thread.presses('Protect and back up now');
    await ana.control('channel', { channel: 'general', archived: true });
    const place = `slack:T0CONTOSO1:C0GENERAL1:${said.ts}`;
    const ended = async () =>
      (await bot.rows('operation')).find((row) => row.conversation_id === place)?.status === 'succeeded';
    await eventually('the end of the operation', ended);
    expect(bot.log.some(({ text }) => text === 'a message was not sent')).toBe(true);
  });
});
