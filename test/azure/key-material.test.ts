import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { stripKeyMaterial } from '../../src/azure/arm/strip-key-material.ts';
import type { CallRecord } from '../../src/azure/arm/observed-call.ts';
import { itemId, ref } from './support/names.ts';
import type { Reply, Wire } from './support/wire-server.ts';
import { startWire } from './support/wire-server.ts';

// Read by the SDKs when they are loaded, which is why the gateway is imported late: they then log all that they ever would.
process.env['AZURE_LOG_LEVEL'] = 'verbose';
process.env['TYPESPEC_RUNTIME_LOG_LEVEL'] = 'verbose';

const secret = 'c2VjcmV0LW1hdGVyaWFsLW9mLWEtZGlzaw';
const properties = {
  objectType: 'IaasVMRecoveryPoint',
  recoveryPointType: 'AppConsistent',
  recoveryPointTime: '2026-11-22T00:04:00Z',
  isSourceVMEncrypted: true,
  keyAndSecret: {
    bekDetails: { secretUrl: 'https://kv/secrets/b', secretVaultId: '/kv', secretData: secret },
    kekDetails: { keyUrl: 'https://kv/keys/k', keyVaultId: '/kv', keyBackupData: secret },
    encryptionMechanism: 'SinglePass',
  },
  recoveryPointTierDetails: [
    { type: 'InstantRP', status: 'Valid' },
    { type: 'Frozen', status: 'Asleep' },
  ],
};
const point = (name: string, more: object = {}) => ({
  id: `${itemId}/recoveryPoints/${name}`,
  name,
  properties: { ...properties, ...more },
});

let wire: Wire;
const written: string[] = [];
beforeAll(async () => {
  wire = await startWire();
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(written.push(String(text))));
});
afterAll(async () => {
  jest.restoreAllMocks();
  await wire.close();
});
beforeEach(() => {
  written.length = 0;
});

const everything = (value: unknown) => inspect(value, { depth: 20, showHidden: true }) + JSON.stringify(value);

async function outcomeOf(reply: Reply) {
  wire.answer(/recoveryPoints$/, reply);
  const calls: CallRecord[] = [];
  const { gatewayOn } = await import('./support/gateway-on.ts');
  const { reads } = gatewayOn(wire.url, { onCall: (call) => calls.push(call) });
  const outcome = await reads.recoveryPoints(ref).catch((error: unknown) => error);
  return { outcome, all: everything(outcome) + everything(calls) + written.join('\n') };
}

test('a recovery point with keys shows none of them', async () => {
  const value = [point('1'), point('2', { keyAndSecret: undefined, isSourceVMEncrypted: undefined })];
  const { outcome, all } = await outcomeOf({ body: { value } });
  expect(outcome).toEqual([
    {
      id: `${itemId}/recoveryPoints/1`,
      name: '1',
      time: new Date('2026-11-22T00:04:00Z'),
      consistency: 'AppConsistent',
      encrypted: true,
      tiers: [
        { tier: 'InstantRP', status: 'Valid' },
        { tier: 'Frozen', status: 'Asleep' },
      ],
    },
    expect.objectContaining({ name: '2', encrypted: null }),
  ]);
  expect(written.length).toBeGreaterThan(0);
  expect(all).not.toContain(secret);
});

test.each([
  [
    'an error that carries the point',
    { status: 500, body: { error: { code: 'x', message: 'm', details: [point('1')] } } },
  ],
  ['an error that quotes it', { status: 400, body: { error: { code: 'x', message: `{"secretData": "${secret}"}` } } }],
  ['half a body', { body: JSON.stringify({ value: [point('1')] }).slice(0, -4) }],
  ['a body in another shape', { body: { value: 'none', spare: point('1') } }],
  ['a body of another type', { body: JSON.stringify(point('1')), headers: { 'content-type': 'text/plain' } }],
  ['a time that is none', { body: { value: [point('1', { recoveryPointTime: 7 })] } }],
] as [string, Reply][])('%s', async (_, reply) => {
  const { all } = await outcomeOf(reply);
  expect(all).not.toContain(secret);
});

test('names at any depth, in any case, also escaped; the rest stays', () => {
  const names = fc.constantFrom(
    'secretData',
    'SECRETDATA',
    'keyBackupData',
    'osDiskKeyBackupData',
    'KeyVaultSecretBackupData',
  );
  fc.assert(
    fc.property(names, fc.array(fc.constantFrom('a', 'value', 'x y')), fc.jsonValue(), (name, path, rest) => {
      const leaf: unknown = { [name]: { deep: [secret] }, kept: 1 };
      const nested = path.reduceRight((inner: unknown, key) => ({ [key]: [inner] }), leaf);
      const kept = path.reduceRight((inner: unknown, key) => ({ [key]: [inner] }), { kept: 1 } as unknown);
      const text = JSON.stringify({ nested, rest });
      const escaped = text.replace(name, `\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}`);
      const clean = JSON.parse(JSON.stringify({ nested: kept, rest })) as unknown;
      expect(JSON.parse(stripKeyMaterial(text))).toEqual(clean);
      expect(JSON.parse(stripKeyMaterial(escaped))).toEqual(clean);
    }),
  );
});

test('a body without material comes back as it is, to the letter', () => {
  const text = '{ "a": 1.0, "b": "\\u00e9", "big": 12345678901234567890 }';
  expect(stripKeyMaterial(text)).toBe(text);
});
