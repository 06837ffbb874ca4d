import { describe, expect, test } from '@jest/globals';
import { startSlackBench, type Answer, type Json, type Received, type SlackBench } from './slack-bench.ts';

const general = 'C0GENERAL1';
const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string, text: string) => ({ text: plain(text), value });

const policies = [option('gold', 'Every day, 90 days'), option('decade', 'Every year, 10 years')];
const blocks = [
  { type: 'section', text: { type: 'mrkdwn', text: '*vm-sql-01*' } },
  {
    type: 'input',
    block_id: 'policy',
    label: plain('Policy'),
    element: { type: 'static_select', action_id: 'policy', options: policies, initial_option: policies[0] },
  },
  { type: 'input', block_id: 'why', label: plain('Reason'), element: { type: 'plain_text_input', action_id: 'why' } },
  {
    type: 'actions',
    block_id: 'buttons',
    elements: [
      { type: 'button', action_id: 'protect', text: plain('Protect'), value: 'd1', style: 'primary' },
      { type: 'overflow', action_id: 'more', options: [option('cancel', 'Cancel')] },
      { type: 'external_select', action_id: 'vm', placeholder: plain('Another VM'), min_query_length: 1 },
    ],
  },
];
const card = (bench: SlackBench, more: object = {}) =>
  bench.api('chat.postMessage', { channel: general, text: 'vm-sql-01', blocks, ...more });

const view = (more: object = {}) => ({
  type: 'modal',
  callback_id: 'form',
  title: plain('A form'),
  submit: plain('Save'),
  private_metadata: 'kept',
  notify_on_close: true,
  blocks: [
    { type: 'input', block_id: 'name', label: plain('Name'), element: { type: 'plain_text_input', action_id: 'name' } },
    {
      type: 'input',
      block_id: 'kind',
      label: plain('Kind'),
      optional: true,
      dispatch_action: true,
      element: { type: 'static_select', action_id: 'kind', options: policies },
    },
  ],
  ...more,
});

/** A bot that stores the last trigger. */
function triggered(answers: (received: Received) => Answer = () => undefined) {
  const bot = { trigger: '', answer: (received: Received) => keep(received) };
  const keep = (received: Received) => {
    bot.trigger = String(received.fields['trigger_id'] ?? bot.trigger);
    return answers(received);
  };
  return bot;
}

describe('a message', () => {
  test('a press has the message, its place, the person, and the values of the inputs', async () => {
    await using bench = await startSlackBench();
    const { ts } = await card(bench);
    await bench.control('press', { as: 'ana', channel: 'general', ts, action: 'Protect', inputs: { Reason: 'audit' } });
    expect(bench.received[0]!.fields).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0ANAVRIES', team_id: 'T0CONTOSO1' },
      container: { type: 'message', message_ts: ts, channel_id: general, is_ephemeral: false },
      channel: { id: general, name: 'general' },
      message: { ts, bot_id: 'B0KLUIS001' },
      trigger_id: expect.any(String),
      state: {
        values: {
          policy: { policy: { type: 'static_select', selected_option: policies[0] } },
          why: { why: { type: 'plain_text_input', value: 'audit' } },
          buttons: { vm: { type: 'external_select', selected_option: null } },
        },
      },
      actions: [{ type: 'button', action_id: 'protect', block_id: 'buttons', value: 'd1', style: 'primary' }],
    });
  });

  test('a choice in a menu is sent at once, one in an input only with the next press', async () => {
    await using bench = await startSlackBench();
    const { ts } = await card(bench, { thread_ts: (await card(bench)).ts });
    const press = (body: object) => bench.control('press', { as: 'ana', channel: 'general', ts, ...body });
    expect(await press({ action: 'policy', option: 'Every year, 10 years' })).toMatchObject({ sent: false });
    expect(await press({ action: 'more', option: 'Cancel' })).toMatchObject({ sent: true });
    const { fields } = bench.received[0]! as Json;
    expect(fields.actions).toMatchObject([{ type: 'overflow', selected_option: { value: 'cancel' } }]);
    expect(fields.state.values.policy.policy.selected_option.value).toBe('decade');
    expect(fields.container.thread_ts).toBe(fields.message.thread_ts);
    expect(await press({ action: 'nothing' })).toMatchObject({ error: { code: 'NoSuchAction' } });
    expect(await press({ action: 'policy', option: 'no such' })).toMatchObject({ error: { code: 'InputInvalid' } });
  });

  test('typed text stays while the IDs stay, and is lost with other IDs', async () => {
    await using bench = await startSlackBench();
    const { ts } = await card(bench);
    await bench.control('type', { as: 'ana', channel: 'general', ts, inputs: { why: 'audit' } });
    await bench.api('chat.update', { channel: general, ts, text: 'x', blocks });
    const typed = async () => (await bench.read('messages?as=ana&channel=general')).messages[0].values;
    expect(await typed()).toMatchObject({ why: { why: { value: 'audit' } } });
    await bench.api('chat.update', { channel: general, ts, text: 'x', blocks: [{ ...blocks[2], block_id: 'other' }] });
    expect(await typed()).toEqual({ other: { why: { type: 'plain_text_input', value: null } } });
  });

  test('type-ahead asks the bot from its shortest query on, and shows only what Slack would show', async () => {
    let options = [option('vm-1', 'vm-sql-01')];
    await using bench = await startSlackBench(({ fields }) =>
      fields['type'] === 'block_suggestion' ? { body: { options } } : undefined,
    );
    const { ts } = await card(bench);
    const suggest = (value: string) =>
      bench.control('suggest', { as: 'ana', channel: 'general', ts, action: 'vm', value });
    expect(await suggest('')).toMatchObject({ asked: false });
    expect(await suggest('sql')).toMatchObject({ asked: true, options, problems: [] });
    expect(bench.received[0]!.fields).toMatchObject({
      type: 'block_suggestion',
      action_id: 'vm',
      value: 'sql',
      message: { ts },
    });
    await bench.control('press', { as: 'ana', channel: 'general', ts, action: 'vm', option: 'vm-sql-01' });
    expect(bench.received.at(-1)!.fields['actions']).toMatchObject([
      { action_id: 'vm', selected_option: { value: 'vm-1' } },
    ]);
    options = [option('x'.repeat(76), 'too long')];
    expect(await suggest('sql')).toMatchObject({ options: [], problems: ['texts and values have 1 to 75 characters'] });
  });
});

