import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RestoreIdentity } from '../../src/azure/gateway.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import type { KeyVaultSpec } from '../../src/sim/state/state-keyvault.ts';
import { attemptOf } from './support/attempt.ts';
import { faultOf } from './support/gateway-on.ts';
import { keyVaultOf, simulated } from './support/simulated.ts';

type Simulated = Awaited<ReturnType<typeof simulated>>;
type Details = Record<'KeyUrl' | 'KeyBackupData' | 'SecretUrl' | 'SecretData', string>;
type Copied = { OsDiskKeyAndSecretDetails: Details; DataDiskKeyAndSecretDetails: Details[] };
type Keys = { disks: { name: string; unlocked: boolean }[]; copied: Copied };

let sim: Simulated;
let restores: RestoreIdentity;
beforeEach(async () => {
  sim = await simulated();
  restores = sim.azure.restores!;
});
afterEach(async () => sim[Symbol.asyncDispose]());

const hr2 = 'https://kv-hr2-weu.vault.azure.net/';
const state = async () => (await sim.state()) as SimState;
const nameIn = (url: string) => url.split('/').at(-2)!;

async function keysOf(vm: string): Promise<Keys> {
  const answer = await fetch(`${sim.url}/_sim/keys`, { method: 'POST', body: JSON.stringify({ vm }) });
  return (await answer.json()) as Keys;
}

const wrapped = (details: Details, keyUrl: string, keyVaultUri = hr2) => ({
  keyVaultUri,
  name: nameIn(details.SecretUrl),
  value: details.SecretData,
  contentType: 'Wrapped BEK',
  tags: { DiskEncryptionKeyEncryptionAlgorithm: 'RSA-OAEP', DiskEncryptionKeyEncryptionKeyURL: keyUrl },
});

/** Deletes everything in a key vault in a way that can be recovered. */
async function empty(name: string): Promise<void> {
  const { keyVaults } = await state();
  const gone = <One>(list: readonly One[]) => list.map((one) => ({ ...one, deletedAt: '2026-11-25T08:00:00Z' }));
  const emptied = (vault: KeyVaultSpec): KeyVaultSpec => ({
    ...vault,
    keys: [],
    secrets: [],
    deletedKeys: gone(vault.keys),
    deletedSecrets: gone(vault.secrets),
  });
  await sim.change({ keyVaults: keyVaults.map((vault) => (vault.name === name ? emptied(vault) : vault)) });
}

