import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { signingSecret, startSlackBench, type Received } from './slack-bench.ts';

const isSigned = ({ headers, raw }: Received, secret = signingSecret) => {
  const base = `v0:${String(headers['x-slack-request-timestamp'])}:${raw}`;
  return headers['x-slack-signature'] === `v0=${createHmac('sha256', secret).update(base).digest('hex')}`;
};
const ageOf = ({ headers }: Received) =>
  Date.parse('2026-11-25T09:00:00Z') / 1000 - Number(headers['x-slack-request-timestamp']);

test('a slash command is sent as a signed form, and its answer is shown to the person who typed it', async () => {
  await using bench = await startSlackBench(() => ({ body: { text: 'looking…' } }));
  const { bot } = await bench.control('say', { as: 'ana', text: '/backup vm-sql-01 & <b>' });
  expect(bot).toMatchObject({ status: 200, body: { text: 'looking…' } });
  const [request] = bench.received;
  expect(isSigned(request!)).toBe(true);
  expect(request!.fields).toMatchObject({
    command: '/backup',
    text: 'vm-sql-01 &amp; &lt;b&gt;',
    user_id: 'U0ANAVRIES',
    channel_id: 'C0GENERAL1',
    team_id: 'T0CONTOSO1',
    is_enterprise_install: 'false',
  });
  expect(request!.fields).not.toHaveProperty('thread_ts');
  const own = await bench.read('messages?as=ana&channel=general');
  expect(own.messages).toMatchObject([{ text: 'looking…', onlyYou: true, from: 'bot' }]);
  expect((await bench.read('messages?as=ben&channel=general')).messages).toEqual([]);
});

test('a slash command doesn’t work in a thread, and a failing or late bot is reported as Slack does', async () => {
  let answer: { status: number } | 'never' = { status: 500 };
  await using bench = await startSlackBench(() => answer);
  const { ts } = await bench.control('say', { as: 'ana', text: 'hello' });
  expect(await bench.control('say', { as: 'ana', text: '/backup x', thread_ts: ts })).toMatchObject({
    http: 409,
    error: { code: 'NotInThreads' },
  });
  await bench.control('say', { as: 'ana', text: '/backup x' });
  answer = 'never';
  await bench.control('say', { as: 'ana', text: '/backup x' });
  const { messages } = await bench.read('messages?as=ana&channel=general');
  expect(messages.slice(1)).toMatchObject([
    { from: 'slackbot', onlyYou: true, text: '/backup failed with the error "dispatch_failed"' },
    { from: 'slackbot', onlyYou: true, text: '/backup failed with the error "operation_timeout"' },
  ]);
});

test('a mention is an event with its thread; messages without one reach the bot only in direct messages', async () => {
  await using bench = await startSlackBench();
  const first = await bench.control('say', { as: 'ana', text: '@Kluis backup vm-sql-01' });
  await bench.control('say', { as: 'ben', text: 'me too, @kluis, for @Ana de Vries', thread_ts: first.ts });
  expect(await bench.control('say', { as: 'ben', text: 'nobody hears this' })).toMatchObject({
    kind: 'none',
    bot: null,
  });
  const direct = await bench.control('say', { as: 'chris', channel: 'dm', text: 'backup vm-sql-01' });
  expect(bench.received.map(({ fields }) => fields)).toMatchObject([
    {
      type: 'event_callback',
      event: { type: 'app_mention', user: 'U0ANAVRIES', text: '<@U0KLUIS001> backup vm-sql-01', ts: first.ts },
    },
    { event: { type: 'app_mention', text: 'me too, <@U0KLUIS001>, for <@U0ANAVRIES>', thread_ts: first.ts } },
    { event: { type: 'message', channel_type: 'im', channel: 'D0CHRISMEI', ts: direct.ts } },
  ]);
  expect(bench.received.every((each) => isSigned(each))).toBe(true);
  const ids = bench.received.map(({ fields }) => fields['event_id']);
  expect(new Set(ids).size).toBe(3);
});