describe('a response URL', () => {
  const respond = async (url: unknown, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(String(url), { method: 'POST', headers, body: JSON.stringify(body) });
    return [response.status, ((await response.json()) as { error?: string }).error];
  };

  test('answers five times in thirty minutes, for one person or for all', async () => {
    await using bench = await startSlackBench();
    await bench.control('say', { as: 'ana', text: '/backup vm-sql-01' });
    const url = bench.received[0]!.fields['response_url'];
    expect(await respond(url, { text: 'one' })).toEqual([200, undefined]);
    expect(await respond(url, { text: 'two', response_type: 'in_channel' })).toEqual([200, undefined]);
    expect(await respond(url, { blocks: [{ type: 'fireworks' }] })).toEqual([400, 'invalid_blocks']);
    await respond(url, { text: 'four' });
    await respond(url, { text: 'five' });
    expect(await respond(url, { text: 'six' })).toEqual([404, 'used_url']);
    const { messages } = await bench.read('messages?as=ana&channel=general');
    expect(messages.map((each: Json) => [each.text, each.onlyYou])).toEqual([
      ['one', true],
      ['two', false],
      ['four', true],
      ['five', true],
    ]);
  });

  test('is invalid after thirty minutes', async () => {
    await using bench = await startSlackBench();
    await bench.control('say', { as: 'ana', text: '/backup vm-sql-01' });
    bench.pass(30 * 60_000 + 1);
    expect(await respond(bench.received[0]!.fields['response_url'], { text: 'late' })).toEqual([404, 'expired_url']);
    expect(await respond(`${bench.emulator.url}/hooks/actions/T/1/guessed`, { text: 'a' })).toEqual([
      404,
      'no_service',
    ]);
  });

  test('replaces and deletes the message that was pressed on, also an ephemeral one', async () => {
    await using bench = await startSlackBench();
    await bench.api('chat.postEphemeral', { channel: general, user: 'U0ANAVRIES', text: 'a', blocks });
    const seen = async () => (await bench.read('messages?as=ana&channel=general')).messages;
    const [{ ts }] = await seen();
    await bench.control('press', { as: 'ana', channel: 'general', ts, action: 'protect' });
    const { fields } = bench.received[0]!;
    expect(fields).toMatchObject({ container: { is_ephemeral: true } });
    expect(fields).not.toHaveProperty('message');
    await respond(fields['response_url'], { replace_original: true, text: 'done' });
    expect(await seen()).toMatchObject([{ text: 'done', blocks: [], onlyYou: true }]);
    await respond(fields['response_url'], { delete_original: true });
    expect(await seen()).toEqual([]);
  });
});

