import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startSlackBench, token, type SlackBench } from './slack-bench.ts';

const general = 'C0GENERAL1';
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const plain = (text: string) => ({ type: 'plain_text', text });
const post = (bench: SlackBench, args: object = {}) =>
  bench.api('chat.postMessage', { channel: general, text: 'hello', ...args });

describe('the token', () => {
  test('none, a wrong one, one in the body, and an unknown method', async () => {
    await using bench = await startSlackBench();
    const call = async (headers: Record<string, string>, body = '') =>
      (await fetch(`${bench.emulator.apiUrl}auth.test`, { method: 'POST', headers, body })).json();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await call({})).toMatchObject({ ok: false, error: 'not_authed' });
    expect(await call({ authorization: 'Bearer xoxb-other' })).toMatchObject({ ok: false, error: 'invalid_auth' });
    expect(await call(form, `token=${token}`)).toMatchObject({
      ok: true,
      user_id: 'U0KLUIS001',
      team_id: 'T0CONTOSO1',
    });
    expect(await bench.api('chat.shout')).toMatchObject({ ok: false, error: 'unknown_method' });
    const { requests } = await bench.read('requests');
    expect(JSON.stringify(requests)).not.toContain(token);
  });

  test('scopes that it doesn’t have', async () => {
    await using bench = await startSlackBench(undefined, { scopes: ['chat:write', 'users:read'] });
    expect(await post(bench)).toMatchObject({ ok: true });
    expect(await bench.api('reactions.add', { channel: general, name: 'eyes', timestamp: '1.1' })).toMatchObject({
      error: 'missing_scope',
      needed: 'reactions:write',
      provided: 'chat:write,users:read',
    });
    const { user } = await bench.api('users.info', { user: 'U0ANAVRIES' });
    expect(user.profile).not.toHaveProperty('email');
  });
});

