import { describe, expect, test } from '@jest/globals';
import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import fc from 'fast-check';
import { failureOf, mapFault, retryAfter } from '../../src/azure/arm/map-fault.ts';
import { AzureFault } from '../../src/azure/faults.ts';

const answer = (status: number, bodyAsText = '', headers: Record<string, string> = {}) => ({
  status,
  bodyAsText,
  headers: createHttpHeaders(headers),
  request: createPipelineRequest({ url: 'https://management.azure.com/' }),
});

test('any status, any body: a kind, and never more of the body than code and message', () => {
  const status = fc.oneof(fc.integer({ min: 300, max: 599 }), fc.constantFrom(401, 403, 404, 408, 409, 429, 500, 503));
  fc.assert(
    fc.property(status, fc.oneof(fc.string(), fc.json()), (code, body) => {
      const { facts } = mapFault(failureOf(answer(code, body)), 'testing');
      const expected =
        {
          401: 'unauthenticated',
          403: 'forbidden',
          404: 'missing',
          408: 'unavailable',
          409: 'conflict',
          429: 'throttled',
        }[code] ?? (code >= 500 ? 'unavailable' : code >= 400 ? 'refused' : 'garbled');
      expect(facts).toMatchObject({ kind: expected, status: code, doing: 'testing' });
    }),
  );
});

describe('Azure’s words', () => {
  const said = (body: unknown) => failureOf(answer(400, JSON.stringify(body))).failure;

  test.each([
    [{ error: { code: 'A', message: 'm \r\n' } }, 'A', 'm'],
    [{ code: 'B', message: 'n' }, 'B', 'n'],
    [{ error: { code: 7, message: '' } }, null, null],
    [{ error: 'text' }, null, null],
    [
      { error: { code: 'Forbidden', message: 'o', innererror: { code: 'ForbiddenByFirewall' } } },
      'ForbiddenByFirewall',
      'o',
    ],
    [{ error: { code: 'C', message: 'p', innererror: { exceptiontype: 'x' } } }, 'C', 'p'],
    [[], null, null],
    ['x', null, null],
  ])('%j', (body, code, says) => {
    expect(said(body)).toMatchObject({ code, says });
  });

  test('signatures in them are removed, and long texts are cut', () => {
    const message = `see https://sa.blob/x?sig=abcdefghijklmnop ${'y'.repeat(5000)}`;
    const { says } = said({ error: { code: 'A', message } });
    expect(says).not.toContain('abcdefghijklmnop');
    expect(says!.length).toBe(2000);
  });

  test('a byte order mark is no part of them', () => {
    expect(failureOf(answer(400, '\uFEFF{"code":"A"}')).failure.code).toBe('A');
  });

  test('only a 403 names an action', () => {
    const message = "does not have authorization to perform action 'A/b/read' over scope";
    const body = JSON.stringify({ error: { code: 'AuthorizationFailed', message } });
    expect(failureOf(answer(403, body)).failure.action).toBe('A/b/read');
    expect(failureOf(answer(409, body)).failure.action).toBeNull();
    const ofKeyVault = `Caller is not authorized to perform action on resource.\r\nAction: 'A/b/get/action'\r\nVault: v`;
    const forbidden = JSON.stringify({ error: { code: 'Forbidden', message: ofKeyVault } });
    expect(failureOf(answer(403, forbidden)).failure.action).toBe('A/b/get/action');
    expect(failureOf(answer(403, '{}')).failure.action).toBeNull();
  });
});

test.each([
  [{ 'retry-after': '17' }, 17_000],
  [{ 'retry-after-ms': '250', 'retry-after': '17' }, 250],
  [{ 'x-ms-retry-after-ms': '250' }, 250],
  [{ 'retry-after': 'Tue, 24 Nov 2026 10:01:00 GMT', date: 'Tue, 24 Nov 2026 10:00:00 GMT' }, 60_000],
  [{ 'retry-after': 'Tue, 24 Nov 2026 09:00:00 GMT', date: 'Tue, 24 Nov 2026 10:00:00 GMT' }, 0],
  [{ 'retry-after': 'Tue, 24 Nov 2026 10:01:00 GMT' }, null],
  [{ 'retry-after': 'later' }, null],
  [{}, null],
])('how long to wait: %j', (headers, ms) => {
  expect(retryAfter(answer(429, '', headers as Record<string, string>))).toBe(ms);
});

describe('what was thrown', () => {
  const request = createPipelineRequest({ url: 'https://management.azure.com/' });

  test.each([
    ['a lost connection', new RestError('x', { code: 'ECONNRESET', request }), 'unavailable', 'ECONNRESET'],
    [
      'an answer that the SDK cannot read',
      new RestError('body: secret', { statusCode: 200, code: 'PARSE_ERROR' }),
      'garbled',
      'PARSE_ERROR',
    ],
    ['a page without elements', new RestError("Couldn't paginate"), 'garbled', null],
    ['a shape that breaks the reader', new TypeError('x of undefined'), 'garbled', 'TypeError'],
    ['an end from outside', Object.assign(new Error('x'), { name: 'AbortError' }), 'unavailable', 'Aborted'],
    ['an error of the system', Object.assign(new Error('x'), { code: 'EPIPE' }), 'unavailable', 'EPIPE'],
    ['an error of no kind', new Error('x'), 'unavailable', 'Error'],
    ['no error at all', 'x', 'garbled', null],
  ])('%s', (...[, thrown, kind, code]) => {
    const { facts } = mapFault(thrown, 'testing');
    expect(facts).toMatchObject({ kind, code, says: null, doing: 'testing' });
  });

  test('a fault stays itself', () => {
    const fault = new AzureFault(mapFault(new Error('x'), 'first').facts);
    expect(mapFault(fault, 'second')).toBe(fault);
  });
});
