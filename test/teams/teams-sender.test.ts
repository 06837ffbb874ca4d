import { describe, expect, test } from '@jest/globals';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import { ChatFault, type OutgoingMessage } from '../../src/bot/port.ts';
import type { ConnectorOptions } from '../../src/teams/connector.ts';
import { createTeamsSender } from '../../src/teams/teams-sender.ts';
import { placeAt, stubConnector, type Answering } from './stub-connector.ts';

const card = { type: 'AdaptiveCard', version: '1.5', body: [] };
const drawn: OutgoingMessage = { card, text: 'ready', summary: 'vm-sql-01: ready', mentions: [] };
const line: OutgoingMessage = { ...drawn, card: null };
const now = new Date('2026-11-24T09:00:00Z');

function senderWith(options: Partial<ConnectorOptions> = {}) {
  return createTeamsSender({ credentials: null, allowLoopback: true, clock: { now: () => now }, ...options });
}

async function faultOf(sending: Promise<unknown>): Promise<ChatFault> {
  const error = await sending.then(
    () => new Error('it went through'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ChatFault);
  return error as ChatFault;
}

describe('one request each', () => {
  const activities = '/emea/v3/conversations/19%3A8d2f%40thread.tacv2%3Bmessageid%3D1764000922481/activities';

  test('a card is posted into its thread', async () => {
    await using stub = await stubConnector();
    expect(await senderWith().post(placeAt(stub.url), drawn, 'key')).toEqual({ id: '1764000930000' });
    expect(stub.arrived).toMatchObject([
      {
        method: 'POST',
        url: activities,
        body: {
          type: 'message',
          summary: 'vm-sql-01: ready',
          from: { id: '28:kluis', name: 'Kluis' },
          conversation: { id: '19:8d2f@thread.tacv2;messageid=1764000922481' },
          attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
        },
      },
    ]);
    expect(stub.arrived[0]?.body).not.toHaveProperty('text');
    expect(stub.arrived[0]?.headers).not.toHaveProperty('authorization');
  });

  test('a line is posted as plain text', async () => {
    await using stub = await stubConnector();
    await senderWith().post(placeAt(stub.url), line, 'key');
    expect(stub.arrived).toMatchObject([{ body: { text: 'ready', textFormat: 'plain', summary: 'vm-sql-01: ready' } }]);
    expect(stub.arrived[0]?.body).not.toHaveProperty('attachments');
  });

  test('an edit and a removal name the message', async () => {
    await using stub = await stubConnector({ status: 200, body: {} });
    await senderWith().edit(placeAt(stub.url), '17:64/0', drawn);
    await senderWith().remove(placeAt(stub.url), '17:64/0');
    expect(stub.arrived).toMatchObject([
      { method: 'PUT', url: `${activities}/17%3A64%2F0`, body: { id: '17:64/0', type: 'message' } },
      { method: 'DELETE', url: `${activities}/17%3A64%2F0`, body: null },
    ]);
  });

  test('a private message is targeted, and in a personal chat it is a message like any other', async () => {
    await using stub = await stubConnector();
    await senderWith().postPrivately(placeAt(stub.url), line, '29:ben');
    await senderWith().postPrivately(placeAt(stub.url, { kind: 'personal', conversationId: 'a:1' }), line, '29:ben');
    expect(stub.arrived).toMatchObject([
      { url: `${activities}?isTargetedActivity=true`, body: { recipient: { id: '29:ben' } } },
      { url: '/emea/v3/conversations/a%3A1/activities' },
    ]);
    expect(stub.arrived[1]?.body).not.toHaveProperty('recipient');
  });

  test('a personal chat is opened from a channel', async () => {
    await using stub = await stubConnector({ status: 201, body: { id: 'a:ben' } });
    const chat = await senderWith().openPersonal(placeAt(stub.url), '29:ben');
    expect(chat).toMatchObject({
      id: 'teams:a:ben',
      platform: 'teams',
      address: { kind: 'personal', conversationId: 'a:ben', channelId: null, tenantId: 'tenant-1' },
    });
    expect(stub.arrived).toMatchObject([
      {
        method: 'POST',
        url: '/emea/v3/conversations',
        body: { isGroup: false, members: [{ id: '29:ben' }], tenantId: 'tenant-1', bot: { id: '28:kluis' } },
      },
    ]);
  });
});

test.each([
  [{}, '/19%3A8d2f%40thread.tacv2/17?tenantId=tenant-1&parentMessageId=1764000922481'],
  [{ kind: 'group', conversationId: '19:f00@thread.v2' }, '/19%3Af00%40thread.v2/17?context=%7B'],
  [{ kind: 'group', conversationId: '19:f00@thread.v2;messageid=17' }, '/19%3Af00%40thread.v2/17?context=%7B'],
  [{ kind: 'personal', conversationId: 'a:1' }, null],
] as const)('a link to a message at %j', async (at, path) => {
  const link = await senderWith().linkTo!(placeAt('https://smba.trafficmanager.net', at), '17');
  if (path === null) expect(link).toBeNull();
  else expect(link).toContain(`https://teams.microsoft.com/l/message${path}`);
});

describe('a failed send is one request and one fault', () => {
  const error = (code: string) => ({ error: { code, message: 'secret details of the service' } });
  const after = (value: string) => ({ 'retry-after': value });

  test.each<[Answering, Partial<ChatFault>]>([
    [
      { status: 429, headers: after('7') },
      { kind: 'throttled', status: 429, retryAfterMs: 7000 },
    ],
    [
      { status: 429, headers: after('Tue, 24 Nov 2026 09:00:30 GMT') },
      { kind: 'throttled', retryAfterMs: 30_000 },
    ],
    [
      { status: 429, headers: after('Tue, 24 Nov 2026 08:00:00 GMT') },
      { kind: 'throttled', retryAfterMs: 0 },
    ],
    [
      { status: 429, headers: after('soon') },
      { kind: 'throttled', retryAfterMs: null },
    ],
    [{ status: 429 }, { kind: 'throttled', retryAfterMs: null }],
    [{ status: 412 }, { kind: 'unavailable', status: 412 }],
    [{ status: 500 }, { kind: 'unavailable' }],
    [{ status: 502, body: '<html>bad gateway</html>' }, { kind: 'unavailable' }],
    [
      { status: 503, headers: after('2') },
      { kind: 'unavailable', retryAfterMs: 2000 },
    ],
    [{ status: 504 }, { kind: 'unavailable' }],
    [
      { status: 302, headers: { location: 'https://evil.example/' } },
      { kind: 'unavailable', status: 302 },
    ],
    [
      { status: 404, body: error('ActivityNotFoundInConversation') },
      { kind: 'gone', status: 404 },
    ],
    [{ status: 404, body: 'not json' }, { kind: 'gone' }],
    [{ status: 404, body: error('BotNotInConversationRoster') }, { kind: 'blocked' }],
    [{ status: 403, body: error('BotNotInConversationRoster') }, { kind: 'blocked' }],
    [
      { status: 403, body: error('MessageWritesBlocked') },
      { kind: 'blocked', status: 403 },
    ],
    [{ status: 403, body: error('ForbiddenOperation') }, { kind: 'refused' }],
    [{ status: 403, body: 'null' }, { kind: 'refused' }],
    [
      { status: 413, body: error('MessageSizeTooBig') },
      { kind: 'refused', status: 413 },
    ],
    [
      { status: 400, body: error('BadSyntax') },
      { kind: 'refused', status: 400 },
    ],
    [{ status: 201, body: {} }, { kind: 'refused' }],
    ['reset', { kind: 'unavailable', status: null }],
    ['reset-half-way', { kind: 'unavailable', status: null }],
  ])('%j', async (answering, expected) => {
    await using stub = await stubConnector(answering);
    const fault = await faultOf(senderWith().post(placeAt(stub.url), drawn, 'key'));
    expect(fault).toMatchObject(expected);
    expect(stub.arrived).toHaveLength(1);
    expect(`${fault.message} ${JSON.stringify(fault)}`).not.toContain('secret details');
  });

  test.each<[Answering]>([['silence'], ['half']])('no answer in time: %s', async (answering) => {
    await using stub = await stubConnector(answering);
    const fault = await faultOf(senderWith({ timeoutMs: 2_000 }).post(placeAt(stub.url), drawn, 'key'));
    expect(fault).toMatchObject({ kind: 'unavailable', status: null });
    expect(stub.arrived).toHaveLength(1);
  });

  test('nobody there', async () => {
    const closed = await stubConnector();
    await closed[Symbol.asyncDispose]();
    expect(await faultOf(senderWith().post(placeAt(closed.url), drawn, 'key'))).toMatchObject({ kind: 'unavailable' });
  });

  test('also an edit and a removal', async () => {
    await using stub = await stubConnector({ status: 412 });
    expect(await faultOf(senderWith().edit(placeAt(stub.url), '1', drawn))).toMatchObject({ kind: 'unavailable' });
    expect(await faultOf(senderWith().remove(placeAt(stub.url), '1'))).toMatchObject({ kind: 'unavailable' });
    expect(stub.arrived).toHaveLength(2);
  });
});

describe('the token', () => {
  function tokens(...given: (string | Error)[]) {
    const asked: boolean[] = [];
    const token = async ({ fresh }: { fresh: boolean }) => {
      asked.push(fresh);
      const next = given[asked.length - 1] ?? given[0];
      if (next instanceof Error) throw next;
      return next ?? '';
    };
    return { asked, token };
  }

  test('is sent, and a new one is requested after it was refused', async () => {
    await using stub = await stubConnector({ status: 401 });
    const credentials = tokens('old', 'new', 'new');
    const sender = senderWith({ credentials });
    expect(await faultOf(sender.post(placeAt(stub.url), line, 'key'))).toMatchObject({
      kind: 'unavailable',
      status: 401,
    });
    stub.answer({ status: 201, body: { id: '1' } });
    await sender.post(placeAt(stub.url), line, 'key');
    await sender.post(placeAt(stub.url), line, 'key');
    expect(stub.arrived.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer old',
      'Bearer new',
      'Bearer new',
    ]);
    expect(credentials.asked).toEqual([false, true, false]);
  });

  test('that can’t be had is a fault without the reason, and nothing is sent', async () => {
    await using stub = await stubConnector();
    const credentials = tokens(new Error('AADSTS7000215 client_secret=hunter2'));
    const fault = await faultOf(senderWith({ credentials }).post(placeAt(stub.url), line, 'key'));
    expect(fault).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('token') });
    expect(fault.message).not.toContain('hunter2');
    expect(fault.cause).toBeUndefined();
    expect(stub.arrived).toEqual([]);
  });

  test('that doesn’t arrive in time is one too', async () => {
    await using stub = await stubConnector();
    const credentials = { token: () => new Promise<string>(() => {}) };
    const fault = await faultOf(senderWith({ credentials, timeoutMs: 50 }).post(placeAt(stub.url), line, 'key'));
    expect(fault).toMatchObject({ kind: 'unavailable' });
    expect(stub.arrived).toEqual([]);
  });

  test('is sent only to Teams, whatever URL was stored', async () => {
    await using stub = await stubConnector();
    const asked: string[] = [];
    const httpClient: HttpClient = {
      sendRequest: (request) => {
        asked.push(request.url);
        return createDefaultHttpClient().sendRequest(request);
      },
    };
    const credentials = tokens('precious');
    const sender = senderWith({ credentials, httpClient, allowLoopback: false });
    for (const place of [placeAt('https://evil.example'), placeAt(stub.url), { ...placeAt(stub.url), address: {} }]) {
      expect(await faultOf(sender.post(place, line, 'key'))).toMatchObject({ kind: 'refused' });
    }
    expect([asked, credentials.asked, stub.arrived]).toEqual([[], [], []]);
  });
});