describe('restored keys unlock a VM’s disks', () => {
  test('purged key and secret: from what a restore of the disks returns', async () => {
    const { disks, copied } = await keysOf('vm-hr-02');
    expect(disks.map(({ unlocked }) => unlocked)).toEqual([false, false]);
    const os = copied.OsDiskKeyAndSecretDetails;
    expect(await restores.namedKey(hr2, nameIn(os.KeyUrl))).toBe('free');
    const key = await restores.restoreKey(hr2, os.KeyBackupData, attemptOf('5f0a4f5e-0000-4000-8000-0000000000b1'));
    expect(key).toEqual({ requestId: expect.any(String), date: expect.any(Date), url: os.KeyUrl });
    expect(await restores.namedKey(hr2, nameIn(os.KeyUrl))).toBe('there');

    const urls = new Map<string, string>();
    for (const [at, details] of [os, ...copied.DataDiskKeyAndSecretDetails].entries()) {
      expect(await restores.namedSecret(hr2, nameIn(details.SecretUrl))).toBe('free');
      const secret = await restores.putSecret(wrapped(details, key.url), attemptOf());
      expect(await restores.namedSecret(hr2, nameIn(details.SecretUrl))).toBe('there');
      expect(secret.url).toMatch(new RegExp(`^${hr2}secrets/${nameIn(details.SecretUrl)}/\\w{32}$`));
      expect(await restores.secretVersions(hr2, nameIn(details.SecretUrl))).toEqual([
        { url: secret.url, enabled: true, tags: wrapped(details, key.url).tags },
      ]);
      urls.set(disks[at]!.name, secret.url);
    }
    const all = (await state()).disks.map((disk) => {
      const secretUrl = urls.get(disk.name);
      return secretUrl && disk.ade ? { ...disk, ade: { ...disk.ade, secretUrl } } : disk;
    });
    await sim.change({ disks: all });
    expect((await keysOf('vm-hr-02')).disks.map(({ unlocked }) => unlocked)).toEqual([true, true]);
    const [sent] = await sim.requests('POST', /keys\/restore/);
    expect(sent).toMatchObject({ clientRequestId: '5f0a4f5e-0000-4000-8000-0000000000b1', status: 200 });
    // Secrets were only listed: no value was read.
    const read = await sim.requests('GET', /\/secrets\//);
    expect(read.filter(({ path }) => !/\/versions\?/.test(path))).toEqual([]);
  });

  test('a deleted key vault: it is recovered, and needs nothing else', async () => {
    expect((await keysOf('vm-hr-01')).disks[0]!.unlocked).toBe(false);
    const { tenantId } = await state();
    const keyVault = { id: keyVaultOf('kv-hr-weu'), region: 'westeurope', tenantId };
    expect(await restores.recoverKeyVault(keyVault, attemptOf())).toMatchObject({ requestId: expect.any(String) });
    expect((await keysOf('vm-hr-01')).disks.map(({ unlocked }) => unlocked)).toEqual([true, true]);
    const missing = { ...keyVault, id: keyVaultOf('kv-none-weu') };
    expect((await faultOf(restores.recoverKeyVault(missing, attemptOf()))).kind).toBe('missing');
  });

  test('deleted key and secret: they are recovered, and exist after some seconds', async () => {
    const uri = 'https://kv-prod-weu.vault.azure.net';
    const { keyUrl, secretUrl } = (await state()).disks.find(({ name }) => name.startsWith('vm-app-01_Os'))!.ade!;
    const [key, secret] = [nameIn(keyUrl!), nameIn(secretUrl)];
    await empty('kv-prod-weu');
    const stands = async () => [await restores.namedKey(uri, key), await restores.namedSecret(uri, secret)];
    expect(await stands()).toEqual(['deleted', 'deleted']);
    const copied = (await keysOf('vm-app-01')).copied.OsDiskKeyAndSecretDetails;
    const restored = faultOf(restores.restoreKey(uri, copied.KeyBackupData, attemptOf()));
    expect((await restored).facts).toMatchObject({ kind: 'conflict', code: 'ObjectIsDeletedButRecoverable' });
    await restores.recoverKey(uri, key, attemptOf());
    await restores.recoverSecret(uri, secret, attemptOf());
    await sim.advance(10);
    expect(await stands()).toEqual(['there', 'there']);
    expect((await keysOf('vm-app-01')).disks[0]!.unlocked).toBe(true);
    const again = faultOf(restores.restoreKey(uri, copied.KeyBackupData, attemptOf()));
    expect((await again).facts).toMatchObject({ kind: 'conflict', code: 'Conflict' });
    expect((await faultOf(restores.recoverKey(uri, key, attemptOf()))).kind).toBe('missing');
  });
});

describe('why not', () => {
  test.each([
    ['a firewall', 'kv-locked-weu', 'forbidden', 'ForbiddenByFirewall'],
    ['no access policy', 'kv-web-weu', 'forbidden', 'ForbiddenByPolicy'],
  ])('%s', async (...[, name, kind, code]) => {
    const fault = await faultOf(restores.namedKey(`https://${name}.vault.azure.net/`, 'kek-disks'));
    expect(fault.facts).toMatchObject({ kind, code });
  });

  test('a backup of another geography, or none at all', async () => {
    const { KeyBackupData } = (await keysOf('vm-hr-02')).copied.OsDiskKeyAndSecretDetails;
    const { keyVaults } = await state();
    const abroad = keyVaults.map((vault) => (vault.name === 'kv-hr2-weu' ? { ...vault, location: 'eastus' } : vault));
    await sim.change({ keyVaults: abroad });
    for (const backup of [KeyBackupData, 'bm9uZQ==']) {
      const fault = await faultOf(restores.restoreKey(hr2, backup, attemptOf()));
      expect(fault.facts).toMatchObject({ kind: 'refused', status: 400, code: 'Malformed backup blob' });
    }
  });

  test.each([
    'http://kv-hr2-weu.vault.azure.net/',
    'https://kv-hr2-weu.vault.azure.net.evil.example/',
    'https://evil.example/kv-hr2-weu.vault.azure.net/',
    'https://kv-hr2-weu.vault.azure.net/keys/',
    '',
  ])('key material and token are sent to no other host: %s', async (uri) => {
    const calls = [
      restores.namedKey(uri, 'k'),
      restores.namedSecret(uri, 's'),
      restores.recoverKey(uri, 'k', attemptOf()),
      restores.restoreKey(uri, 'bm9uZQ==', attemptOf()),
      restores.putSecret({ keyVaultUri: uri, name: 's', value: 'v', contentType: 'c', tags: {} }, attemptOf()),
    ];
    for (const call of calls)
      expect((await faultOf(call)).facts).toMatchObject({ code: 'NoKeyVaultUri', status: null });
  });
});

describe('key material', () => {
  test.each([
    ['putSecret', 'PUT', '/secrets/'],
    ['restoreKey', 'POST', '/keys/restore'],
  ] as const)('%s: an error that quotes it is kept without it', async (name, method, path) => {
    const { copied } = await keysOf('vm-hr-02');
    const os = copied.OsDiskKeyAndSecretDetails;
    const sent = {
      putSecret: os.SecretData,
      restoreKey: Buffer.from(os.KeyBackupData, 'base64').toString('base64url'),
    };
    const message = `The value ${sent[name]} is no good.`;
    await sim.fault({ match: { method, path }, status: 400, body: { error: { code: 'BadParameter', message } } });
    const calls = {
      putSecret: () => restores.putSecret(wrapped(os, os.KeyUrl), attemptOf()),
      restoreKey: () => restores.restoreKey(hr2, os.KeyBackupData, attemptOf()),
    };
    const { facts } = await faultOf(calls[name]());
    expect(facts).toMatchObject({ code: 'BadParameter', says: 'The value [withheld] is no good.' });
  });
});
