import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';
import type { Route } from '../http/route.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { orTerms } from '../http/filter.ts';
import { page } from '../http/paging.ts';
import { diskId, idOf, interfaceId, keyVaultId, same, vaultId, virtualNetworkId, vmId } from '../ids.ts';
import type { NetworkPartSpec } from '../state/state-network.ts';
import { mayRead, visible } from '../access/visible.ts';
import { listed } from '../http/place.ts';
import { addTagsRoute } from './add-tags.ts';
import { listStorageAccounts, showStorageAccount } from './storage-account.ts';
import { listEnvironmentUsages, listServerCapabilities, listServerUsages } from './deployment-usages.ts';
import { listProviders, register, showProvider, unregister } from './providers.ts';

const SUB = '/subscriptions/:sub';
const SUBSCRIPTIONS = 'Microsoft.Resources/subscriptions';
const RESOURCES = 'Microsoft.Resources/resources';

/** The simulated calls of ARM itself: tenants, subscriptions, groups, providers, resources. */
export const resourceRoutes: Route[] = [
  route('/tenants', null, listTenants),
  route('/subscriptions', null, (call) =>
    ok(page(call, call.world.state.subscriptions, (one) => subscriptionBody(call, one))),
  ),
  route(SUB, 'Microsoft.Resources/subscriptions/read', showSubscription),
  route(`${SUB}/resourcegroups`, 'Microsoft.Resources/subscriptions/resourceGroups/read', listGroups),
  route(`${SUB}/resourcegroups/:group`, 'Microsoft.Resources/subscriptions/resourceGroups/read', showGroup),
  route(`${SUB}/providers`, 'Microsoft.Resources/subscriptions/providers/read', listProviders),
  route(`${SUB}/providers/:namespace`, 'Microsoft.Resources/subscriptions/providers/read', showProvider),
  {
    method: 'POST',
    path: `${SUB}/providers/:namespace/register`,
    type: RESOURCES,
    action: 'Microsoft.RecoveryServices/register/action',
    handle: register,
  },
  {
    method: 'POST',
    path: `${SUB}/providers/:namespace/unregister`,
    type: RESOURCES,
    action: 'Microsoft.RecoveryServices/unregister/action',
    handle: unregister,
  },
  route(`${SUB}/resources`, 'Microsoft.Resources/subscriptions/resources/read', listResources),
  route(
    `${SUB}/resourcegroups/:group/resources`,
    'Microsoft.Resources/subscriptions/resourceGroups/resources/read',
    listResources,
  ),
  {
    method: 'GET',
    path: `${SUB}/resourcegroups/:group/providers/microsoft.storage/storageaccounts/:name`,
    type: 'Microsoft.Storage/storageAccounts',
    action: 'Microsoft.Storage/storageAccounts/read',
    handle: showStorageAccount,
  },
  {
    method: 'GET',
    path: `${SUB}/providers/microsoft.storage/storageaccounts`,
    type: 'Microsoft.Storage/storageAccounts',
    action: 'Microsoft.Storage/storageAccounts/read',
    handle: listStorageAccounts,
  },
  {
    method: 'GET',
    path: `${SUB}/providers/microsoft.app/locations/:region/usages`,
    type: 'Microsoft.App/managedEnvironments',
    action: 'Microsoft.App/locations/usages/read',
    handle: listEnvironmentUsages,
  },
  {
    method: 'GET',
    path: `${SUB}/providers/microsoft.dbforpostgresql/locations/:region/resourcetype/flexibleservers/usages`,
    type: 'Microsoft.DBforPostgreSQL/flexibleServers',
    action: 'Microsoft.DBforPostgreSQL/locations/resourceType/usages/read',
    handle: listServerUsages,
  },
  {
    method: 'GET',
    path: `${SUB}/providers/microsoft.dbforpostgresql/locations/:region/capabilities`,
    type: 'Microsoft.DBforPostgreSQL/flexibleServers',
    action: 'Microsoft.DBforPostgreSQL/locations/capabilities/read',
    handle: listServerCapabilities,
  },
  addTagsRoute,
];

function route(path: string, action: string | null, handle: Route['handle']): Route {
  const type = path === SUB || !path.startsWith(SUB) ? SUBSCRIPTIONS : RESOURCES;
  return { method: 'GET', path, type, action, handle };
}

function listTenants(call: Call): Reply {
  const { tenantId } = call.world.state;
  const tenant = {
    id: `/tenants/${tenantId}`,
    tenantId,
    countryCode: 'NL',
    displayName: 'Contoso',
    domains: ['contoso.example'],
    tenantCategory: 'Home',
    defaultDomain: 'contoso.example',
    tenantType: 'AAD',
  };
  return ok({ value: [tenant] });
}

