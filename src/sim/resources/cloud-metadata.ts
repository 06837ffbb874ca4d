import type { Call } from '../http/call.ts';
import { ok, type Reply } from '../http/reply.ts';
import { same } from '../ids.ts';

/** Whether this is the one call that ARM answers without a token: a client that registers a cloud begins with it. */
export function asksForCloud(call: Call): boolean {
  return call.method === 'GET' && same(call.path, '/metadata/endpoints');
}

/** The endpoints of this cloud: ARM and Graph are where the caller reached it, the rest is public Azure's. */
export function cloudMetadata(call: Call): Reply {
  const cloud = {
    name: 'AzureCloud',
    portal: 'https://portal.azure.com',
    authentication: {
      loginEndpoint: 'https://login.microsoftonline.com',
      audiences: ['https://management.core.windows.net/', 'https://management.azure.com/'],
      tenant: 'common',
      identityProvider: 'AAD',
    },
    graphAudience: 'https://graph.windows.net/',
    graph: 'https://graph.windows.net/',
    microsoftGraphResourceId: `${call.base}/`,
    resourceManager: `${call.base}/`,
    suffixes: {
      acrLoginServer: 'azurecr.io',
      keyVaultDns: 'vault.azure.net',
      sqlServerHostname: 'database.windows.net',
      storage: 'core.windows.net',
    },
  };
  // In the api-version of 2019 it was a list of clouds.
  return ok(call.version.startsWith('2019') ? [cloud] : cloud, 'none');
}
