import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { azureCredentials } from '../azure/arm/transport/credentials.ts';
import { forwardingClient } from '../azure/arm/transport/forwarding-client.ts';
import { simulatorCredential } from '../azure/arm/transport/simulator-credential.ts';
import type { Settings } from '../config/settings.ts';

/** Who asks Azure, and through what; without `httpClient` it is the real one. */
type WayToAzure = {
  readonly operate: TokenCredential;
  readonly grant: TokenCredential | null;
  readonly httpClient?: HttpClient;
};

/** The identities, and the way to the simulator while it is used. */
export function wayToAzure({
  settings,
  simulatorUrl,
}: {
  readonly settings: Settings;
  readonly simulatorUrl: string | null;
}): WayToAzure {
  if (simulatorUrl === null) return azureCredentials(settings);
  const [operate, grant] = [simulatorCredential('kluis-operate'), simulatorCredential('kluis-grant')];
  return { operate, grant, httpClient: forwardingClient(simulatorUrl) };
}
