import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

type HttpRequest = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};
type Answered = { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly text: string };

const json = { 'content-type': 'application/json' };
const message = (over: object = {}) => ({
  type: 'message',
  id: '1',
  channelId: 'msteams',
  serviceUrl: 'http://127.0.0.1:9/_lab/connector/',
  from: { id: '29:ana', name: 'Ana', aadObjectId: '00000000-0000-0000-0000-0000000000a1' },
  recipient: { id: '28:kluis', name: 'Kluis' },
  conversation: { id: 'a:endpoints', conversationType: 'personal', tenantId: '00000000-0000-0000-0000-0000007e4a47' },
  text: 'help',
  ...over,
});

describe('the endpoints', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const ask = (path: string, { method = 'GET', headers = {}, body }: HttpRequest = {}) =>
    new Promise<Answered>((done, failed) => {
      const sent = request(new URL(path, bot.url), { method, headers, agent: false }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString() }),
        );
      });
      sent.on('error', failed);
      sent.end(body);
    });
  const post = (body: unknown, headers: Readonly<Record<string, string>> = json) =>
    ask('/api/messages', {
      method: 'POST',
      headers,
      body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    });

  /** JSON with a code and a sentence, and nothing internal: no file path, no stack, no name of a library. */
  const expectBare = ({ text, headers }: Answered, code: string) => {
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(text)).toEqual({ error: { code, message: expect.any(String) } });
    expect(text).not.toMatch(/node_modules|\.ts|\.js|at \w+ \(|Error:|express|botbuilder|kysely|pglite|postgres/i);
    expect(headers['x-powered-by']).toBeUndefined();
  };

  describe('who is served while no platform is configured', () => {
    test.each(['/', '/metrics', '/_lab/people', '/api/messages', '/nothing'])(
      '%s under another host name',
      async (path) => {
        const method = path === '/api/messages' ? 'POST' : 'GET';
        const answer = await ask(path, { method, headers: { ...json, host: 'evil.example' } });
        expect(answer.status).toBe(403);
        expectBare(answer, 'loopback-only');
      },
    );

    test.each(['http://evil.example', 'https://localhost', 'null', 'http://127.0.0.1:1'])(
      'a page of %s',
      async (origin) => {
        const answer = await post(message(), { ...json, origin });
        expect(answer.status).toBe(403);
        expectBare(answer, 'loopback-only');
      },
    );

    test.each(['localhost', 'LOCALHOST', '127.0.0.1', '[::1]'])(
      'this machine as %s, and its own page',
      async (name) => {
        const host = `${name}:${new URL(bot.url).port}`;
        expect((await ask('/_lab/people', { headers: { host } })).status).toBe(200);
        expect((await ask('/_lab/people', { headers: { host, origin: `http://${host}` } })).status).toBe(200);
      },
    );

    test.each(['localhost.evil.example', 'evil.example:80@localhost', '127.0.0.1.nip.io', '0.0.0.0'])(
      'not %s',
      async (host) => {
        expect((await ask('/_lab/people', { headers: { host } })).status).toBeGreaterThanOrEqual(400);
      },
    );
  });

  describe('bodies', () => {
    test.each([
      ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'wrong-content-type'],
      ['a text', JSON.stringify(message()), { 'content-type': 'text/plain' }, 415, 'wrong-content-type'],
      ['no type', JSON.stringify(message()), {}, 415, 'wrong-content-type'],
      ['no JSON', '{"type": "message"', json, 400, 'bad-json'],
      ['nothing', '', json, 400, 'bad-activity'],
      ['a list', '[]', json, 400, 'bad-activity'],
      ['a text in JSON', '"message"', json, 400, 'bad-json'],
      ['no activity', '{}', json, 400, 'bad-activity'],
      ['a type that is no text', '{"type": 5}', json, 400, 'bad-activity'],
      ['six hundred kilobytes', JSON.stringify(message({ text: 'x'.repeat(600_000) })), json, 413, 'too-large'],
      [
        'another character set',
        JSON.stringify(message()),
        { 'content-type': 'application/json; charset=klingon' },
        415,
        'wrong-content-type',
      ],
      ['broken compression', 'abc', { ...json, 'content-encoding': 'gzip' }, 400, 'bad-json'],
    ])('%s', async (...sent) => {
      const [, body, headers, status, code] = sent;
      const answer = await post(body, headers as Readonly<Record<string, string>>);
      expect(answer.status).toBe(status);
      expectBare(answer, code);
    });

    test.each([
      ['no sender', { from: undefined }, 400, 'bad-activity'],
      ['a sender without an id', { from: { name: 'x' } }, 400, 'bad-activity'],
      ['no conversation', { conversation: undefined }, 400, 'bad-activity'],
      ['another channel', { channelId: 'webchat' }, 403, 'wrong-channel'],
      ['a service elsewhere', { serviceUrl: 'https://evil.example/' }, 403, 'wrong-service-url'],
      ['a service that is no address', { serviceUrl: 'not an address' }, 403, 'wrong-service-url'],
      ['an invoke that nobody knows', { type: 'invoke', name: 'task/fetch', value: {} }, 501, 'not-supported'],
      ['a click without an action', { type: 'invoke', name: 'adaptiveCard/action', value: {} }, 400, 'bad-activity'],
      ['a click that is a text', { type: 'invoke', name: 'adaptiveCard/action', value: 'x' }, 400, 'bad-activity'],
    ])('an activity with %s', async (...sent) => {
      const [, over, status, code] = sent;
      const answer = await post(message(over));
      expect(answer.status).toBe(status);
      expectBare(answer, code);
    });

    test('nesting without end', async () => {
      const answer = await post(
        `{"type":"message","channelId":"msteams","value":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`,
      );
      expect(answer.status).toBe(400);
      expectBare(answer, 'bad-activity');
    });

    test.each(['typing', 'messageReaction', 'conversationUpdate', 'event', 'endOfConversation', 'something-new'])(
      'an activity of type %s is acknowledged and has no effect',
      async (type) => {
        const before = (await bot.rows('inbound')).length;
        expect((await post(message({ type }))).status).toBe(200);
        expect((await bot.rows('inbound')).length).toBe(before);
      },
    );

    test('an internal fault reveals nothing, and is in the log', async () => {
      bot.failpoint = () =>
        Promise.reject(new Error('the password of the database is hunter2, see /home/kluis/secret.ts'));
      const answer = await post(message({ id: 'broken' }));
      bot.failpoint = () => {};
      expect(answer.status).toBe(500);
      expectBare(answer, 'unexpected');
      expect(answer.text).not.toContain('hunter2');
      expect(bot.log.some(({ level }) => level === 'error')).toBe(true);
    });
  });

  describe('what doesn’t exist', () => {
    test.each([
      '/nothing',
      '/api/messages',
      '/slack/events',
      '/alerts/azure-monitor',
      '/_lab/nothing',
      '/.env',
      '/%00',
      '/..%2f..%2fetc/passwd',
      '/slack/link/%E0%A4%A',
    ])('%s', async (path) => {
      const answer = await ask(path);
      expect(bot.log.filter(({ text }) => text === 'a request could not be answered')).toEqual([]);
      expect([400, 404]).toContain(answer.status);
      expect(JSON.parse(answer.text)).toMatchObject({ error: { code: expect.any(String) } });
      expect(answer.text).not.toMatch(/node_modules|at \w+ \(/);
    });
  });

  describe('life, readiness, numbers', () => {
    test('/healthz, /livez and /readyz answer everybody, also a probe by IP address', async () => {
      const probes: readonly Readonly<Record<string, string>>[] = [{}, { host: '10.0.0.7' }];
      for (const headers of probes) {
        for (const path of ['/healthz', '/livez'])
          expect(JSON.parse((await ask(path, { headers })).text)).toEqual({ status: 'up' });
        const ready = await eventually('the product to be ready', async () => {
          const answer = await ask('/readyz', { headers });
          return answer.status === 200 ? answer : null;
        });
        expect(JSON.parse(ready.text)).toEqual({ status: 'ready', database: true });
      }
    });

    test('/metrics counts the calls to Azure and the turns', async () => {
      await bot.asks('ana', 'backup vm-plain-01');
      const { text, headers, status } = await ask('/metrics');
      expect(status).toBe(200);
      expect(headers['content-type']).toMatch(/^text\/plain/);
      expect(text).toMatch(/^kluis_azure_calls_total\{[^}]*name="vm"[^}]*\} [1-9]/m);
      expect(text).toMatch(/^process_cpu_seconds_total /m);
    });
  });
});
