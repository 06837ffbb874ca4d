import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { TokenCredential } from '@azure/core-auth';
import { createPipelineRequest } from '@azure/core-rest-pipeline';
import { boundedCredential } from '../../src/azure/arm/transport/bounded-credential.ts';
import { forwardingClient } from '../../src/azure/arm/transport/forwarding-client.ts';
import type { CallRecord } from '../../src/azure/arm/transport/observed-call.ts';
import { simulatorCredential } from '../../src/azure/arm/transport/simulator-credential.ts';
import { attemptOf } from './support/attempt.ts';
import { faultOf, gatewayOn } from './support/gateway-on.ts';
import { subscription, vaultId, vmId } from './support/names.ts';
import { startWire, type Wire } from './support/wire-server.ts';

let wire: Wire;
beforeAll(async () => {
  wire = await startWire();
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.seen.length = 0;
});

test('Azure’s clock against ours, from the newest answer, also from a refusal', async () => {
  let now = new Date('2026-11-24T10:00:00Z');
  const azure = gatewayOn(wire.url, { clock: { now: () => now } });
  expect(azure.clockSkew()).toBeNull();
  wire.answer(/./, { headers: { date: 'Tue, 24 Nov 2026 10:00:31 GMT' }, body: { value: [] } });
  await azure.reads.vaults(subscription);
  expect(azure.clockSkew()).toBe(31_000);
  now = new Date('2026-11-24T11:00:00Z');
  wire.answer(/./, { status: 403, headers: { date: 'Tue, 24 Nov 2026 10:59:00 GMT' } });
  await faultOf(azure.reads.vaults(subscription));
  expect(azure.clockSkew()).toBe(-60_000);
});

test('Azure’s clock isn’t set back by the fraction of a second that its answers lack, but by a clock that was set', async () => {
  let now = 0;
  const start = Date.parse('2026-11-24T10:00:00Z');
  const azure = gatewayOn(wire.url, { clock: { now: () => new Date(start + now) } });
  const skewAfter = async (atMs: number, date: string) => {
    now = atMs;
    wire.answer(/./, { headers: { date: `Tue, 24 Nov 2026 ${date} GMT` }, body: { value: [] } });
    await azure.reads.vaults(subscription);
    return azure.clockSkew();
  };
  expect(await skewAfter(700, '10:00:00')).toBe(-700);
  expect(await skewAfter(1_100, '10:00:01')).toBe(-100);
  expect(await skewAfter(1_900, '10:00:01')).toBe(-100);
  expect(await skewAfter(3_200, '10:00:02')).toBe(-100);
  expect(await skewAfter(65_000, '10:00:05')).toBe(-60_000);
});

test('every call is reported once, by its name on the port, with its outcome and its duration', async () => {
  const calls: CallRecord[] = [];
  let ms = 0;
  const clock = { now: () => new Date((ms += 5)) };
  const azure = gatewayOn(wire.url, { clock, onCall: (call) => calls.push(call) });
  wire.answer(/./, { status: 404 });
  await azure.reads.vm(vmId);
  wire.answer(/./, 'reset');
  await faultOf(azure.reads.vaults(subscription));
  wire.answer(/./, { status: 409 });
  await faultOf(azure.writes.cancelJob({ vaultId, jobId: 'j' }, attemptOf('a')));
  expect(calls.map(({ kind, name, outcome }) => [kind, name, outcome])).toEqual([
    ['read', 'vm', 'ok'],
    ['read', 'vaults', 'unavailable'],
    ['write', 'cancelJob', 'conflict'],
  ]);
  expect(calls.every((call) => call.ms > 0)).toBe(true);
});

test('sixteen calls at a time per subscription, and another subscription isn’t delayed', async () => {
  const held: (() => void)[] = [];
  let open = 0;
  let most = 0;
  const arrived = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    const mine = request.url!.includes(subscription);
    if (mine) most = Math.max(most, ++open);
    const end = () => {
      if (mine) open -= 1;
      response.setHeader('content-type', 'application/json').end('{"value":[]}');
    };
    if (!mine || held.length >= 16) return end();
    held.push(end);
    if (held.length === 16) arrived.resolve();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { reads } = gatewayOn(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const all = Array.from({ length: 50 }, () => reads.vaults(subscription));
  await arrived.promise;
  await reads.vaults('00000000-0000-0000-0000-00000000beef');
  expect(most).toBe(16);
  held.forEach((end) => end());
  await Promise.all(all);
  expect(most).toBe(16);
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

describe('identities', () => {
  const named = (name: string, more: object = {}) => Object.assign(new Error('no token'), { name, ...more });
  const broken = (error: Error): TokenCredential => ({ getToken: () => Promise.reject(error) });

  test.each([
    ['CredentialUnavailableError', {}, 'unauthenticated', 'CredentialUnavailableError'],
    [
      'AuthenticationError',
      { statusCode: 400, errorResponse: { error: 'invalid_client' } },
      'unauthenticated',
      'invalid_client',
    ],
    ['AuthenticationError', { statusCode: 503 }, 'unavailable', 'AuthenticationError'],
  ])('%s %j', async (...[name, more, kind, code]) => {
    const azure = gatewayOn(wire.url, { operate: broken(named(name, more)) });
    expect((await faultOf(azure.reads.vm(vmId))).facts).toMatchObject({ kind, code, says: null });
    expect((await faultOf(azure.writes.cancelJob({ vaultId, jobId: 'j' }, attemptOf('a')))).kind).toBe(kind);
    expect(wire.seen).toEqual([]);
  });

  test('a token that never comes', async () => {
    const never = boundedCredential({ getToken: () => new Promise(() => {}) }, 20);
    const azure = gatewayOn(wire.url, { operate: never });
    expect((await faultOf(azure.reads.vm(vmId))).facts).toMatchObject({
      kind: 'unauthenticated',
      code: 'TokenTimedOut',
    });
  });

  test('the simulator’s identities are their names', async () => {
    expect(await simulatorCredential('kluis-grant').getToken('x')).toMatchObject({ token: 'kluis-grant' });
  });
});

describe('forwarding', () => {
  test.each([
    'https://management.azure.com/a?b=c%20d',
    'https://graph.microsoft.com/v1.0/a',
    'https://kv-prod-weu.vault.azure.net/keys/k?api%2Dversion=7.5',
    'https://stprod.blob.core.windows.net/c/b',
  ])('%s goes to the simulator, with the original host', async (url) => {
    wire.answer(/./, { body: {} });
    const response = await forwardingClient(wire.url).sendRequest(createPipelineRequest({ url }));
    expect(response.request.url).toBe(url);
    expect(wire.seen[0]!.headers).toMatchObject({
      'x-forwarded-proto': 'https',
      'x-forwarded-host': new URL(url).host,
    });
  });

  test.each([
    'https://example.com/',
    'https://management.azure.com.example.com/',
    'https://login.microsoftonline.com/',
  ])('%s doesn’t leave the machine', async (url) => {
    await expect(forwardingClient(wire.url).sendRequest(createPipelineRequest({ url }))).rejects.toThrow(
      'not simulated',
    );
    expect(wire.seen).toEqual([]);
  });
});

test('nothing listens: unavailable, and the fault keeps no cause', async () => {
  const azure = gatewayOn('http://127.0.0.1:1');
  const fault = await faultOf(azure.reads.vm(vmId));
  expect(fault).toMatchObject({ kind: 'unavailable', message: `reading VM ${vmId}: ECONNREFUSED` });
  expect(Object.keys(fault).sort()).toEqual(['facts', 'name']);
  expect(fault.cause).toBeUndefined();
});
