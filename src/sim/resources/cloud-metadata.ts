import type { Call } from '../http/call.ts';
import { ok, type Reply } from '../http/reply.ts';
import { same } from '../ids.ts';

/** Whether this is the only call that ARM answers without a token: a client's first one when it registers a cloud. */
export function asksForCloud(call: Call): boolean {
  return call.method === 'GET' && same(call.path, '/metadata/endpoints');
}

/** The endpoints of this cloud: ARM and Graph at the address that the caller used, the rest is public Azure's. */
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
  // In the 2019 api-version it was a list of clouds.
  return ok(call.version.startsWith('2019') ? [cloud] : cloud, 'none');
}
