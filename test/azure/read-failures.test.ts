import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AzureReads } from '../../src/azure/gateway.ts';
import { absent, listReads, readCalls } from './support/calls.ts';
import { faultOf, gatewayOn } from './support/gateway-on.ts';
import { type Reply, startWire, type Wire } from './support/wire-server.ts';

const names = Object.keys(readCalls) as (keyof AzureReads)[];
const error = (code: string, message = 'Said by Azure.') => ({ error: { code, message } });

let wire: Wire;
beforeAll(async () => {
  wire = await startWire();
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.seen.length = 0;
});

function run(name: keyof AzureReads, reply: Reply, timeoutMs = 5000) {
  wire.answer(/./, reply);
  return readCalls[name](gatewayOn(wire.url, { readTimeoutMs: timeoutMs }).reads);
}

const denied =
  "The client 'x' with object id 'y' does not have authorization to perform action 'Microsoft.KeyVault/vaults/read' over scope '/z'.";

describe.each(names)('%s', (name) => {
  test('403 names the missing action', async () => {
    const body = error('AuthorizationFailed', denied);
    const { facts } = await faultOf(run(name, { status: 403, body, headers: { 'x-ms-request-id': 'r-1' } }));
    expect(facts).toMatchObject({
      kind: 'forbidden',
      status: 403,
      code: 'AuthorizationFailed',
      action: 'Microsoft.KeyVault/vaults/read',
      says: denied,
      requestId: 'r-1',
    });
    expect(wire.seen).toHaveLength(1);
  });

  test('404 is null, or a fault if the port promises a value', async () => {
    const call = run(name, { status: 404, body: error('ResourceNotFound') });
    if (name in absent) expect(await call).toEqual(absent[name]);
    else expect((await faultOf(call)).kind).toBe('missing');
  });

  test.each([
    ['401', { status: 401, body: error('InvalidAuthenticationToken') }, 'unauthenticated', 1],
    ['409', { status: 409, body: error('Conflict') }, 'conflict', 1],
    ['a lock, which is a 409 too', { status: 409, body: error('ScopeLocked') }, 'refused', 1],
    [
      'a policy, with the 403 of a missing permission',
      { status: 403, body: error('RequestDisallowedByPolicy') },
      'refused',
      1,
    ],
    ['400', { status: 400, body: error('InvalidRequest') }, 'refused', 1],
    ['429 without a time', { status: 429, body: error('TooManyRequests') }, 'throttled', 1],
    ['500', { status: 500, body: error('CloudInternalError') }, 'unavailable', 3],
    ['503', { status: 503, body: '' }, 'unavailable', 3],
    ['a reset connection', 'reset', 'unavailable', 3],
    ['half an answer', 'cut', 'unavailable', 1],
    ['an HTML page', { body: '<html>', headers: { 'content-type': 'text/html' } }, 'garbled', 1],
    ['a redirect', { status: 302, headers: { location: 'https://example.com/' } }, 'garbled', 1],
  ] as [string, Reply, string, number][])('%s', async (...[, reply, kind, tries]) => {
    expect((await faultOf(run(name, reply))).kind).toBe(kind);
    expect(wire.seen).toHaveLength(tries);
  });

  test('429 with a long wait ends at once and says how long', async () => {
    const { facts } = await faultOf(run(name, { status: 429, headers: { 'retry-after': '17' } }));
    expect(facts).toMatchObject({ kind: 'throttled', retryAfterMs: 17_000 });
    expect(wire.seen).toHaveLength(1);
  });

  test('429 with a short wait is waited for, twice at most', async () => {
    const { facts } = await faultOf(run(name, { status: 429, headers: { 'retry-after-ms': '1' } }));
    expect(facts).toMatchObject({ kind: 'throttled', retryAfterMs: 1 });
    expect(wire.seen).toHaveLength(3);
  });

  test('silence ends with the time-out', async () => {
    expect((await faultOf(run(name, 'silence', 30))).kind).toBe('unavailable');
  });

  test('an empty object is no answer', async () => {
    expect((await faultOf(run(name, { body: {} }))).kind).toBe('garbled');
  });

  test('half a JSON text', async () => {
    expect((await faultOf(run(name, { body: '{"value":[{"id":' }))).kind).toBe('garbled');
  });
});

describe.each(listReads)('%s, as a list', (name) => {
  test('a page that offers itself again', async () => {
    const page = ({ path }: { path: string }) => ({
      body: { value: [], nextLink: `https://management.azure.com${path}?$skipToken=2` },
    });
    expect((await faultOf(run(name, page))).facts).toMatchObject({ kind: 'garbled', code: 'EndlessList' });
  });

  test('a next page on another host is not requested', async () => {
    const page = { body: { value: [], nextLink: 'https://example.com/subscriptions/x' } };
    expect((await faultOf(run(name, page))).facts).toMatchObject({ kind: 'garbled', code: 'ForeignAddress' });
    expect(wire.seen).toHaveLength(1);
  });

  test('a body that is no page', async () => {
    expect((await faultOf(run(name, { body: { nothing: true } }))).kind).toBe('garbled');
  });

  test('a second page that fails', async () => {
    let asked = 0;
    const page: Reply = ({ path }) =>
      asked++ === 0
        ? { body: { value: [], nextLink: `https://management.azure.com${path}?$skipToken=2` } }
        : { body: '{"value":[' };
    expect((await faultOf(run(name, page))).kind).toBe('garbled');
    expect(wire.seen).toHaveLength(2);
  });
});
