import { describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import type { Answer, OutgoingMessage, Inbound } from '../../src/bot/port.ts';
import { createTeamsEndpoint } from '../../src/teams/endpoint/teams-endpoint.ts';
import { silent } from '../../src/core/log.ts';
import { answering, notConfigured, openEndpoint } from './endpoint-house.ts';
import { fixture, fixtureNames } from './fixture.ts';
import { listening } from './listening.ts';

const card = { type: 'AdaptiveCard', version: '1.5', body: [] };
const drawn: OutgoingMessage = { card, text: 'looking', summary: 'looking', mentions: [] };

describe('what comes in', () => {
  test('is received before it is answered', async () => {
    const held = Promise.withResolvers<Answer>();
    const arrived = Promise.withResolvers<Inbound>();
    await using endpoint = await openEndpoint({
      receive: (inbound) => {
        arrived.resolve(inbound);
        return held.promise;
      },
    });
    let isAnswered = false;
    const answer = endpoint.send(fixture('message')).finally(() => (isAnswered = true));
    expect((await arrived.promise).event).toMatchObject({ text: '/backup vm-sql-01' });
    // A second request is sent and answered meanwhile.
    expect((await endpoint.send(fixture('conversation-update'))).status).toBe(200);
    expect(isAnswered).toBe(false);
    held.resolve({ show: 'text', text: 'for a card only', code: null });
    expect(await answer).toMatchObject({ status: 200, text: '' });
  });

  test.each([
    'message',
    'channel-mention',
    'targeted-slash',
    'submit',
    'installation-add',
    'installation-remove',
  ] as const)('%s is acknowledged with nothing in the answer', async (name) => {
    await using endpoint = await openEndpoint({ receive: answering({ show: 'card', drawn }) });
    expect(await endpoint.send(fixture(name))).toMatchObject({ status: 200, text: '' });
  });

  test('conversationUpdate is acknowledged, not passed on, and causes no call to the connector', async () => {
    const asked: string[] = [];
    await using connector = await listening((incoming, response) => {
      asked.push(`${incoming.method} ${incoming.url}`);
      response.end('{}');
    });
    await using endpoint = await openEndpoint();
    for (const name of fixtureNames) {
      expect((await endpoint.send(fixture(name, { serviceUrl: `${connector.url}/` }))).status).toBe(200);
    }
    const malformedMeeting = { name: 'application/vnd.microsoft.meetingStart', value: 7 };
    expect((await endpoint.send(fixture('conversation-update', { type: 'event', ...malformedMeeting }))).status).toBe(
      200,
    );
    expect(endpoint.received.map(({ event }) => event.kind)).toEqual([
      'text',
      'text',
      'text',
      'click',
      'click',
      'installed',
      'removed',
    ]);
    expect(asked).toEqual([]);
  });

  test('has the same key each time it is delivered', async () => {
    await using endpoint = await openEndpoint();
    await endpoint.send(fixture('execute'));
    await endpoint.send(fixture('execute'));
    const [first, second] = endpoint.received;
    expect(first?.key).toBe(second?.key);
  });
});

describe('an Action.Execute is answered in the body, with HTTP 200', () => {
  test.each<[Answer, string, unknown]>([
    [{ show: 'card', drawn }, 'application/vnd.microsoft.card.adaptive', card],
    [{ show: 'card', drawn: { ...drawn, card: null } }, 'application/vnd.microsoft.activity.message', 'looking'],
    [{ show: 'text', text: 'Done.', code: null }, 'application/vnd.microsoft.activity.message', 'Done.'],
    [
      { show: 'text', text: 'Too old.', code: 'outdated-card' },
      'application/vnd.microsoft.activity.message',
      'Too old.',
    ],
    [{ show: 'nothing' }, 'application/vnd.microsoft.activity.message', ''],
  ])('%j', async (answer, type, value) => {
    await using endpoint = await openEndpoint({ receive: answering(answer) });
    expect(await endpoint.send(fixture('execute'))).toMatchObject({
      status: 200,
      body: { statusCode: 200, type, value },
    });
  });

  test('also if the reply was requested in one piece', async () => {
    await using endpoint = await openEndpoint({ receive: answering({ show: 'card', drawn }) });
    const reply = await endpoint.send(fixture('execute', { deliveryMode: 'expectReplies' }));
    expect(reply).toMatchObject({ status: 200, body: { statusCode: 200, value: card } });
  });
});

test('a type-ahead is answered with at most 15 results', async () => {
  const found = Array.from({ length: 40 }, (_, index) => ({ title: `vm-${index}`, value: `${index}`, rank: index }));
  await using endpoint = await openEndpoint({ suggest: async () => found });
  const { status, body } = await endpoint.send(fixture('search'));
  expect(status).toBe(200);
  expect(body).toEqual({
    statusCode: 200,
    type: 'application/vnd.microsoft.search.searchResponse',
    value: { results: found.slice(0, 15).map(({ title, value }) => ({ title, value })) },
  });
});

describe('what is refused', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  const post = (text: string, type?: string) => ({ text, type });
  const answer = (status: number, code: string) => ({ status, code });

  test.each([
    ['no JSON', post('{"type":'), answer(400, 'bad-json')],
    ['nothing', post(''), answer(400, 'bad-activity')],
    ['a number', post('7'), answer(400, 'bad-json')],
    ['null', post('null'), answer(400, 'bad-json')],
    ['a list', post('[]'), answer(400, 'bad-activity')],
    ['an empty object', post('{}'), answer(400, 'bad-activity')],
    ['a type that is no text', post('{"type":{"a":1}}'), answer(400, 'bad-activity')],
    ['a message from nowhere', post('{"type":"message"}'), answer(400, 'bad-activity')],
    ['a very deep list', post(deep), answer(400, 'bad-activity')],
    ['a very deep value', post(`{"type":"message","value":${deep}}`), answer(400, 'bad-activity')],
    ['a form', post('type=message', 'application/x-www-form-urlencoded'), answer(415, 'wrong-content-type')],
    ['a text', post('{"type":"message"}', 'text/plain'), answer(415, 'wrong-content-type')],
    ['a longer type', post('{"type":"message"}', 'application/json-patch+json'), answer(415, 'wrong-content-type')],
    [
      'an unknown charset',
      post('{"type":"message"}', 'application/json; charset=x-none'),
      answer(415, 'wrong-content-type'),
    ],
    ['too much', post(JSON.stringify({ type: 'message', text: 'x'.repeat(512 * 1024) })), answer(413, 'too-large')],
  ])('%s', async (_, { text, type }, { status, code }) => {
    await using endpoint = await openEndpoint();
    const reply = await endpoint.send(text, type === undefined ? {} : { type });
    expect(reply).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } });
    expect(reply.type).toMatch(/^application\/json/);
    expect(endpoint.received).toEqual([]);
    expect(endpoint.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('a foreign service URL, and the log says which', async () => {
    await using endpoint = await openEndpoint();
    const reply = await endpoint.send(fixture('message', { serviceUrl: 'https://evil.example/x' }));
    expect(reply).toMatchObject({ status: 403, body: { error: { code: 'wrong-service-url' } } });
    expect(endpoint.logged).toMatchObject([{ level: 'warn', fields: { serviceHost: 'evil.example' } }]);
  });

  test('an unknown invoke', async () => {
    await using endpoint = await openEndpoint();
    expect(await endpoint.send(fixture('execute', { name: 'composeExtension/query' }))).toMatchObject({ status: 501 });
  });

  test('half a body, and the endpoint keeps working', async () => {
    await using endpoint = await openEndpoint();
    await new Promise((done) => {
      const headers = { 'content-type': 'application/json', 'content-length': 1000 };
      const cut = request(endpoint.url, { method: 'POST', headers }, done).on('error', done);
      cut.write('{"type":', () => cut.destroy());
    });
    expect((await endpoint.send(fixture('message'))).status).toBe(200);
  });
});

