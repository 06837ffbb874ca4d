import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { silent } from '../../src/core/log.ts';
import { listen, type Listener } from '../../src/http/server.ts';
import { receiverFor } from '../../src/slack/receiver.ts';

let listener: Listener;

beforeAll(async () => {
  const { receiver, router } = receiverFor({ mode: 'http', signingSecret: 's'.repeat(32), installing: null }, silent);
  receiver.init({ processEvent: () => Promise.resolve() } as never);
  listener = await listen({
    host: '127.0.0.1',
    port: 0,
    release: { version: '1.2.3', commit: null },
    guarded: false,
    endpoints: [router],
    ready: () => Promise.resolve({}),
    needed: [],
    metrics: () => Promise.resolve({ type: 'text/plain', text: '' }),
    log: silent,
    requestMs: 300,
  });
});
afterAll(() => listener.stop());

/** Sends the beginning of a request and no more; returns what comes back until the other side closes. */
async function begun(headers: readonly string[], body = ''): Promise<string> {
  const socket = connect(listener.port, '127.0.0.1').setEncoding('utf8');
  let answer = '';
  socket.on('data', (part: string) => (answer += part)).on('error', () => undefined);
  socket.write(['POST /slack/events HTTP/1.1', 'host: kluis', ...headers].join('\r\n') + body);
  await once(socket, 'close');
  return answer;
}

const form = ['content-type: application/x-www-form-urlencoded', 'connection: close'];

test('a body larger than anything that Slack sends is refused before its end', async () => {
  const part = `${(600 * 1024).toString(16)}\r\n${'x'.repeat(600 * 1024)}\r\n`;
  expect(await begun([...form, 'transfer-encoding: chunked', '', ''], part)).toMatch(/^HTTP\/1.1 413 /);
});

test('a body, or a head, that never ends is not waited for', async () => {
  const bodies = Array.from({ length: 20 }, () => begun([...form, 'content-length: 500000', '', ''], 'x'.repeat(1000)));
  const heads = Array.from({ length: 20 }, () => begun(form));
  for (const answer of await Promise.all([...bodies, ...heads])) expect(answer).toMatch(/^HTTP\/1.1 4(00|08) /);
});

test('while it drains, a probe hears that it isn’t ready, and requests are answered', async () => {
  expect(await (await fetch(`${listener.url}/readyz`)).json()).toEqual({ status: 'ready' });
  listener.drain();
  const probed = await fetch(`${listener.url}/readyz`);
  expect(probed.status).toBe(503);
  expect(await probed.json()).toEqual({ status: 'not-ready', running: false, because: { running: 'stopping' } });
  expect((await fetch(`${listener.url}/livez`)).status).toBe(200);
});
