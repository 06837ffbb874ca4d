import type { HttpClient } from '@azure/core-rest-pipeline';
import {
  azureCredentials,
  botFrameworkToken,
  databaseToken,
  type Credentials,
} from '../azure/arm/transport/credentials.ts';
import { forwardingClient } from '../azure/arm/transport/forwarding-client.ts';
import { simulatorCredential } from '../azure/arm/transport/simulator-credential.ts';
import type { DatabaseSetting } from '../config/settings/database-settings.ts';
import type { TeamsSetting } from '../config/settings/teams-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { DatabaseLocation } from '../store/open-to-read.ts';
import { fetchToken } from '../teams/endpoint/authentication.ts';

/** The identities that call Azure, and the HTTP client they use; without `httpClient` it is the real Azure. */
type AzureAccess = Credentials & { readonly httpClient?: HttpClient };

/** The identities, and with the simulator the forwarding HTTP client. */
export function azureAccess({
  settings,
  simulatorUrl,
}: {
  readonly settings: Settings;
  readonly simulatorUrl: string | null;
}): AzureAccess {
  if (simulatorUrl === null) return azureCredentials(settings);
  return {
    operate: simulatorCredential('kluis-operate'),
    grant: simulatorCredential('kluis-grant'),
    restore: simulatorCredential('kluis-restore'),
    httpClient: forwardingClient(simulatorUrl),
  };
}

/** Where the bot's own tokens come from: botbuilder, which doesn't know the token of workload identity, or Entra. */
export function botTokens({ appId, appTenantId, tokenFilePath }: TeamsSetting): typeof fetchToken {
  if (tokenFilePath === null || appTenantId === null) return fetchToken;
  const token = botFrameworkToken({ tenantId: appTenantId, clientId: appId, tokenFilePath });
  return (_, fresh) => token(fresh);
}

/** Where the database is, and how Kluis signs in to it. `clientId` chooses the operating identity. */
export function databaseLocation(
  { databaseUrl, databaseSignIn, dataDir }: DatabaseSetting,
  clientId: string | null,
): DatabaseLocation {
  return { databaseUrl, dataDir, token: databaseSignIn === 'entra' ? databaseToken(clientId) : null };
}
