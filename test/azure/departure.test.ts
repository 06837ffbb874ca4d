import { afterEach, expect, test } from '@jest/globals';
import { request } from 'node:https';
import { checkingAgent } from '../../src/azure/arm/transport/departure.ts';
import { agentTo } from '../../src/outbound/proxy.ts';
import { ProxiedInternet } from '../support/proxied-internet.ts';

const url = 'https://management.azure.com/';

afterEach(() => void Reflect.deleteProperty(process.env, 'HTTPS_PROXY'));

/**
 * Writes through a proxy with this much time left once the connection is open; the outcome, and what Azure received.
 */
async function writes(mayLeave: () => boolean): Promise<{ code: string | number | undefined; sent: number }> {
  let sent = 0;
  await using internet = await ProxiedInternet.start({
    'management.azure.com': (_, response) => {
      sent += 1;
      response.end('{}');
    },
  });
  process.env['HTTPS_PROXY'] = internet.proxyUrl;
  const deadline = { over: new AbortController().signal, answerMs: 5_000, mayLeave };
  const agent = checkingAgent(agentTo(url, { keepAlive: false }), deadline, true);
  const code = await new Promise<string | number | undefined>((resolve) => {
    const asked = request(url, { method: 'PUT', agent, ca: internet.certificate }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    asked.end('{}');
  });
  expect(internet.passed.get('management.azure.com')).toBe(1);
  return { code, sent };
}

test('through a proxy a write is sent in time', async () => {
  expect(await writes(() => true)).toEqual({ code: 200, sent: 1 });
});

test('a write whose deadline passed while connecting is not sent, through a proxy either', async () => {
  expect(await writes(() => false)).toEqual({ code: 'TooLate', sent: 0 });
});
