import type { TokenCredential } from '@azure/core-auth';
import { readFile } from 'node:fs/promises';
import { credentialEnds } from '../../azure/arm/credential-ends.ts';
import { armHost } from '../../azure/arm/transport/arm-clients.ts';
import { createArmGateway } from '../../azure/arm/arm-gateway.ts';
import { boundedCredential } from '../../azure/arm/transport/bounded-credential.ts';
import { graphGet, graphPost } from '../../azure/arm/transport/graph-post.ts';
import { plainReads } from '../../azure/arm/reads/plain-reads.ts';
import type { AzureGateway, Permissions } from '../../azure/gateway.ts';
import { azureAccess } from '../../compose/azure-access.ts';
import type { Settings } from '../../config/settings.ts';
import { systemClock } from '../../core/clock.ts';
import type { CredentialEnd } from '../../core/own-credential.ts';
import { graphGroups } from '../../people/graph-groups.ts';
import type { GroupReads } from '../../people/groups.ts';
import { alertRoutes, type AlertRoutes } from './alert-routes.ts';
import { permissionsAtSubscription } from './permissions-at.ts';
import { outboundClient } from '../../outbound/client.ts';

/** Azure as the doctor reads it: with the same identities and the same clients as the product. */
export type AzureLine = {
  readonly gateway: AzureGateway;
  readonly operate: TokenCredential;
  readonly grant: TokenCredential | null;
  readonly restore: TokenCredential | null;
  readonly groups: GroupReads;
  /** When Kluis's own credentials expire. */
  credentialEnds(): Promise<readonly CredentialEnd[]>;
  permissionsAtSubscription(subscription: string): Promise<Permissions>;
  alertRoutes(subscription: string): Promise<AlertRoutes>;
};

const tokenMs = 20_000;

/** Opens it; nothing is read yet. `simulatorUrl` is null for the real Azure. */
export function azureLine(settings: Settings, simulatorUrl: string | null): AzureLine {
  const access = azureAccess({ settings, simulatorUrl });
  const operate = boundedCredential(access.operate, tokenMs);
  const grant = access.grant && boundedCredential(access.grant, tokenMs);
  const restore = access.restore && boundedCredential(access.restore, tokenMs);
  const httpClient = access.httpClient ?? outboundClient();
  const manner = { kind: 'read', timeoutMs: 15_000, retryDelayMs: 500 } as const;
  const read = plainReads(armHost, { credential: operate, httpClient, manner });
  const subscriptions = settings.azure.subscriptionIds;
  const graph = graphGet(operate, httpClient);
  const text = (path: string) => readFile(path, 'utf8');
  return {
    gateway: createArmGateway({ subscriptions, operate, grant, restore, httpClient, clock: systemClock }),
    operate,
    grant,
    restore,
    groups: graphGroups({ post: graphPost(operate, httpClient), get: graph }),
    credentialEnds: () => credentialEnds(settings.credentials, { graph, text }),
    alertRoutes: (subscription) => alertRoutes(read, subscription),
    permissionsAtSubscription: (subscription) => permissionsAtSubscription(read, subscription),
  };
}
