import type { AzureReads } from '../gateway.ts';
import type { ClientsOf } from './arm-clients.ts';
import { everyPage } from './every-page.ts';
import { WireFailure } from './map-fault.ts';
import type { Ask } from './observed-call.ts';
import { permissionsOf } from './parse/authorization-facts.ts';

const group = /^\/+subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/*$/i;
const resource =
  /^\/+subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/(?:(.+)\/)?([^/]+)\/([^/]+)\/*$/i;

/** Reads what the asking identity may do, at a resource or a resource group. */
export function permissionReads(clients: ClientsOf, ask: Ask): Pick<AzureReads, 'permissions'> {
  return {
    permissions: (resourceId) =>
      ask({ name: 'permissions', doing: `asking what is allowed at ${resourceId}` }, async () =>
        permissionsOf(await everyPage((options) => listing(clients, resourceId, options))),
      ),
  };
}

type Options = Parameters<Parameters<typeof everyPage>[0]>[0];

function listing(clients: ClientsOf, id: string, options: Options) {
  const [, groupSubscription, groupName] = group.exec(id) ?? [];
  if (groupSubscription && groupName) {
    return clients(groupSubscription).authorization().permissions.listForResourceGroup(groupName, options);
  }
  const [, subscription, resourceGroup, provider, parent = '', type, name] = resource.exec(id) ?? [];
  if (!subscription || !resourceGroup || !provider || !type || !name) {
    throw new WireFailure({ kind: 'refused', code: 'NoResourceId' });
  }
  const { permissions } = clients(subscription).authorization();
  // The package takes six parameters here; a resource without a parent leaves a doubled slash, which Azure serves.
  return permissions.listForResource(resourceGroup, provider, parent, type, name, options);
}
