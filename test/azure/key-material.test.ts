import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stripKeyMaterial } from '../../src/azure/arm/strip-key-material.ts';
import { secret as put } from './support/calls.ts';
import { itemId } from './support/names.ts';
import type { VerboseRead } from './support/verbose-reads.ts';
import type { Reply } from './support/wire-server.ts';

const { value: secret } = put;
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

const value = [point('1'), point('2', { keyAndSecret: undefined, isSourceVMEncrypted: undefined })];
const replies: readonly (readonly [string, Reply])[] = [
  ['points with keys', { body: { value } }],
  [
    'an error that carries the point',
    { status: 500, body: { error: { code: 'x', message: 'm', details: [point('1')] } } },
  ],
  ['an error that quotes it', { status: 400, body: { error: { code: 'x', message: `{"secretData": "${secret}"}` } } }],
  ['half a body', { body: JSON.stringify({ value: [point('1')] }).slice(0, -4) }],
  ['a body in another shape', { body: { value: 'none', spare: point('1') } }],
  ['a body of another type', { body: JSON.stringify(point('1')), headers: { 'content-type': 'text/plain' } }],
  ['a time that is none', { body: { value: [point('1', { recoveryPointTime: 7 })] } }],
];

async function readVerbosely(): Promise<readonly VerboseRead[]> {
  const answers = JSON.stringify(replies.map(([, reply]) => reply));
  const child = fork(new URL('support/verbose-reads.ts', import.meta.url), [answers], {
    env: { ...process.env, AZURE_LOG_LEVEL: 'verbose', TYPESPEC_RUNTIME_LOG_LEVEL: 'verbose' },
    serialization: 'advanced',
  });
  const [reads] = (await once(child, 'message')) as [readonly VerboseRead[]];
  return reads;
}

test('neither a recovery point with keys, nor an unreadable answer, nor the answer to a put secret shows any of them', async () => {
  const reads = await readVerbosely();
  expect(reads[0]?.outcome).toEqual([
    {
      id: `${itemId}/recoveryPoints/1`,
      name: '1',
      time: new Date('2026-11-22T00:04:00Z'),
      consistency: 'AppConsistent',
      encrypted: true,
      size: null,
      disks: null,
      zones: [],
      privateAccess: null,
      softDeleted: false,
      tiers: [
        { tier: 'InstantRP', status: 'Valid' },
        { tier: 'Frozen', status: 'Asleep' },
      ],
    },
    expect.objectContaining({ name: '2', encrypted: null }),
  ]);
  const names = [...replies.map(([name]) => name), 'a secret that is put', 'a secret that is refused'];
  const silent = reads.flatMap(({ logged }, n) => (logged > 0 ? [] : [names[n]]));
  const shown = reads.flatMap(({ all }, n) => (all.includes(secret) ? [names[n]] : []));
  expect({ read: reads.length, silent, shown }).toEqual({ read: names.length, silent: [], shown: [] });
  expect(reads.at(-2)?.outcome).toMatchObject({ url: `${put.keyVaultUri}secrets/bek/1` });
});

test('fields at any depth, in any case, also escaped; the rest stays', () => {
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

test('a body without key material is returned exactly as it is', () => {
  const text = '{ "a": 1.0, "b": "\\u00e9", "big": 12345678901234567890 }';
  expect(stripKeyMaterial(text)).toBe(text);
});
