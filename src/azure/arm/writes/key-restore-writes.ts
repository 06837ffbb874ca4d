import type { Attempt, KeyRestores, WrappedSecret } from '../../gateway.ts';
import { required, subject } from '../parse/azure-values.ts';
import { armHost, type Line } from '../transport/arm-clients.ts';
import { keyVaultAudience, keyVaultHost, keyVaultVersion } from '../transport/key-vault-host.ts';
import type { Ask } from '../transport/observed-call.ts';
import { plainWrites, type PlainWrites } from './plain-writes.ts';
import { sentWrite } from './sent-write.ts';

/** Some newer ones enable roles on a key vault by default. */
const vaultVersion = '2024-11-01';

type Sent = { readonly uri: string; readonly attempt: Attempt };

/**
 * Writes that restore keys, bypassing the SDKs: to recover an object those first read it, including a secret's value,
 * and they send the first request twice. Key material is only in a request's body.
 */
export function keyRestoreWrites(
  line: Line,
  ask: Ask,
): Omit<KeyRestores, 'namedKey' | 'namedSecret' | 'secretVersions'> {
  const arm = plainWrites(line, `https://${armHost}`);
  const data = plainWrites(line, keyVaultAudience);
  const recover = recoverBy(data);
  const restore = restoreBy(data);
  return {
    recoverKeyVault: (keyVault, attempt) =>
      ask({ name: 'recoverKeyVault', doing: `recovering key vault ${keyVault.id}` }, async () => {
        const sent = sentWrite(attempt);
        await arm({ method: 'PUT', host: armHost, ...recovery(keyVault) }, sent);
        return sent.receipt();
      }),
    recoverKey: (uri, name, attempt) =>
      ask({ name: 'recoverKey', doing: `recovering key ${name} in ${uri}` }, () =>
        recover('deletedkeys', name, { uri, attempt }),
      ),
    recoverSecret: (uri, name, attempt) =>
      ask({ name: 'recoverSecret', doing: `recovering secret ${name} in ${uri}` }, () =>
        recover('deletedsecrets', name, { uri, attempt }),
      ),
    restoreKey: (uri, backup, attempt) =>
      ask({ name: 'restoreKey', doing: `restoring a key into ${uri}` }, () =>
        restore('keys', backup, { uri, attempt }),
      ),
    restoreSecret: (uri, backup, attempt) =>
      ask({ name: 'restoreSecret', doing: `restoring a secret into ${uri}` }, () =>
        restore('secrets', backup, { uri, attempt }),
      ),
    putSecret: (secret, attempt) =>
      ask({ name: 'putSecret', doing: `putting secret ${secret.name} into ${secret.keyVaultUri}` }, () =>
        put(data, secret, attempt),
      ),
  };
}

function recovery({ id, region, tenantId }: Parameters<KeyRestores['recoverKeyVault']>[0]) {
  const { subscription, resourceGroup, name } = subject(id);
  const parts = ['subscriptions', subscription, 'resourceGroups', resourceGroup, 'providers'];
  const path = [...parts, 'Microsoft.KeyVault', 'vaults', name].map(encodeURIComponent).join('/');
  const properties = { tenantId, sku: { family: 'A', name: 'standard' }, createMode: 'recover' };
  return { path: `/${path}?api-version=${vaultVersion}`, body: { location: region, properties } };
}

function recoverBy(data: PlainWrites) {
  return async (kind: 'deletedkeys' | 'deletedsecrets', name: string, { uri, attempt }: Sent) => {
    const sent = sentWrite(attempt);
    const path = `/${kind}/${encodeURIComponent(name)}/recover?api-version=${keyVaultVersion}`;
    await data({ method: 'POST', host: keyVaultHost(uri), path }, sent);
    return sent.receipt();
  };
}

function restoreBy(data: PlainWrites) {
  return async (kind: 'keys' | 'secrets', backup: string, { uri, attempt }: Sent) => {
    const sent = sentWrite(attempt);
    const path = `/${kind}/restore?api-version=${keyVaultVersion}`;
    const value = Buffer.from(backup, 'base64').toString('base64url');
    const write = { method: 'POST', host: keyVaultHost(uri), path, body: { value }, material: value } as const;
    const { id, key } = await data(write, sent);
    return { ...sent.receipt(), url: required(kind === 'keys' ? kidOf(key) : id, 'id') };
  };
}

async function put(data: PlainWrites, secret: WrappedSecret, attempt: Attempt) {
  const { keyVaultUri, name, value, contentType, tags } = secret;
  const sent = sentWrite(attempt);
  const path = `/secrets/${encodeURIComponent(name)}?api-version=${keyVaultVersion}`;
  const body = { value, contentType, tags };
  const { id } = await data({ method: 'PUT', host: keyVaultHost(keyVaultUri), path, body, material: value }, sent);
  return { ...sent.receipt(), url: required(id, 'id') };
}

function kidOf(key: unknown): unknown {
  return typeof key === 'object' && key !== null && 'kid' in key ? key.kid : null;
}
