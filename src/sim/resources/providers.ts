import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { page } from '../http/paging.ts';
import { same } from '../ids.ts';
import { later } from '../state/later.ts';
import { span, type World } from '../state/world.ts';
import { BACKUP_APP_ID, BACKUP_OBJECT_ID } from '../backup-app.ts';
import { versionsOf } from '../versions.ts';

/**
 * The providers that the subscription knows, with some of their types. Those in the second half are what a deployment
 * of the product needs; nothing can be created of them here. Their regions are the simulator's own, not Azure's.
 */
const PROVIDERS = new Map<string, readonly string[]>(
  Object.entries({
    'Microsoft.Compute': ['virtualMachines', 'disks'],
    'Microsoft.KeyVault': ['vaults'],
    'Microsoft.Network': ['virtualNetworks'],
    'Microsoft.RecoveryServices': ['vaults'],
    'Microsoft.Storage': ['storageAccounts'],
    'Microsoft.Authorization': [],
    'Microsoft.ClassicCompute': ['virtualMachines'],
    'Microsoft.AlertsManagement': ['actionRules'],
    'Microsoft.App': ['managedEnvironments', 'containerApps'],
    'Microsoft.BotService': ['botServices'],
    'Microsoft.DBforPostgreSQL': ['flexibleServers'],
    'Microsoft.Insights': ['actionGroups'],
    'Microsoft.ManagedIdentity': ['userAssignedIdentities'],
    'Microsoft.OperationalInsights': ['workspaces'],
    'Microsoft.Resources': ['deployments', 'resourceGroups'],
  }),
);
const REGIONS = ['West Europe', 'North Europe', 'East US'];

/** Every provider of a subscription. */
export function listProviders(call: Call): Reply {
  return ok(page(call, [...PROVIDERS.keys()], (namespace) => providerBody(call, namespace)));
}

/** One provider, by its namespace. */
export function showProvider(call: Call): Reply {
  return ok(providerBody(call, call.params.namespace ?? ''));
}

function providerBody(call: Call, asked: string): JsonBody {
  const namespace = [...PROVIDERS.keys()].find((known) => same(known, asked));
  if (!namespace)
    throw new ArmRefusal(
      404,
      'InvalidResourceNamespace',
      `The resource namespace '${asked}' is invalid.`,
    ).fromGateway();
  const { providers, offeredIn } = call.world.state;
  return {
    id: `/subscriptions/${call.params.sub ?? ''}/providers/${namespace}`,
    namespace,
    registrationPolicy: 'RegistrationRequired',
    registrationState: providers[namespace] ?? 'Registered',
    resourceTypes: (PROVIDERS.get(namespace) ?? []).map((type) => ({
      resourceType: type,
      locations: offeredIn[`${namespace}/${type}`] ?? REGIONS,
      apiVersions: [...versionsOf(`${namespace}/${type}`)].reverse(),
      capabilities: 'CrossResourceGroupResourceMove, CrossSubscriptionResourceMove, SupportsTags, SupportsLocation',
    })),
  };
}

/**
 * Registers a provider, as azure-sdk-for-go expects it (sdk/azcore/arm/runtime, policy_register_rp_test.go): 200 with
 * `Registering`, and `Registered` after a while. How long that takes is not recorded; Microsoft says minutes.
 */
export function register(call: Call): Reply {
  const { namespace, ...body } = providerBody(call, call.params.namespace ?? '');
  const { providers } = call.world.state;
  const name = String(namespace);
  if (providers[name] === 'NotRegistered') {
    providers[name] = 'Registering';
    later(call.world, span(call.world, 30, 120), { kind: 'provider-registered', namespace: name });
  }
  return ok({ ...body, namespace, registrationState: providers[name] ?? 'Registered' });
}

/** Unregisters a provider (azure-rest-api-specs, `Providers_Unregister`); that it is over at once is not recorded. */
export function unregister(call: Call): Reply {
  const { namespace, ...body } = providerBody(call, call.params.namespace ?? '');
  call.world.state.providers[String(namespace)] = 'NotRegistered';
  call.world.changed();
  return ok({ ...body, namespace, registrationState: 'Unregistered' });
}

/** Its end. */
export function endRegistration(world: World, namespace: string): void {
  world.state.providers[namespace] = 'Registered';
  if (namespace === 'Microsoft.RecoveryServices') addBackupApplication(world);
}

/** Registering creates the application's service principal in the tenant. */
function addBackupApplication(world: World): void {
  const { servicePrincipals } = world.state.directory;
  if (servicePrincipals.some((known) => known.appId === BACKUP_APP_ID)) return;
  servicePrincipals.push({ id: BACKUP_OBJECT_ID, appId: BACKUP_APP_ID, name: 'Backup Management Service' });
}