function subscriptionBody(call: Call, one: { id: string; name: string }): JsonBody {
  return {
    id: `/subscriptions/${one.id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: one.id,
    tenantId: call.world.state.tenantId,
    displayName: one.name,
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'EnterpriseAgreement_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}

function showSubscription(call: Call): Reply {
  const found = call.world.state.subscriptions.find((one) => same(one.id, call.params.sub));
  if (!found)
    throw new ArmRefusal(
      404,
      'SubscriptionNotFound',
      `The subscription '${call.params.sub ?? ''}' could not be found.`,
    ).fromGateway();
  return ok(subscriptionBody(call, found));
}

function listGroups(call: Call): Reply {
  const found = call.world.state.resourceGroups.filter((group) => same(group.subscription, call.params.sub));
  return ok(page(call, found, groupBody));
}

function showGroup(call: Call): Reply {
  const found = call.world.state.resourceGroups.find(
    (group) => same(group.subscription, call.params.sub) && same(group.name, call.params.group),
  );
  if (!found)
    throw new ArmRefusal(
      404,
      'ResourceGroupNotFound',
      `Resource group '${call.params.group ?? ''}' could not be found.`,
    ).fromGateway();
  return ok(groupBody(found));
}

function groupBody(group: {
  subscription: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  managedBy?: string;
}): JsonBody {
  return {
    id: `/subscriptions/${group.subscription}/resourceGroups/${group.name}`,
    name: group.name,
    type: 'Microsoft.Resources/resourceGroups',
    location: group.location,
    tags: group.tags,
    ...(group.managedBy ? { managedBy: group.managedBy } : {}),
    properties: { provisioningState: 'Succeeded' },
  };
}

type Entry = {
  id: string;
  name: string;
  type: string;
  location: string;
  tags?: Record<string, string>;
  managedBy?: string;
  createdTime?: string;
};

/** Resources without their properties. Filters on type, name, group and tag are known, joined by `and` or `or`. */
function listResources(call: Call): Reply {
  const alternatives = orTerms(call.query.get('$filter'));
  const found = entries(call).filter((entry) => {
    if (!visible(call, entry.id, `${entry.type}/read`)) return false;
    return alternatives.length === 0 || alternatives.some((terms) => terms.every((term) => fits(entry, term)));
  });
  // createdTime is returned only on request (azure-rest-api-specs Resources_List, $expand).
  const isTimed = /(^|,)\s*createdTime\s*(,|$)/i.test(call.query.get('$expand') ?? '');
  return ok(
    page(call, found, ({ createdTime, ...entry }) => ({
      ...entry,
      ...(isTimed && createdTime ? { createdTime } : {}),
      tags: entry.tags ?? {},
    })),
  );
}

function fits(entry: Entry, term: { name: string; operator: string; value: string }): boolean {
  const known: Record<string, string | undefined> = {
    resourcetype: entry.type,
    name: entry.name,
    location: entry.location,
    resourcegroup: entry.id.split('/')[4],
  };
  // Resources_List: `tagName eq 'x'` finds whatever carries that tag.
  if (term.name === 'tagname') return Object.keys(entry.tags ?? {}).some((tag) => same(tag, term.value));
  const equal = same(Object.hasOwn(known, term.name) ? known[term.name] : undefined, term.value);
  return term.operator === 'ne' ? !equal : equal;
}

function entries(call: Call): Entry[] {
  const { state } = call.world;
  const vms = state.vms.map((one) => ({
    ...entry(one, vmId(one), 'Microsoft.Compute/virtualMachines'),
    createdTime: one.created,
  }));
  const disks = state.disks.map((one) => ({
    ...entry(one, diskId(one), 'Microsoft.Compute/disks'),
    ...(one.managedBy ? { managedBy: one.managedBy } : {}),
  }));
  const keyVaults = state.keyVaults.map((one) => entry(one, keyVaultId(one), 'Microsoft.KeyVault/vaults'));
  const vaults = state.vaults.map((one) => entry(one, vaultId(one), 'Microsoft.RecoveryServices/vaults'));
  const networkType = 'Microsoft.Network/virtualNetworks';
  const networks = state.virtualNetworks.map((one) => entry(one, virtualNetworkId(one), networkType));
  const parts = [
    ...state.networkInterfaces.map((one) => entry(one, interfaceId(one), 'Microsoft.Network/networkInterfaces')),
    ...state.publicAddresses.map((one) => partEntry(one, 'Microsoft.Network/publicIPAddresses')),
    ...state.securityGroups.map((one) => partEntry(one, 'Microsoft.Network/networkSecurityGroups')),
  ];
  const classicType = 'Microsoft.ClassicCompute/virtualMachines';
  // A list contains the resources that the caller may read; only for this type does a role of the product decide that.
  const classic = state.classicVms
    .map((one) => entry(one, idOf(classicType, one), classicType))
    .filter(({ id }) => mayRead(call, id, `${classicType}/read`));
  const all = [...vms, ...disks, ...networks, ...parts, ...keyVaults, ...vaults, ...classic];
  return all.filter((one) =>
    listed(call, {
      subscription: one.id.split('/')[2] ?? '',
      resourceGroup: one.id.split('/')[4] ?? '',
      name: one.name,
    }),
  );
}

function partEntry(one: NetworkPartSpec, type: string): Entry {
  return entry(one, idOf(type, one), type);
}

function entry(
  one: { name: string; location: string; tags?: Record<string, string> },
  id: string,
  type: string,
): Entry {
  return { id, name: one.name, type, location: one.location, ...(one.tags ? { tags: one.tags } : {}) };
}
