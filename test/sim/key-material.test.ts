import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contoso } from '../../src/sim/estate/contoso.ts';
import { opened, sealed } from '../../src/sim/keyvault/backup-blob.ts';
import { encryptionInfo, unlocks } from '../../src/sim/keyvault/encryption-info.ts';
import { bytesOf, keyPair } from '../../src/sim/keyvault/key-pair.ts';
import { unwrapped, wrapped } from '../../src/sim/keyvault/wrap.ts';
import { pointsOf } from './support/points-of.ts';

const state = contoso(new Date('2026-11-25T09:15:00.123Z'));
const diskOf = (name: string) => state.disks.find((disk) => disk.name.startsWith(name))!;

test('the same words give the same 2,048-bit pair, other words another one', () => {
  expect(keyPair('a')).toBe(keyPair('a'));
  expect(keyPair('a').key.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 65_537n });
  expect(keyPair('b').n).not.toBe(keyPair('a').n);
});

test('what a pair wrapped only this pair unwraps, and wrapping is deterministic', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const value = wrapped('a', Buffer.from(bytes));
      expect(wrapped('a', Buffer.from(bytes))).toBe(value);
      expect(unwrapped('a', value)).toEqual(Buffer.from(bytes));
      expect(unwrapped('b', value)).toBeNull();
    }),
    { numRuns: 20 },
  );
});

describe('a backup of a key or a secret', () => {
  const home = { subscription: 's-1', location: 'westeurope', name: 'kv-a' };
  const key = { name: 'kek', versions: [{ version: 'v1', enabled: true, created: '2026-01-01T00:00:00Z' }] };
  const blob = sealed(home, 'keys', key);

  test('can be restored in the same subscription and geography, with the same pair', () => {
    const back = opened({ ...home, name: 'kv-b', location: 'northeurope' }, 'keys', blob);
    expect(back).toEqual({
      ...key,
      versions: [{ ...key.versions[0], pair: 'https://kv-a.vault.azure.net/keys/kek/v1' }],
    });
  });

  test.each([
    ['another subscription', { ...home, subscription: 's-2' }, 'keys', blob],
    ['another geography', { ...home, location: 'eastus' }, 'keys', blob],
    ['the other kind', home, 'secrets', blob],
    ['a byte that is another', home, 'keys', Buffer.from(blob.map((byte, at) => (at === 60 ? byte ^ 1 : byte)))],
    ['half of it', home, 'keys', blob.subarray(0, 70)],
    ['nothing', home, 'keys', Buffer.alloc(0)],
  ] as const)('not with %s', (...[, at, kind, bytes]) => {
    expect(opened(at, kind, bytes)).toBeNull();
  });
});

describe('which disks their keys unlock', () => {
  test.each([
    ['vm-app-01', 'its secret is wrapped by its key', true],
    ['vm-split-01', 'secret and key are in two key vaults', true],
    ['vm-bek-01', 'its secret has no key around it', true],
    ['vm-plain-01', 'it is not encrypted', true],
    ['vm-hr-01', 'its key vault is deleted', false],
    ['vm-hr-02', 'its key and secret are gone', false],
  ])('%s: %s', (name, _why, expected) => {
    expect(unlocks(state, diskOf(name))).toBe(expected);
  });

  test('not by another disk’s keys, a disabled key, or another version of the key', () => {
    const [app, sql] = [diskOf('vm-app-01'), diskOf('vm-sql-01')];
    expect(unlocks(state, { ...app, ade: sql.ade! })).toBe(false);
    const { keyVaults } = structuredClone(state);
    const [kek] = keyVaults.find(({ name }) => name === 'kv-prod-weu')!.keys;
    kek!.versions[0]!.enabled = false;
    expect(unlocks({ ...state, keyVaults }, app)).toBe(false);
    kek!.versions.push({ version: 'newer', enabled: true, created: '2026-01-01T00:00:00Z' });
    const keyUrl = app.ade!.keyUrl!.replace(/[^/]+$/, 'newer');
    expect(unlocks({ ...state, keyVaults }, { ...app, ade: { ...app.ade!, keyUrl } })).toBe(false);
  });
});

describe('what a restore of disks reveals', () => {
  test('key and secret of the OS disk and of the data disks, as of the recovery point', () => {
    const [point] = pointsOf(state, 'vm-hr-02');
    const [os, data] = [diskOf('vm-hr-02_Os'), diskOf('vm-hr-02-data-1')];
    const secret = (disk: typeof os) => ({
      KeyUrl: disk.ade!.keyUrl,
      KeyBackupData: expect.stringMatching(/^JkF6dXJlS2V5VmF1bHRLZXlCYWNrdXBWMS5/),
      SecretUrl: disk.ade!.secretUrl,
      SecretData: wrapped(disk.ade!.keyUrl!, Buffer.from(unwrappedBek(disk.bek!))),
    });
    expect(encryptionInfo(point!)).toEqual({
      OsDiskKeyAndSecretDetails: secret(os),
      DataDiskKeyAndSecretDetails: [{ Lun: 0, ...secret(data) }],
    });
  });

  test('nothing where no disk is encrypted', () => {
    expect(encryptionInfo(pointsOf(state, 'vm-dup-01')[0]!)).toBeNull();
  });
});

function unwrappedBek(words: string): Buffer {
  return Buffer.concat([Buffer.from('SIMULATED-KEY-MATERIAL '), bytesOf(`bek ${words}`, 32)]);
}
