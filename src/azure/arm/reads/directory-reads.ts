import type { AzureReads } from '../../gateway.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { type Ask, orNull } from '../transport/observed-call.ts';
import { required } from '../parse/azure-values.ts';
import type { PlainReads } from './plain-reads.ts';

type DirectoryReads = Pick<AzureReads, 'providerState' | 'servicePrincipalId' | 'tenantId'>;

/** Where what surrounds the resources is read: the directory from Graph, the subscription from the resource manager. */
type Surroundings = { readonly clients: ClientsOf; readonly graph: PlainReads; readonly arm: PlainReads };

const subscriptionVersion = '2022-12-01';

/** Reads of the directory and of the subscription itself. */
export function directoryReads({ clients, graph, arm }: Surroundings, ask: Ask): DirectoryReads {
  return {
    providerState: (subscription, namespace) =>
      ask({ name: 'providerState', doing: `asking whether ${namespace} is registered` }, async () => {
        const provider = await orNull(clients(subscription).resources().providers.get(namespace));
        return provider && required(provider.registrationState, 'registrationState');
      }),

    servicePrincipalId: (appId) =>
      ask({ name: 'servicePrincipalId', doing: `looking for application ${appId} in the directory` }, async () => {
        const path = `/v1.0/servicePrincipals(appId='${encodeURIComponent(appId)}')?$select=id`;
        const principal = await orNull(graph(path));
        return principal && required(principal['id'], 'id');
      }),

    tenantId: (subscription) =>
      ask({ name: 'tenantId', doing: `reading subscription ${subscription}` }, async () => {
        const path = `/subscriptions/${encodeURIComponent(subscription)}?api-version=${subscriptionVersion}`;
        const found = await orNull(arm(path));
        return found && required(found['tenantId'], 'tenantId');
      }),
  };
}