describe('a modal', () => {
  const opened = async (bench: SlackBench, bot: { trigger: string }, more: object = {}) => {
    await bench.control('say', { as: 'ana', text: '/backup form' });
    return bench.api('views.open', { trigger_id: bot.trigger, view: view(more) });
  };

  test('opens within three seconds, once per trigger', async () => {
    const bot = triggered();
    await using bench = await startSlackBench(bot.answer);
    const first = await opened(bench, bot);
    expect(first).toMatchObject({
      ok: true,
      view: { id: expect.any(String), hash: expect.any(String), private_metadata: 'kept' },
    });
    expect(await bench.api('views.open', { trigger_id: bot.trigger, view: view() })).toMatchObject({
      error: 'exchanged_trigger_id',
    });
    await bench.control('say', { as: 'ana', text: '/backup form' });
    bench.pass(3001);
    expect(await bench.api('views.open', { trigger_id: bot.trigger, view: view() })).toMatchObject({
      error: 'expired_trigger_id',
    });
    expect(await bench.api('views.open', { trigger_id: 'made.up', view: view() })).toMatchObject({
      error: 'invalid_trigger_id',
    });
    expect(await opened(bench, bot, { title: plain('x'.repeat(25)) })).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'] },
    });
  });

  test('is updated only from its last state', async () => {
    const bot = triggered();
    await using bench = await startSlackBench(bot.answer);
    const { view: first } = await opened(bench, bot);
    const update = (args: object) => bench.api('views.update', { view_id: first.id, view: view(), ...args });
    expect(await update({ hash: first.hash })).toMatchObject({ ok: true });
    expect(await update({ hash: first.hash })).toMatchObject({ error: 'hash_conflict' });
    expect(await update({ view_id: 'V0NOWHERE' })).toMatchObject({ error: 'not_found' });
  });

  test('is submitted with its values if they are valid; the bot’s errors are below their blocks', async () => {
    let body: object | undefined = { response_action: 'errors', errors: { name: 'is taken', unknown: 'is lost' } };
    const bot = triggered(({ fields }) => (fields['type'] === 'view_submission' ? { body } : undefined));
    await using bench = await startSlackBench(bot.answer);
    await opened(bench, bot);
    expect(await bench.control('submit', { as: 'ana' })).toMatchObject({ error: { message: 'Name: is required' } });
    const inputs = { Name: 'gold', kind: 'decade' };
    const refused = await bench.control('submit', { as: 'ana', inputs });
    expect(refused).toMatchObject({ shown: 'errors', errors: { name: 'is taken' }, lost: ['unknown'] });
    expect(bench.received.at(-1)!.fields).toMatchObject({
      type: 'view_submission',
      view: {
        callback_id: 'form',
        private_metadata: 'kept',
        state: { values: { name: { name: { value: 'gold' } }, kind: { kind: { selected_option: policies[1] } } } },
      },
    });
    body = { response_action: 'update', view: view({ title: plain('Next') }) };
    expect(await bench.control('submit', { as: 'ana' })).toMatchObject({
      shown: 'view',
      view: { title: plain('Next') },
    });
    body = undefined;
    expect(await bench.control('submit', { as: 'ana' })).toMatchObject({ shown: 'closed' });
    expect((await bench.read('views?as=ana')).modals).toEqual([]);
  });

  test('stacks three deep, and says when it is closed', async () => {
    const bot = triggered();
    await using bench = await startSlackBench(bot.answer);
    await opened(bench, bot);
    const push = async () => {
      await bench.control('press', { as: 'ana', view: 'top', action: 'kind', option: 'gold' });
      return bench.api('views.push', { trigger_id: bot.trigger, view: view() });
    };
    const second = await push();
    expect(second.view).toMatchObject({ previous_view_id: expect.any(String) });
    expect(bench.received.at(-1)!.fields).toMatchObject({ container: { type: 'view' }, view: { callback_id: 'form' } });
    expect(await push()).toMatchObject({ ok: true });
    expect(await push()).toMatchObject({ error: 'push_limit_reached' });
    await bench.control('close', { as: 'ana' });
    expect(bench.received.at(-1)!.fields).toMatchObject({ type: 'view_closed', is_cleared: false });
    await bench.control('close', { as: 'ana', clear: true });
    expect(bench.received.at(-1)!.fields).toMatchObject({ is_cleared: true });
    expect((await bench.read('views?as=ana')).modals).toEqual([]);
  });

  test('the home tab is published for one person', async () => {
    await using bench = await startSlackBench();
    const home = { type: 'home', blocks: [blocks[0], blocks[3]] };
    const first = await bench.api('views.publish', { user_id: 'U0ANAVRIES', view: home });
    expect(first).toMatchObject({ ok: true, view: { type: 'home' } });
    await bench.control('press', { as: 'ana', view: 'home', action: 'protect' });
    expect(bench.received[0]!.fields).toMatchObject({
      container: { type: 'view', view_id: first.view.id },
      view: { type: 'home' },
    });
    expect((await bench.read('views?as=ben')).home).toBeNull();
    await bench.api('views.publish', { user_id: 'U0ANAVRIES', view: home, hash: first.view.hash });
    expect(
      await bench.api('views.publish', { user_id: 'U0ANAVRIES', view: home, hash: first.view.hash }),
    ).toMatchObject({
      error: 'hash_conflict',
    });
  });
});