test('a channel without the bot sends it nothing until it is invited', async () => {
  await using bench = await startSlackBench();
  const { bot } = await bench.control('say', { as: 'ana', channel: 'random', text: '@Kluis hello' });
  expect(bot).toBeNull();
  await bench.control('channel', { channel: 'random', botIn: true });
  await bench.control('say', { as: 'ana', channel: 'random', text: '@Kluis hello' });
  expect(bench.received.map(({ fields }) => fields)).toMatchObject([
    { event: { type: 'member_joined_channel', user: 'U0KLUIS001', channel: 'C0RANDOM01' } },
    { event: { type: 'app_mention', channel: 'C0RANDOM01' } },
  ]);
});

test('forged requests are wrong in exactly the way that was asked for', async () => {
  await using bench = await startSlackBench();
  const forge = async (kind: string) => {
    await bench.control('say', { as: 'ana', text: '/backup x', forge: kind });
    return bench.received.at(-1)!;
  };
  const wrong = await forge('wrong-secret');
  expect([isSigned(wrong), ageOf(wrong)]).toEqual([false, 0]);
  const tampered = await forge('tampered');
  expect([isSigned(tampered), ageOf(tampered)]).toEqual([false, 0]);
  const old = await forge('old');
  expect([isSigned(old), ageOf(old)]).toEqual([true, 360]);
  const future = await forge('future');
  expect([isSigned(future), ageOf(future)]).toEqual([true, -360]);
  expect((await forge('unsigned')).headers).not.toHaveProperty('x-slack-signature');
  expect((await forge('no-timestamp')).headers).not.toHaveProperty('x-slack-request-timestamp');
});

test('the last request can be sent again: as a newly signed retry, or unchanged', async () => {
  await using bench = await startSlackBench();
  const said = await bench.control('say', { as: 'ana', text: '@Kluis hello' });
  bench.pass(60_000);
  await bench.control('redeliver', { retry: { number: 2, reason: 'http_timeout' } });
  await bench.control('redeliver', { seq: said.bot.seq, verbatim: true });
  const [first, retried, replayed] = bench.received;
  expect(retried!.raw).toBe(first!.raw);
  expect(retried!.headers).toMatchObject({ 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' });
  expect([isSigned(retried!), ageOf(retried!)]).toEqual([true, -60]);
  expect(replayed!.headers['x-slack-signature']).toBe(first!.headers['x-slack-signature']);
  expect(await bench.control('redeliver', { seq: 999 })).toMatchObject({ http: 404 });
});

test('url_verification, the home tab, shortcuts and anything else that a test invents', async () => {
  await using bench = await startSlackBench(({ fields }) => ({ body: { challenge: fields['challenge'] } }));
  const { challenge, bot } = await bench.control('verify');
  expect(bot.body).toEqual({ challenge });
  await bench.control('open', { as: 'ana' });
  const { ts } = await bench.control('say', { as: 'ana', text: 'the vm is vm-sql-01' });
  await bench.control('shortcut', { as: 'ben', callback_id: 'backup', channel: 'general', ts });
  await bench.control('shortcut', { as: 'ben', callback_id: 'everything' });
  await bench.control('deliver', { kind: 'interaction', payload: { type: 'block_actions', actions: [] } });
  expect(bench.received.slice(1).map(({ fields }) => fields)).toMatchObject([
    { event: { type: 'app_home_opened', user: 'U0ANAVRIES', channel: 'D0ANAVRIES', tab: 'home' } },
    {
      type: 'message_action',
      callback_id: 'backup',
      message: { ts, text: 'the vm is vm-sql-01' },
      response_url: expect.stringContaining('/hooks/actions/'),
    },
    { type: 'shortcut', callback_id: 'everything' },
    { type: 'block_actions', actions: [] },
  ]);
});

test('an uninstalled app is told so, and its token is invalid', async () => {
  await using bench = await startSlackBench();
  await bench.control('installation', { state: 'revoked' });
  expect(await bench.api('auth.test')).toMatchObject({ ok: false, error: 'token_revoked' });
  await bench.control('installation', { state: 'uninstalled' });
  expect(await bench.api('auth.test')).toMatchObject({ ok: false, error: 'account_inactive' });
  const events = bench.received.map(({ fields }) => (fields['event'] as { type: string }).type);
  expect(events).toEqual(['tokens_revoked', 'tokens_revoked', 'app_uninstalled']);
  expect(await bench.control('say', { as: 'ana', text: '@Kluis hello' })).toMatchObject({ bot: null });
});
