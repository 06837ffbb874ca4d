import type { HttpClient } from '@azure/core-rest-pipeline';
import { azureCredentials, type Credentials } from '../azure/arm/transport/credentials.ts';
import { forwardingClient } from '../azure/arm/transport/forwarding-client.ts';
import { simulatorCredential } from '../azure/arm/transport/simulator-credential.ts';
import type { Settings } from '../config/settings.ts';

/** Who asks Azure, and through what; without `httpClient` it is the real one. */
type AzureAccess = Credentials & { readonly httpClient?: HttpClient };

/** The identities, and the forwarding HTTP client while the simulator is used. */
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
