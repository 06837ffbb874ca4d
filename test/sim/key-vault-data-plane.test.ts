import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { isRestError, type HttpClient } from '@azure/core-rest-pipeline';
import { KeyClient } from '@azure/keyvault-keys';
import { SecretClient } from '@azure/keyvault-secrets';
import { forwardingClient } from '../../src/azure/arm/transport/forwarding-client.ts';
import { encryptionInfo, unlocks } from '../../src/sim/keyvault/encryption-info.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import type { KeyVaultSpec } from '../../src/sim/state/state-keyvault.ts';
import { pointsOf } from './support/points-of.ts';
import { keyVault, SimulatedAzure } from './support/simulated-azure.ts';

/** Key Vault's data plane, called by Azure's own SDKs: they handle the challenge, and read the answers. */

let azure: SimulatedAzure;
beforeAll(async () => {
  azure = await SimulatedAzure.start();
});
afterAll(() => azure.close());
beforeEach(() => azure.control('POST', 'reset'));

/** Azure's last answer: the SDKs keep only a part of it. */
let answered: string | null | undefined;
const httpClient: HttpClient = {
  async sendRequest(request) {
    const response = await forwardingClient(azure.simulator.url).sendRequest(request);
    answered = response.bodyAsText;
    return response;
  },
};

const clients = (vault: string, token = 'owner') => {
  const credential = { getToken: () => Promise.resolve({ token, expiresOnTimestamp: 8.64e15 }) };
  const options = { httpClient, retryOptions: { maxRetries: 0 } };
  const url = `https://${vault}.vault.azure.net`;
  return { keys: new KeyClient(url, credential, options), secrets: new SecretClient(url, credential, options) };
};

const diskOf = ({ disks }: SimState, name: string) => disks.find((disk) => disk.name.startsWith(name))!;
const vaultOf = ({ keyVaults }: SimState, name: string) => keyVaults.find((vault) => vault.name === name)!;

/** Changes one key vault of the estate. */
async function change(name: string, to: (vault: KeyVaultSpec) => Partial<KeyVaultSpec>): Promise<void> {
  const { keyVaults } = await azure.state('keyVaults');
  await azure.control('POST', 'state', {
    keyVaults: keyVaults.map((vault) => (vault.name === name ? { ...vault, ...to(vault) } : vault)),
  });
}

/** Deletes the content of a key vault in a way that can be recovered. */
const emptied = ({ keys, secrets }: KeyVaultSpec): Partial<KeyVaultSpec> => {
  const deletedAt = '2026-11-25T08:00:00Z';
  const gone = <One>(list: readonly One[]) => list.map((one) => ({ ...one, deletedAt }));
  return { keys: [], secrets: [], deletedKeys: gone(keys), deletedSecrets: gone(secrets) };
};

/** Azure's refusal: status, code, and inner code. */
async function refusal(call: Promise<unknown>): Promise<unknown[]> {
  const error: unknown = await call.then(
    (value) => value,
    (thrown: unknown) => thrown,
  );
  if (!isRestError(error)) throw new Error(`no refusal: ${JSON.stringify(error)}`);
  const body = JSON.parse(answered ?? '{}') as {
    error?: { code: string; innererror?: { code: string } };
  };
  return [error.statusCode, body.error?.code, body.error?.innererror?.code];
}

type Details = Record<'KeyUrl' | 'KeyBackupData' | 'SecretUrl' | 'SecretData', string>;

