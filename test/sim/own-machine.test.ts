import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { SimulatedAzure } from './support/simulated-azure.ts';

let azure: SimulatedAzure;
beforeAll(async () => {
  azure = await SimulatedAzure.start({});
});
afterAll(() => azure?.close());

type Sent = { method: string; path: string; headers: Record<string, string>; body?: string };

/** Sends it as a browser does, which sets its page's host and origin itself. */
function status({ method, path, headers, body }: Sent): Promise<number> {
  return new Promise((done, failed) => {
    const { hostname, port } = new URL(azure.simulator.url);
    const sending = request({ hostname, port, method, path, headers }, (response) => {
      response.resume().on('end', () => done(response.statusCode ?? 0));
    });
    sending.on('error', failed).end(body);
  });
}

const own = () => new URL(azure.simulator.url).host;
const reset = { method: 'POST', path: '/_sim/reset' };

test('a page of another site, and one whose host name resolves to this machine, get nothing', async () => {
  await azure.control('POST', 'state', { settings: { pageSize: 7 } });
  const { port } = new URL(azure.simulator.url);
  const tries: Sent[] = [
    { ...reset, headers: { host: own(), origin: 'https://evil.example' } },
    { ...reset, headers: { host: own(), origin: 'null' } },
    { ...reset, headers: { host: `evil.example:${port}` } },
    { ...reset, headers: { host: `evil.example:${port}`, origin: `http://evil.example:${port}` } },
    { method: 'GET', path: '/_sim/state', headers: { host: `evil.example:${port}` } },
    { method: 'GET', path: '/_sim/identity', headers: { host: `127.0.0.1.evil.example:${port}` } },
    {
      method: 'GET',
      path: '/subscriptions',
      headers: { host: 'evil.example', 'x-forwarded-host': 'management.azure.com' },
    },
    { method: 'OPTIONS', path: '/subscriptions', headers: { host: own(), origin: 'https://evil.example' } },
  ];
  for (const sent of tries) expect([sent, await status(sent)]).toEqual([sent, 403]);
  expect((await azure.state('settings')).settings.pageSize).toBe(7);
});

test('this machine under its own names is served, its own pages too', async () => {
  const { port } = new URL(azure.simulator.url);
  for (const host of [own(), `localhost:${port}`, `[::1]:${port}`]) {
    expect(await status({ method: 'GET', path: '/_sim', headers: { host } })).toBe(200);
    expect(await status({ ...reset, headers: { host, origin: `http://${host}` } })).toBe(200);
  }
});

test('an endless body isn’t read to its end', async () => {
  const body = 'x'.repeat(65 * 1024 * 1024);
  const answer = status({ ...reset, headers: { host: own() }, body });
  expect(await answer.catch((error: NodeJS.ErrnoException) => error.code)).toBe(413);
});
