import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ComputeManagementClient } from '@azure/arm-compute';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { ManagementLockClient } from '@azure/arm-locks';
import { RecoveryServicesClient } from '@azure/arm-recoveryservices';
import { RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup';
import { ResourceManagementClient } from '@azure/arm-resources';
import { DeploymentsClient } from '@azure/arm-resourcesdeployments';
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient, Pipeline } from '@azure/core-rest-pipeline';
import { memoizeSuccess } from '../../../core/memoize-success.ts';
import { clientOptions, type Manner, teach } from './call-policies.ts';

/** The host of the resource manager. */
export const armHost = 'management.azure.com';

// The package's own version is from 2023; VMs with Trusted Launch need a later one for a Standard policy.
/** The api-version of Azure Backup. */
export const backupVersion = '2025-02-01';

/** The api-version of deployments: the newest that the simulated Azure's evidence knows. */
const deploymentsVersion = '2025-04-01';

/** Who calls, through what, and with which call policies. */
export type Line = { readonly credential: TokenCredential; readonly httpClient: HttpClient; readonly manner: Manner };

/** One subscription's SDK clients, all on one pipeline. Each is created on first use. */
export type ArmClients = ReturnType<typeof armClients>;

/** The SDK clients of `subscription`. */
function armClients(subscription: string, { credential, httpClient, manner }: Line) {
  const options = { httpClient, ...clientOptions(manner) };
  const taught = <Client extends { readonly pipeline: Pipeline }>(make: () => Client) =>
    lazy(() => {
      const client = make();
      teach(client.pipeline, manner, armHost);
      return client;
    });
  return {
    backup: taught(
      () => new RecoveryServicesBackupClient(credential, subscription, { ...options, apiVersion: backupVersion }),
    ),
    vaults: taught(() => new RecoveryServicesClient(credential, subscription, options)),
    compute: taught(() => new ComputeManagementClient(credential, subscription, options)),
    keyVault: taught(() => new KeyVaultManagementClient(credential, subscription, options)),
    resources: taught(() => new ResourceManagementClient(credential, subscription, options)),
    deployments: taught(
      () => new DeploymentsClient(credential, subscription, { ...options, apiVersion: deploymentsVersion }),
    ),
    authorization: taught(() => new AuthorizationManagementClient(credential, subscription, options)),
    locks: taught(() => new ManagementLockClient(credential, subscription, options)),
    // Loaded when first used: they take 19 MB and 2 MB of memory, and only restores and drills need them.
    network: memoizeSuccess(async () => {
      const { NetworkManagementClient } = await import('@azure/arm-network');
      return taught(() => new NetworkManagementClient(credential, subscription, options))();
    }),
    storage: memoizeSuccess(async () => {
      const { StorageManagementClient } = await import('@azure/arm-storage');
      return taught(() => new StorageManagementClient(credential, subscription, options))();
    }),
  };
}

/** Finds the clients of a subscription, whose ID may be written in any case. */
export type ClientsOf = (subscription: string) => ArmClients;

/** The clients of every subscription on one line, made once per subscription. */
export function clientsPerSubscription(line: Line): ClientsOf {
  const known = new Map<string, ArmClients>();
  return (subscription) => {
    const key = subscription.toLowerCase();
    const clients = known.get(key) ?? armClients(key, line);
    known.set(key, clients);
    return clients;
  };
}

function lazy<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