describe('keys that are put back unlock a disk', () => {
  test('BEK and KEK, in another key vault, out of a point that is older than their loss', async () => {
    const before = await azure.state();
    const info = encryptionInfo(pointsOf(before, 'vm-hr-02')[0]!)!.OsDiskKeyAndSecretDetails as Details;
    const { keys, secrets } = clients('kv-hr2-weu');
    const key = await keys.restoreKeyBackup(Buffer.from(info.KeyBackupData, 'base64'));
    expect(key).toMatchObject({ name: 'kek-disks', id: info.KeyUrl });
    const tags = { DiskEncryptionKeyEncryptionKeyURL: key.id! };
    const [, name] = /secrets\/([^/]+)\//.exec(info.SecretUrl)!;
    const secret = await secrets.setSecret(name!, info.SecretData, { contentType: 'Wrapped BEK', tags });
    expect(secret.properties).toMatchObject({ contentType: 'Wrapped BEK', tags });

    const after = await azure.state();
    const disk = diskOf(after, 'vm-hr-02_Os');
    // The old version of the secret is gone for good: only pointing the disk to the new one unlocks it.
    expect(unlocks(after, disk)).toBe(false);
    const keyVaultId = keyVault('kv-hr2-weu');
    const ade = { ...disk.ade!, secretUrl: secret.properties.id!, keyUrl: key.id!, keyVaultId };
    expect(unlocks(after, { ...disk, ade })).toBe(true);
    expect(unlocks(after, { ...diskOf(after, 'vm-hr-02-data-1'), ade })).toBe(false);
  });

  test('BEK alone, as a secret with all its versions', async () => {
    const { secretUrl } = diskOf(await azure.state(), 'vm-bek-01_Os').ade!;
    const [, name, version] = /secrets\/([^/]+)\/([^/]+)$/.exec(secretUrl)!;
    const backup = await clients('kv-prod-weu').secrets.backupSecret(name!);
    const back = await clients('kv-web-weu').secrets.restoreSecretBackup(backup!);
    expect(back).toMatchObject({
      id: `https://kv-web-weu.vault.azure.net/secrets/${name}/${version}`,
      contentType: 'BEK',
    });
    const state = await azure.state();
    const disk = diskOf(state, 'vm-bek-01_Os');
    expect(unlocks(state, { ...disk, ade: { ...disk.ade!, secretUrl: back.id! } })).toBe(true);
    expect((await clients('kv-web-weu').secrets.getSecret(name!)).value).toBe(
      (await clients('kv-prod-weu').secrets.getSecret(name!)).value,
    );
  });

  test('a key restored into another key vault has another URL and the same pair', async () => {
    const backup = await clients('kv-prod-weu').keys.backupKey('kek-disks');
    await change('kv-hr2-weu', () => ({ keys: [] }));
    const restored = await clients('kv-hr2-weu').keys.restoreKeyBackup(backup!);
    const original = await clients('kv-prod-weu').keys.getKey('kek-disks');
    expect(restored.id).toBe(original.id!.replace('kv-prod-weu', 'kv-hr2-weu'));
    expect(Buffer.from(restored.key!.n!)).toEqual(Buffer.from(original.key!.n!));
  });
});

describe('a name that is not free', () => {
  test('restoring what is there, in another geography, or from something else', async () => {
    const backup = await clients('kv-prod-weu').keys.backupKey('kek-disks');
    expect(await refusal(clients('kv-prod-weu').keys.restoreKeyBackup(backup!))).toEqual([409, 'Conflict', undefined]);
    const malformed = [400, 'Malformed backup blob', undefined];
    await change('kv-prod-eus', () => ({ keys: [] }));
    expect(await refusal(clients('kv-prod-eus').keys.restoreKeyBackup(backup!))).toEqual(malformed);
    expect(await refusal(clients('kv-hr2-weu').keys.restoreKeyBackup(backup!.map((byte) => byte ^ 1)))).toEqual(
      malformed,
    );
  });

  test('a deleted object keeps its name, is listed among the deleted, and is recovered after some seconds', async () => {
    const { keys, secrets } = clients('kv-prod-weu');
    const backup = await keys.backupKey('kek-disks');
    const secret = vaultOf(await azure.state(), 'kv-prod-weu').secrets[0]!.name;
    await change('kv-prod-weu', emptied);
    expect(await refusal(keys.getKey('kek-disks'))).toEqual([404, 'KeyNotFound', undefined]);
    const taken = [409, 'Conflict', 'ObjectIsDeletedButRecoverable'];
    expect(await refusal(keys.restoreKeyBackup(backup!))).toEqual(taken);
    expect(await refusal(secrets.setSecret(secret, 'x'))).toEqual(taken);
    const deleted = await keys.getDeletedKey('kek-disks');
    const recoveryId = 'https://kv-prod-weu.vault.azure.net/deletedkeys/kek-disks';
    expect(deleted.properties).toMatchObject({ recoveryId, deletedOn: new Date('2026-11-25T08:00:00Z') });
    const names: string[] = [];
    for await (const { name, value } of secrets.listDeletedSecrets()) names.push(`${name} ${value}`);
    expect(names).toContain(`${secret} undefined`);

    await keys.beginRecoverDeletedKey('kek-disks');
    expect(await refusal(keys.getKey('kek-disks'))).toEqual([404, 'KeyNotFound', undefined]);
    expect(await refusal(keys.getDeletedKey('kek-disks'))).toEqual([404, 'KeyNotFound', undefined]);
    expect(await refusal(keys.restoreKeyBackup(backup!))).toEqual([409, 'Conflict', 'ObjectIsBeingRecovered']);
    await azure.pass(10);
    expect((await keys.getKey('kek-disks')).name).toBe('kek-disks');
    await secrets.beginRecoverDeletedSecret(secret);
    await azure.pass(10);
    expect((await secrets.setSecret(secret, 'x')).value).toBe('x');
  });

  test('what was never there has no versions, and cannot be recovered or backed up', async () => {
    const { keys, secrets } = clients('kv-prod-weu');
    const versions = [];
    for await (const version of secrets.listPropertiesOfSecretVersions('none')) versions.push(version);
    expect(versions).toEqual([]);
    expect(await refusal(secrets.backupSecret('none'))).toEqual([404, 'SecretNotFound', undefined]);
    expect(await refusal(secrets.getDeletedSecret('none'))).toEqual([404, 'SecretNotFound', undefined]);
    expect(await refusal(keys.beginRecoverDeletedKey('none'))).toEqual([404, 'KeyNotFound', undefined]);
  });
});

