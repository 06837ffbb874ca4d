import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { call, startBench, type Bot } from './bench.ts';

const quiet: Bot = () => undefined;
const personal = 'a:lab-ana';
const channel = '19:general@thread.tacv2';
const at = (conversation: string) => `v3/conversations/${encodeURIComponent(conversation)}`;

describe('what people say', () => {
  test('a personal message has the form that Teams sends', async () => {
    const now = new Date('2026-11-24T02:15:00.000Z');
    await using bench = await startBench(quiet, { now: () => now });
    const said = await bench.post('/_lab/say', {
      as: 'ana',
      conversation: 'personal',
      text: 'backup vm-sql-01',
      locale: 'nl-NL',
    });
    expect(said.body).toMatchObject({ conversation: personal, bot: { status: 200 } });
    const message = bench.received.find(({ type }) => type === 'message');
    expect(message).toEqual({
      type: 'message',
      id: said.body.activityId,
      timestamp: '2026-11-24T02:15:00.000Z',
      localTimestamp: '2026-11-24T03:15:00.000+01:00',
      localTimezone: 'Europe/Amsterdam',
      serviceUrl: `${bench.url}/_lab/connector/`,
      channelId: 'msteams',
      from: { id: '29:ana', name: 'Ana de Vries', aadObjectId: '00000000-0000-0000-0000-0000000000a1' },
      conversation: { conversationType: 'personal', tenantId: '00000000-0000-0000-0000-0000007e4a47', id: personal },
      recipient: { id: '28:kluis', name: 'Kluis' },
      textFormat: 'plain',
      text: 'backup vm-sql-01',
      attachments: [],
      entities: [{ type: 'clientInfo', locale: 'nl-NL', country: 'NL', platform: 'Web', timezone: 'Europe/Amsterdam' }],
      channelData: { tenant: { id: '00000000-0000-0000-0000-0000007e4a47' } },
      locale: 'nl-NL',
    });
  });

  test('in the channel a message starts a thread and mentions the bot; a reply stays in the thread', async () => {
    await using bench = await startBench(quiet);
    const first = await bench.post('/_lab/say', { as: 'ben', conversation: channel, text: 'backup vm-sql-01' });
    const root = first.body.activityId as string;
    const threadId = `${channel};messageid=${root}`;
    expect(first.body.conversation).toBe(threadId);
    await bench.post('/_lab/say', { as: 'ana', conversation: 'general', replyTo: root, text: 'ask @Kluis please' });
    const [one, two] = bench.received.filter(({ type }) => type === 'message');
    const mention = { type: 'mention', mentioned: { id: '28:kluis', name: 'Kluis' }, text: '<at>Kluis</at>' };
    expect(one).toMatchObject({
      id: root,
      text: '<at>Kluis</at> backup vm-sql-01',
      conversation: { id: threadId, conversationType: 'channel', isGroup: true },
      channelData: { channel: { id: channel }, team: { name: 'Contoso Operations' } },
    });
    expect(one?.['entities']).toContainEqual(mention);
    expect(two).toMatchObject({
      text: 'ask <at>Kluis</at> please',
      conversation: { id: threadId },
      from: { id: '29:ana' },
    });
    const seen = await bench.get(`/_lab/conversations/${encodeURIComponent(threadId)}?as=chris`);
    expect(seen.body.messages.map(({ text }) => text)).toHaveLength(2);
    const [, answer] = seen.body.messages;
    const later = await bench.get(`/_lab/conversations/${encodeURIComponent(threadId)}?as=chris&since=${answer!.id}`);
    expect(later.body.messages).toEqual([answer]);
    const list = await bench.get('/_lab/conversations?as=chris');
    expect(list.body.conversations[1]!.threads).toMatchObject([
      { id: threadId, title: 'backup vm-sql-01', messages: 2 },
    ]);
  });

  test('a slash command in the channel reaches the bot as targeted and is seen by its sender only', async () => {
    await using bench = await startBench(quiet);
    const { body } = await bench.post('/_lab/say', { as: 'ana', conversation: channel, text: '/backup vm-sql-01' });
    expect(bench.received.at(-1)).toMatchObject({ text: '/backup vm-sql-01', recipient: { isTargeted: true } });
    expect(JSON.stringify(bench.received.at(-1)?.['entities'])).not.toContain('mention');
    const seenBy = async (who: string) =>
      (await bench.get(`/_lab/conversations/${encodeURIComponent(body.conversation)}?as=${who}`)).body.messages.length;
    expect(await seenBy('ana')).toBe(1);
    expect(await seenBy('ben')).toBe(0);
  });

  test('without a mention the bot gets nothing in the channel', async () => {
    await using bench = await startBench(quiet);
    await bench.post('/_lab/open', { as: 'ana', conversation: channel });
    const before = bench.received.length;
    const { body } = await bench.post('/_lab/say', {
      as: 'ana',
      conversation: channel,
      text: 'coffee?',
      mention: false,
    });
    expect(body.bot).toBeNull();
    expect(bench.received).toHaveLength(before);
  });

  test('the bot is told once per chat that it is installed', async () => {
    await using bench = await startBench(quiet);
    const open = { as: 'ana', conversation: 'personal' };
    await Promise.all([bench.post('/_lab/open', open), bench.post('/_lab/open', open)]);
    await bench.post('/_lab/say', { ...open, text: 'hello' });
    await bench.post('/_lab/open', { as: 'ana', conversation: channel });
    await bench.post('/_lab/open', { as: 'ben', conversation: channel });
    const types = bench.received.map(({ type, conversation }) => `${type} ${conversation.id}`);
    expect(types).toEqual([
      `conversationUpdate ${personal}`,
      `installationUpdate ${personal}`,
      `message ${personal}`,
      `conversationUpdate ${channel}`,
      `installationUpdate ${channel}`,
    ]);
    expect(bench.received[1]).toMatchObject({ action: 'add', from: { id: '29:ana' } });
  });

  test('a failing or unreachable bot is reported at the message', async () => {
    await using bench = await startBench(() => ({ status: 500, body: { error: 'x' } }));
    await bench.post('/_lab/say', { as: 'ana', conversation: 'personal', text: 'hello' });
    const { body } = await bench.get('/_lab/conversations/personal?as=ana');
    expect(body.messages[0]!.note).toEqual({ kind: 'error', text: 'The bot answered with HTTP status 500.' });
    await using lonely = await startBench(quiet, { botEndpoint: () => 'http://127.0.0.1:9/api/messages' });
    const said = await lonely.post('/_lab/say', { as: 'ana', conversation: 'personal', text: 'hello' });
    expect(said.body.bot?.status).toBe(0);
  });
});