test('an internal fault is a 500 without details, and is logged', async () => {
  await using endpoint = await openEndpoint({
    receive: () => Promise.reject(new Error('password authentication failed for user "kluis" at 10.0.0.7')),
  });
  for (const name of ['message', 'execute'] as const) {
    const reply = await endpoint.send(fixture(name));
    expect(reply).toMatchObject({ status: 500, body: { error: { code: 'unexpected' } } });
    expect(reply.text).not.toMatch(/kluis|10\.0|password|\.ts/);
  }
  expect(endpoint.logged).toMatchObject([{ level: 'error' }, { level: 'error' }]);
});

test('without settings and without loopback the endpoint is closed', async () => {
  await using endpoint = await openEndpoint({ allowLoopback: false });
  expect(await endpoint.send(fixture('message'))).toMatchObject({
    status: 404,
    body: { error: { code: 'not-configured' } },
  });
  expect(endpoint.received).toEqual([]);
});

test('an empty app ID doesn’t open it', () => {
  const receive = answering({ show: 'nothing' });
  const options = { receive, suggest: async () => [], log: silent, allowLoopback: true };
  expect(() => createTeamsEndpoint({ ...options, settings: { ...notConfigured, appId: '' } })).toThrow(
    /MicrosoftAppId/,
  );
});