describe('who gets in', () => {
  const token = 'kluis-operate';
  const objectId = '00000000-0000-0000-0000-0000000b0001';

  test.each([
    ['kv-locked-weu', 'ForbiddenByFirewall', {}],
    ['kv-prod-weu', 'ForbiddenByConnection', { publicNetworkAccess: 'Disabled' }],
    ['kv-prod-weu', 'ForbiddenByPolicy', {}],
    ['kv-rbac-weu', 'ForbiddenByRbac', {}],
  ] as const)('%s: %s', async (vault, inner, more) => {
    await change(vault, () => more);
    expect(await refusal(clients(vault, token).keys.getKey('kek-disks'))).toEqual([403, 'Forbidden', inner]);
  });

  test('each right by its own word of an access policy', async () => {
    const { secrets } = vaultOf(await azure.state(), 'kv-prod-weu');
    await change('kv-prod-weu', ({ accessPolicies }) => ({
      accessPolicies: [...accessPolicies, { tenantId: 't', objectId, permissions: { secrets: ['Set', 'List'] } }],
    }));
    const client = clients('kv-prod-weu', token).secrets;
    expect((await client.setSecret('new', 'x')).value).toBe('x');
    const versions = [];
    for await (const version of client.listPropertiesOfSecretVersions(secrets[0]!.name)) versions.push(version);
    expect(versions).toHaveLength(1);
    const refused = [
      () => client.getSecret('new'),
      () => client.backupSecret('new'),
      () => client.restoreSecretBackup(Buffer.from('x')),
    ];
    for (const call of refused) expect(await refusal(call())).toEqual([403, 'Forbidden', 'ForbiddenByPolicy']);
  });
});

describe('a deleted key vault', () => {
  const path = `${keyVault('kv-hr-weu')}?api-version=2026-02-01`;
  const body = (more: object) => ({
    location: 'westeurope',
    properties: { tenantId: 't', sku: { family: 'A', name: 'standard' }, ...more },
  });
  const put = (more: object, as: 'owner' | 'kluis-operate' = 'owner') =>
    azure.call('PUT', path, { as, body: body(more) });

  test('comes back with its keys and secrets, so that its VM can be unlocked again', async () => {
    expect((await put({})).body.error).toMatchObject({ code: 'ConflictError' });
    expect((await put({ createMode: 'recover' }, 'kluis-operate')).status).toBe(403);
    const answer = await put({ createMode: 'recover' });
    expect([answer.status, answer.body.name]).toEqual([200, 'kv-hr-weu']);
    const state = await azure.state();
    expect(state.deletedKeyVaults).toEqual([]);
    expect(unlocks(state, diskOf(state, 'vm-hr-01_Os'))).toBe(true);
    expect((await put({ createMode: 'recover' })).status).toBe(200);
  });

  test('in another region there is none', async () => {
    const answer = await azure.call('PUT', path, {
      as: 'owner',
      body: { ...body({ createMode: 'recover' }), location: 'eastus' },
    });
    expect([answer.status, answer.body.error?.code]).toEqual([404, 'DeletedVaultNotFound']);
  });
});