test('the chat outlives the process, and the bot is not installed twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  const statePath = join(folder, 'deep', 'lab.json');
  let id: string;
  {
    await using bench = await startBench(quiet, { statePath });
    await bench.post('/_lab/say', { as: 'ana', conversation: 'personal', text: 'hello', locale: 'nl-NL' });
    id = (await bench.connector('POST', `${at(personal)}/activities`, { text: 'hi' })).body.id;
  }
  {
    await using bench = await startBench(quiet, { statePath });
    await bench.post('/_lab/open', { as: 'ana', conversation: 'personal' });
    expect(bench.received).toEqual([]);
    expect((await bench.connector('PUT', `${at(personal)}/activities/${id}`, { text: 'hi again' })).status).toBe(200);
    expect((await bench.get('/_lab/conversations/personal?as=ana')).body.messages).toHaveLength(2);
    expect((await bench.get('/_lab/conversations?as=ana')).body.locale).toBe('nl-NL');
    await bench.post('/_lab/reset', {});
    expect((await bench.get('/_lab/conversations/personal?as=ana')).body.messages).toEqual([]);
  }
  await rm(folder, { recursive: true });
});

test('an activity can be delivered a second time, unchanged', async () => {
  await using bench = await startBench(quiet);
  await bench.post('/_lab/say', { as: 'ana', conversation: 'personal', text: 'backup x' });
  const log = (await bench.get('/_lab/activities')).body.activities;
  expect((await bench.post('/_lab/redeliver', { seq: log.at(-1)!.seq })).status).toBe(200);
  expect(bench.received.at(-1)).toEqual(bench.received.at(-2));
  expect((await bench.post('/_lab/redeliver', { seq: 99 })).status).toBe(404);
});

test('changes are published as server-sent events', async () => {
  await using bench = await startBench(quiet);
  const stream = await fetch(`${bench.url}/_lab/events`);
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  await bench.connector('POST', `${at(personal)}/activities`, { type: 'typing' });
  const sent = await bench.connector('POST', `${at(personal)}/activities`, { text: 'hi' });
  let text = '';
  while (!text.includes(sent.body.id)) text += (await reader.read()).value ?? '';
  expect(text).toContain(JSON.stringify({ kind: 'typing', conversation: personal }));
  expect(text).toContain(JSON.stringify({ kind: 'message', conversation: personal, message: sent.body.id }));
  await reader.cancel();
});

describe('who is let in', () => {
  const raw = (url: string, headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      httpRequest(url, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  test.each([
    [{ host: 'localhost:1' }, 200],
    [{ host: '[::1]:1' }, 200],
    [{ host: 'kluis.example' }, 403],
    [{ host: 'localhost.example' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
  ])('%j', async (headers, status) => {
    await using bench = await startBench(quiet);
    expect(await raw(`${bench.url}/_lab/people`, headers)).toBe(status);
    expect(await raw(`${bench.url}/`, headers)).toBe(status);
  });

  test('its own page has a strict policy and what others serve is left alone', async () => {
    await using bench = await startBench(quiet);
    const page = await call('GET', `${bench.url}/`, undefined, { origin: bench.url });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none';.*script-src 'self';/);
    expect(page.headers.get('set-cookie')).toBeNull();
    const other = await call('POST', `${bench.url}/api/messages`, { type: 'x' }, { origin: 'https://evil.example' });
    expect(other.status).toBe(200);
  });

  test("nobody reads somebody else's personal chat, and nonsense is refused as JSON", async () => {
    await using bench = await startBench(quiet);
    expect((await bench.get(`/_lab/conversations/${personal}?as=ben`)).status).toBe(404);
    expect((await bench.get('/_lab/conversations?as=eve')).status).toBe(400);
    expect((await bench.post('/_lab/say', { as: 'ana' })).body.error.code).toBe('Malformed');
    const broken = await fetch(`${bench.url}/_lab/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect([broken.status, ((await broken.json()) as { error: { code: string } }).error.code]).toEqual([
      400,
      'BadSyntax',
    ]);
  });
});