describe('chat', () => {
  test('JSON and forms are the same, and a message goes into its thread', async () => {
    await using bench = await startSlackBench();
    const response = await fetch(`${bench.emulator.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ channel: general, text: 'hello', blocks: [section('*hello*')] }),
    });
    const parent = (await response.json()) as { ts: string; message: object };
    expect(parent.message).toMatchObject({
      bot_id: 'B0KLUIS001',
      user: 'U0KLUIS001',
      blocks: [{ ...section('*hello*'), block_id: expect.stringMatching(/^.{5}$/) }],
    });
    const reply = await post(bench, { thread_ts: parent.ts, blocks: [section('a reply')] });
    expect(reply.message).toMatchObject({ thread_ts: parent.ts, parent_user_id: 'U0KLUIS001' });
    const deeper = await post(bench, { thread_ts: reply.ts });
    expect(deeper.message.thread_ts).toBe(parent.ts);
    const { messages } = await bench.api('conversations.replies', { channel: general, ts: parent.ts });
    expect(messages).toMatchObject([{ ts: parent.ts, reply_count: 2 }, { ts: reply.ts }, { ts: deeper.ts }]);
  });

  test.each([
    [{ channel: 'C0NOWHERE' }, 'channel_not_found'],
    [{ channel: 'C0RANDOM01' }, 'not_in_channel'],
    [{ text: '' }, 'no_text'],
    [{ text: 'x'.repeat(40_001) }, 'msg_too_long'],
    [{ blocks: '[{' }, 'invalid_blocks_format'],
    [{ thread_ts: '1700000000.000001' }, 'thread_not_found'],
    [{ metadata: { event_type: 'kluis' } }, 'invalid_metadata_format'],
    [{ metadata: { event_type: 'kluis', event_payload: { much: 'x'.repeat(17_000) } } }, 'metadata_too_large'],
    [{ blocks: [section('x'.repeat(3001))] }, 'invalid_blocks'],
  ])('a post with %j is refused', async (args, error) => {
    await using bench = await startSlackBench();
    expect(await post(bench, args)).toMatchObject({ http: 200, ok: false, error });
    expect((await bench.read('messages?as=ana&channel=general')).messages).toEqual([]);
  });

  test('a person’s id means their direct messages', async () => {
    await using bench = await startSlackBench();
    expect(await post(bench, { channel: 'U0BENJANSN' })).toMatchObject({ ok: true, channel: 'D0BENJANSN' });
    expect(await bench.api('conversations.open', { users: 'U0ANAVRIES' })).toMatchObject({
      channel: { id: 'D0ANAVRIES' },
    });
    expect(await bench.api('conversations.open', { users: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' });
  });

  test('an archived channel, one that the bot was removed from, and a deleted parent', async () => {
    await using bench = await startSlackBench();
    const { ts } = await post(bench);
    await bench.control('delete', { ts });
    expect(await post(bench, { thread_ts: ts })).toMatchObject({ error: 'thread_not_found' });
    await bench.control('settings', { deletedParent: 'unthread' });
    const unthreaded = await post(bench, { thread_ts: ts });
    expect(unthreaded).toMatchObject({ ok: true });
    expect(unthreaded.message).not.toHaveProperty('thread_ts');
    await bench.control('channel', { channel: 'general', archived: true });
    expect(await post(bench)).toMatchObject({ error: 'is_archived' });
    await bench.control('channel', { channel: 'general', archived: false, botIn: false });
    expect(await post(bench)).toMatchObject({ error: 'not_in_channel' });
  });

  test('a deleted parent with replies stays as a tombstone that can be replied to', async () => {
    await using bench = await startSlackBench();
    const { ts } = await post(bench);
    await post(bench, { thread_ts: ts });
    await bench.control('delete', { ts });
    expect(await post(bench, { thread_ts: ts })).toMatchObject({ ok: true });
    const { messages } = await bench.api('conversations.replies', { channel: general, ts });
    expect(messages[0]).toMatchObject({ subtype: 'tombstone', reply_count: 2 });
    expect(await bench.api('chat.update', { channel: general, ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
  });

  test('an edit replaces the message; a text without blocks removes them, metadata stays', async () => {
    await using bench = await startSlackBench();
    const metadata = { event_type: 'kluis_message', event_payload: { key: 'k1' } };
    const { ts } = await post(bench, { blocks: [section('one')], metadata });
    const edited = await bench.api('chat.update', { channel: general, ts, text: 'two' });
    expect(edited).toMatchObject({ ok: true, channel: general, ts, text: 'two', message: { metadata } });
    expect(edited.message).not.toHaveProperty('blocks');
    const [seen] = (await bench.read('messages?as=ana&channel=general&history=all')).messages;
    expect(seen).toMatchObject({ text: 'two', blocks: [], before: [{ text: 'hello' }] });
    const said = await bench.control('say', { as: 'ana', text: 'mine' });
    const refusals = [
      { ts: said.ts, text: 'x' },
      { ts: '1700000000.000001', text: 'x' },
      { ts, text: 'x'.repeat(4001) },
    ].map((args) => bench.api('chat.update', { channel: general, ...args }));
    expect((await Promise.all(refusals)).map(({ error }) => error)).toEqual([
      'cant_update_message',
      'message_not_found',
      'msg_too_long',
    ]);
    expect(await bench.api('chat.delete', { channel: general, ts: said.ts })).toMatchObject({
      error: 'cant_delete_message',
    });
    expect(await bench.api('chat.delete', { channel: general, ts })).toMatchObject({ ok: true });
    expect(await bench.api('chat.delete', { channel: general, ts })).toMatchObject({ error: 'message_not_found' });
  });

  test('a lost post is found again by its metadata, newest first and page by page', async () => {
    await using bench = await startSlackBench();
    for (const key of ['a', 'b', 'c'])
      await post(bench, { metadata: { event_type: 'kluis_message', event_payload: { key } } });
    const first = await bench.api('conversations.history', { channel: general, limit: 2, include_all_metadata: true });
    expect(first).toMatchObject({ has_more: true });
    expect(first.messages.map((each: { metadata: unknown }) => each.metadata)).toMatchObject([
      { event_payload: { key: 'c' } },
      { event_payload: { key: 'b' } },
    ]);
    const cursor = first.response_metadata.next_cursor;
    const second = await bench.api('conversations.history', { channel: general, limit: 2, cursor });
    expect(second).toMatchObject({ has_more: false, messages: [{ metadata: { event_type: 'kluis_message' } }] });
    expect(second.messages[0].metadata).not.toHaveProperty('event_payload');
    const oldest = first.messages[1].ts;
    const later = await bench.api('conversations.history', { channel: general, oldest });
    expect(later.messages).toHaveLength(1);
  });

  test('an ephemeral message is seen by one person and found by nobody', async () => {
    await using bench = await startSlackBench();
    const args = { channel: general, user: 'U0ANAVRIES', text: 'only you' };
    const { message_ts } = await bench.api('chat.postEphemeral', args);
    expect((await bench.read('messages?as=ana&channel=general')).messages).toMatchObject([{ onlyYou: true }]);
    expect((await bench.read('messages?as=ben&channel=general')).messages).toEqual([]);
    expect(await bench.api('chat.update', { channel: general, ts: message_ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
    expect(await bench.api('chat.postEphemeral', { ...args, user: 'U0NOBODY' })).toMatchObject({
      error: 'user_not_in_channel',
    });
  });
});

test('reactions are added and removed once each', async () => {
  await using bench = await startSlackBench();
  const { ts } = await post(bench);
  const react = (method: string, more: object = {}) =>
    bench.api(`reactions.${method}`, { channel: general, timestamp: ts, name: 'eyes', ...more });
  expect(await react('add')).toMatchObject({ ok: true });
  expect(await react('add')).toMatchObject({ error: 'already_reacted' });
  expect((await bench.read('messages?as=ana&channel=general')).messages[0].reactions).toEqual([
    { name: 'eyes', users: ['U0KLUIS001'] },
  ]);
  expect(await react('remove')).toMatchObject({ ok: true });
  expect(await react('remove')).toMatchObject({ error: 'no_reaction' });
  expect(await react('add', { name: 'no such!' })).toMatchObject({ error: 'invalid_name' });
  expect(await react('add', { timestamp: '1700000000.000001' })).toMatchObject({ error: 'message_not_found' });
});

test('people are returned with their time zone, their language and their address', async () => {
  await using bench = await startSlackBench();
  await bench.control('person', { as: 'ben', locale: 'nl-NL', email: null });
  const { user } = await bench.api('users.info', { user: 'U0ANAVRIES' });
  expect(user).toMatchObject({ tz: 'Europe/Amsterdam', tz_offset: 3600, profile: { email: 'ana@contoso.example' } });
  expect(user).not.toHaveProperty('locale');
  const ben = await bench.api('users.info', { user: 'U0BENJANSN', include_locale: true });
  expect(ben.user).toMatchObject({ real_name: 'Ben Jansen', locale: 'nl-NL' });
  expect(ben.user.profile).not.toHaveProperty('email');
  expect(await bench.api('users.lookupByEmail', { email: 'ANA@contoso.example' })).toMatchObject({
    user: { id: 'U0ANAVRIES' },
  });
  expect(await bench.api('users.lookupByEmail', { email: 'ben@contoso.example' })).toMatchObject({
    error: 'users_not_found',
  });
  expect(await bench.api('users.info', { user: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' });
  expect(await bench.api('team.info')).toMatchObject({ team: { id: 'T0CONTOSO1', domain: 'contoso' } });
});

test('one message per channel and second, once that is enabled', async () => {
  await using bench = await startSlackBench(undefined, { rateLimited: true });
  const { ts } = await post(bench);
  expect(await post(bench)).toMatchObject({ http: 429, retryAfter: '1', ok: false, error: 'ratelimited' });
  expect(await bench.api('chat.update', { channel: general, ts, text: 'x' })).toMatchObject({ http: 429 });
  expect(await post(bench, { channel: 'D0ANAVRIES' })).toMatchObject({ http: 200, ok: true });
  bench.pass(1000);
  expect(await post(bench)).toMatchObject({ ok: true });
  await bench.control('settings', { rateLimited: false });
  expect(await post(bench)).toMatchObject({ ok: true });
});

test('faults replace an answer, before or after the call took effect, a given number of times', async () => {
  await using bench = await startSlackBench();
  await bench.control('faults', { method: '^chat\\.postMessage$', status: 429, retryAfter: 7 });
  await bench.control('faults', { method: '^chat\\.postMessage$', status: 0, applied: true });
  await bench.control('faults', { method: 'chat', channel: 'D0ANAVRIES', error: 'fatal_error' });
  expect(await post(bench)).toMatchObject({ http: 429, retryAfter: '7', error: 'ratelimited' });
  await expect(post(bench, { text: 'lost answer' })).rejects.toThrow();
  expect(await post(bench, { text: 'third' })).toMatchObject({ ok: true });
  expect(await post(bench, { channel: 'D0ANAVRIES' })).toMatchObject({ http: 200, ok: false, error: 'fatal_error' });
  const { messages } = await bench.read('messages?as=ana&channel=general');
  expect(messages.map(({ text }: { text: string }) => text)).toEqual(['lost answer', 'third']);
  expect((await bench.read('faults')).faults).toEqual([]);
});

test('a workspace survives a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kluis-slack-'));
  const statePath = join(folder, 'slack.json');
  {
    await using bench = await startSlackBench(undefined, { statePath });
    await post(bench, { text: 'kept', blocks: [{ type: 'header', text: plain('Kept') }] });
  }
  await using again = await startSlackBench(undefined, { statePath });
  expect((await again.read('messages?as=ana&channel=general')).messages).toMatchObject([{ text: 'kept' }]);
  await rm(folder, { recursive: true });
});
