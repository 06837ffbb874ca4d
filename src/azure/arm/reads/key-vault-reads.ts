import type { KeyVaultManagementClient } from '@azure/arm-keyvault';
import type { AzureReads } from '../../gateway.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { everyPage } from './every-page.ts';
import { type Ask, orNull } from '../transport/observed-call.ts';
import { required, subject } from '../parse/azure-values.ts';
import { deletedKeyVaultOf, keyOf, keyVaultFacts, secretOf } from '../parse/key-vault-facts.ts';

type ObjectRead = 'keyVersion' | 'keyVersions' | 'secret' | 'secrets';
type KeyVaultReads = Pick<AzureReads, 'keyVault' | 'deletedKeyVault' | ObjectRead>;

type KeyVaultAt = (keyVaultId: string) => {
  readonly client: KeyVaultManagementClient;
  readonly path: readonly [resourceGroup: string, name: string];
};

/** Reads of key vaults, all on the control plane: it is behind no firewall and never returns a value. */
export function keyVaultReads(clients: ClientsOf, ask: Ask): KeyVaultReads {
  const at: KeyVaultAt = (id) => {
    const { subscription, resourceGroup, name } = subject(id);
    return { client: clients(subscription).keyVault(), path: [resourceGroup, name] };
  };
  return {
    ...objectReads(at, ask),

    keyVault: (id) =>
      ask({ name: 'keyVault', doing: `reading key vault ${id}` }, async () => {
        const { client, path } = at(id);
        const vault = await orNull(client.vaults.get(...path));
        return vault && keyVaultFacts(vault);
      }),

    deletedKeyVault: (name, region, subscription) =>
      ask({ name: 'deletedKeyVault', doing: `looking for deleted key vault ${name}` }, async () => {
        const vault = await orNull(clients(subscription).keyVault().vaults.getDeleted(name, region));
        return vault && deletedKeyVaultOf(vault);
      }),
  };
}

function objectReads(at: KeyVaultAt, ask: Ask): Pick<KeyVaultReads, ObjectRead> {
  return {
    keyVersion: (keyVaultId, key, version) =>
      ask({ name: 'keyVersion', doing: `reading key ${key} of ${keyVaultId}` }, async () => {
        const { client, path } = at(keyVaultId);
        const found = await orNull(client.keys.getVersion(...path, key, version));
        return found && keyOf(found, key);
      }),

    keyVersions: (keyVaultId, key) =>
      ask({ name: 'keyVersions', doing: `listing the versions of key ${key} of ${keyVaultId}` }, async () => {
        const { client, path } = at(keyVaultId);
        const versions = await everyPage((options) => client.keys.listVersions(...path, key, options));
        return versions.map((version) => keyOf(version, key));
      }),

    secret: (keyVaultId, secret) =>
      ask({ name: 'secret', doing: `reading secret ${secret} of ${keyVaultId}` }, async () => {
        const { client, path } = at(keyVaultId);
        const found = await orNull(client.secrets.get(...path, secret));
        return found && secretOf(found, secret);
      }),

    secrets: (keyVaultId) =>
      ask({ name: 'secrets', doing: `listing the secrets of ${keyVaultId}` }, async () => {
        const { client, path } = at(keyVaultId);
        const secrets = await everyPage((options) => client.secrets.list(...path, options));
        return secrets.map((secret) => secretOf(secret, required(secret.name, 'name')));
      }),
  };
}
