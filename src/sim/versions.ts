import type { Call } from './http/call.ts';
import type { Route } from './http/route.ts';
import { ArmRefusal } from './http/reply.ts';

const BACKUP = [
  '2016-06-01',
  '2016-08-10',
  '2016-12-01',
  '2017-07-01',
  '2018-12-20',
  '2019-05-13',
  '2019-05-13-preview',
  '2019-06-15',
  '2020-02-02',
  '2020-10-01',
  '2020-12-01',
  '2021-01-01',
  '2021-02-01',
  '2021-03-01',
  '2021-04-01',
  '2021-06-01',
  '2021-07-01',
  '2021-08-01',
  '2021-10-01',
  '2021-12-01',
  '2022-01-01',
  '2022-02-01',
  '2022-03-01',
  '2022-04-01',
  '2022-10-01',
  '2023-01-01',
  '2023-02-01',
  '2023-04-01',
  '2023-06-01',
  '2023-08-01',
  '2024-01-01',
  '2024-02-01',
  '2024-04-01',
  '2024-07-30-preview',
  '2024-10-01',
  '2025-01-01',
  '2025-02-01',
  '2025-08-01',
  '2026-01-01',
];
const VAULTS = [
  '2016-06-01',
  '2018-01-10',
  '2020-02-02',
  '2020-10-01',
  '2021-01-01',
  '2021-02-10',
  '2021-03-01',
  '2021-04-01',
  '2021-06-01',
  '2021-07-01',
  '2021-08-01',
  '2021-10-01',
  '2021-11-01-preview',
  '2021-12-01',
  '2022-01-01',
  '2022-02-01',
  '2022-03-01',
  '2022-04-01',
  '2022-08-01',
  '2022-09-10',
  '2022-10-01',
  '2023-01-01',
  '2023-02-01',
  '2023-04-01',
  '2023-06-01',
  '2023-08-01',
  '2024-01-01',
  '2024-02-01',
  '2024-04-01',
  '2024-09-30-preview',
  '2024-10-01',
  '2025-02-01',
  '2025-08-01',
  '2026-01-01',
  '2026-02-01',
  '2026-05-01',
  '2026-07-01',
];
const VMS = [
  '2019-07-01',
  '2019-12-01',
  '2020-06-01',
  '2020-12-01',
  '2021-03-01',
  '2021-07-01',
  '2021-11-01',
  '2022-03-01',
  '2022-08-01',
  '2022-11-01',
  '2023-03-01',
  '2023-07-01',
  '2023-09-01',
  '2024-03-01',
  '2024-07-01',
  '2024-11-01',
  '2025-04-01',
  '2025-11-01',
  '2026-04-01',
];
const DISKS = [
  '2019-07-01',
  '2019-11-01',
  '2020-05-01',
  '2020-09-30',
  '2020-12-01',
  '2021-04-01',
  '2021-08-01',
  '2021-12-01',
  '2022-03-02',
  '2022-07-02',
  '2023-01-02',
  '2023-04-02',
  '2023-10-02',
  '2024-03-02',
  '2025-01-02',
  '2026-03-02',
];
const KEY_VAULTS = [
  '2018-02-14',
  '2019-09-01',
  '2020-04-01-preview',
  '2021-04-01-preview',
  '2021-06-01-preview',
  '2021-10-01',
  '2021-11-01-preview',
  '2022-02-01-preview',
  '2022-07-01',
  '2022-11-01',
  '2023-02-01',
  '2023-07-01',
  '2024-04-01-preview',
  '2024-11-01',
  '2025-05-01',
  '2026-02-01',
];
const NETWORKS = [
  '2016-03-30',
  '2017-06-01',
  '2018-06-01',
  '2018-11-01',
  '2019-11-01',
  '2020-06-01',
  '2020-11-01',
  '2021-05-01',
  '2022-07-01',
  '2023-05-01',
  '2023-11-01',
  '2024-01-01',
  '2024-05-01',
  '2024-07-01',
  '2024-10-01',
  '2025-03-01',
  '2025-05-01',
  '2026-01-01',
];
const RESOURCES = [
  '2015-01-01',
  '2015-11-01',
  '2016-06-01',
  '2016-09-01',
  '2018-05-01',
  '2019-05-01',
  '2019-10-01',
  '2020-06-01',
  '2020-10-01',
  '2021-01-01',
  '2021-04-01',
  '2022-09-01',
  '2023-07-01',
  '2024-03-01',
  '2024-07-01',
  '2024-11-01',
  '2025-03-01',
  '2025-04-01',
];
const SUBSCRIPTIONS = [
  '2016-06-01',
  '2018-06-01',
  '2019-06-01',
  '2019-11-01',
  '2020-01-01',
  '2021-01-01',
  '2022-12-01',
  '2024-03-01',
  '2025-04-01',
];
const ASSIGNMENTS = [
  '2015-07-01',
  '2018-07-01',
  '2018-09-01-preview',
  '2020-04-01-preview',
  '2020-10-01-preview',
  '2022-01-01-preview',
  '2022-04-01',
];
const DEFINITIONS = [
  '2015-07-01',
  '2018-01-01-preview',
  '2018-07-01',
  '2022-04-01',
  '2022-05-01-preview',
  '2023-07-01-preview',
];

