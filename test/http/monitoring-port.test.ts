import { expect, test } from '@jest/globals';
import { silent } from '../../src/core/log.ts';
import { listen } from '../../src/http/server.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { startBot } from '../support/start-bot.ts';

test('with KLUIS_MONITORING_PORT, the main port has neither /metrics nor /readyz?full, and that one has nothing else', async () => {
  const [port, commit] = [await freePort(), '1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b'];
  const monitoring = `http://127.0.0.1:${port}`;
  await using bot = await startBot({
    database: 'pglite',
    env: { KLUIS_MONITORING_PORT: String(port), KLUIS_COMMIT: commit },
  });
  await eventually('every part to be ready', async () => (await fetch(`${monitoring}/readyz?full`)).ok || null);
  const status = async (url: string, method = 'GET') => (await fetch(url, { method })).status;

  for (const path of ['/metrics', '/metrics/', '/METRICS', '/readyz?full', '/readyz?full=1', '/readyz/?%66ull'])
    expect({ path, status: await status(`${bot.url}${path}`) }).toEqual({ path, status: 404 });
  for (const path of ['/livez', '/readyz', '/'])
    expect({ path, status: await status(`${bot.url}${path}`) }).toEqual({ path, status: 200 });

  expect(await (await fetch(`${monitoring}/metrics`)).text()).toMatch(/^kluis_ready\{part="azure"\} 1$/m);
  expect(await (await fetch(`${monitoring}/readyz?full`)).json()).toMatchObject({
    ...{ status: 'ready', azure: true },
    ...{ version: expect.stringMatching(/^\d+\.\d+\.\d+$/), commit },
  });
  expect(await (await fetch(`${monitoring}/metrics`)).text()).toMatch(
    new RegExp(`^kluis_build_info\\{version="[\\d.]+",commit="${commit}"\\} 1$`, 'm'),
  );
  expect(await (await fetch(`${bot.url}/readyz`)).json()).not.toHaveProperty('version');
  expect(await status(`${monitoring}/readyz`)).toBe(200);
  for (const [method, path] of [
    ['GET', '/'],
    ['GET', '/_lab/people'],
    ['POST', '/api/messages'],
  ] as const)
    expect({ path, status: await status(`${monitoring}${path}`, method) }).toEqual({ path, status: 404 });

  await bot.stop();
  await expect(fetch(`${monitoring}/readyz`)).rejects.toThrow('fetch failed');
});

test('a port that is taken stops the start, by the name of its setting', async () => {
  const listening = {
    release: { version: '1.2.3', commit: null },
    ...{ host: '127.0.0.1', port: 0, guarded: false, endpoints: [], needed: [], log: silent },
    ready: () => Promise.resolve({}),
    metrics: () => Promise.resolve({ type: 'text/plain', text: '' }),
  };
  const first = await listen(listening);
  const taken = (name: string) => `Port ${first.port} is taken. Set ${name} to a free one`;
  await expect(listen({ ...listening, monitoringPort: first.port })).rejects.toThrow(taken('KLUIS_MONITORING_PORT'));
  await expect(listen({ ...listening, port: first.port })).rejects.toThrow(taken('PORT'));
  await first.stop();
});
