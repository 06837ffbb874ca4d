import type { HttpClient } from '@azure/core-rest-pipeline';
import { azureCredentials, type Credentials } from '../azure/arm/transport/credentials.ts';
import { forwardingClient } from '../azure/arm/transport/forwarding-client.ts';
import { simulatorCredential } from '../azure/arm/transport/simulator-credential.ts';
import type { Settings } from '../config/settings.ts';

/** Who asks Azure, and through what; without `httpClient` it is the real one. */
type WayToAzure = Credentials & { readonly httpClient?: HttpClient };

/** The identities, and the way to the simulator while it is used. */
export function wayToAzure({
  settings,
  simulatorUrl,
}: {
  readonly settings: Settings;
  readonly simulatorUrl: string | null;
}): WayToAzure {
  if (simulatorUrl === null) return azureCredentials(settings);
  return {
    operate: simulatorCredential('kluis-operate'),
    grant: simulatorCredential('kluis-grant'),
    restore: simulatorCredential('kluis-restore'),
    httpClient: forwardingClient(simulatorUrl),
  };
}