/**
 * The api-versions that each resource type knows: those of the SDKs, of Azure CLI 2.74, of recorded traffic, and some
 * between.
 */
const KNOWN: Record<string, readonly string[]> = {
  'Microsoft.AlertsManagement/actionRules': ['2019-05-05-preview', '2021-08-08'],
  'Microsoft.Insights/actionGroups': ['2019-06-01', '2021-09-01', '2022-06-01', '2023-01-01'],
  'Microsoft.Insights/eventtypes': ['2015-04-01'],
  'Microsoft.RecoveryServices/vaults': VAULTS,
  'Microsoft.RecoveryServices/vaults/backup': BACKUP,
  'Microsoft.RecoveryServices/locations': BACKUP,
  'Microsoft.Compute/virtualMachines': VMS,
  'Microsoft.Compute/disks': DISKS,
  'Microsoft.Compute/skus': ['2017-03-30', '2017-09-01', '2019-04-01', '2021-07-01'],
  'Microsoft.ClassicCompute/virtualMachines': ['2015-12-01', '2016-11-01', '2017-04-01', '2020-02-01', '2021-02-01'],
  'Microsoft.KeyVault/vaults': KEY_VAULTS,
  'Microsoft.Network/virtualNetworks': NETWORKS,
  'Microsoft.Network/networkInterfaces': NETWORKS,
  'Microsoft.Network/publicIPAddresses': NETWORKS,
  'Microsoft.Network/networkSecurityGroups': NETWORKS,
  'Microsoft.Network/routeTables': NETWORKS,
  'Microsoft.Resources/tags': RESOURCES.filter((version) => version >= '2019-10-01'),
  'Microsoft.Resources/deployments': RESOURCES,
  'Microsoft.Storage/storageAccounts': [
    '2016-01-01',
    '2019-06-01',
    '2021-09-01',
    '2022-05-01',
    '2022-09-01',
    '2023-01-01',
    '2023-05-01',
    '2024-01-01',
    '2025-06-01',
    '2026-09-01',
  ],
  'Microsoft.Resources/resources': RESOURCES,
  'Microsoft.Resources/subscriptions': [...SUBSCRIPTIONS, ...RESOURCES],
  'Microsoft.Authorization/roleAssignments': ASSIGNMENTS,
  'Microsoft.Authorization/roleDefinitions': DEFINITIONS,
  'Microsoft.Authorization/denyAssignments': ['2018-07-01-preview', '2022-04-01', '2024-07-01-preview'],
  'Microsoft.Authorization/permissions': ['2015-07-01', '2018-07-01', '2022-04-01', '2022-05-01-preview'],
  'Microsoft.Authorization/locks': ['2015-01-01', '2016-09-01', '2017-04-01', '2020-05-01'],
};

/** The api-versions of a type, oldest first. */
export function versionsOf(type: string): readonly string[] {
  return [...new Set(Object.hasOwn(KNOWN, type) ? KNOWN[type] : [])].sort();
}

/** Refuses a call without an api-version, or with one that its type doesn't know, as ARM does. */
export function enforceVersion(call: Call, route: Route): void {
  const known = versionsOf(route.type);
  if (known.length === 0) return;
  if (call.version === '') {
    throw new ArmRefusal(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    ).fromGateway();
  }
  if (!known.includes(call.version)) throw unknownVersion(route.type, call.version, known);
}

/** ARM's refusal of an api-version that a type doesn't know. */
export function unknownVersion(type: string, version: string, known: readonly string[]): ArmRefusal {
  const supported = [...known].reverse().join(', ');
  if (type.startsWith('Microsoft.Resources/')) {
    const text = `The api-version '${version}' is invalid. The supported versions are '${supported}'.`;
    return new ArmRefusal(400, 'InvalidApiVersionParameter', text).fromGateway();
  }
  const name = type.split('/').slice(1).join('/');
  return new ArmRefusal(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location 'westeurope' and API version '${version}' for type '${name}'. The supported api-versions are '${supported}'. The supported locations are 'westeurope, northeurope, eastus'.`,
  ).fromGateway();
}
