import type { SimState } from '../state/state.ts';
import type { StorageAccountSpec } from '../state/state-storage.ts';
import type { VaultSpec } from '../state/state-backup.ts';
import { same, vaultId, vmId } from '../ids.ts';
import { stamp } from '../times.ts';
import { contosoLosses, contosoMachines } from './contoso-machines.ts';
import { contosoProtection } from './contoso-protection.ts';
import { emptyState } from '../state/empty.ts';
import { identityAssignments } from './identities.ts';
import { estateKeyVaults } from './key-vaults.ts';
import { GROUP, PEOPLE, ROLE, SUBSCRIPTION, TENANT } from './known.ts';
import { BACKUP_APP_ID, BACKUP_OBJECT_ID } from '../backup-app.ts';
import { IDENTITIES } from '../http/call.ts';
import { guidOf } from '../invented.ts';
import { estateNetworks, estateSecurityGroups, NETWORK_GROUP } from './networks.ts';
import { estatePolicies } from './policies.ts';
import { estateRoles } from './roles.ts';

const GROUPS: Record<string, string> = {
  'rg-sql': 'westeurope',
  'rg-web': 'westeurope',
  'rg-hr': 'westeurope',
  'rg-old': 'westeurope',
  'rg-app': 'westeurope',
  'rg-backup': 'westeurope',
  'rg-security': 'westeurope',
  'rg-staging': 'westeurope',
  'rg-restore': 'westeurope',
  'rg-drills': 'westeurope',
  [NETWORK_GROUP]: 'westeurope',
  'rg-us': 'eastus',
  'rg-neu': 'northeurope',
  AzureBackupRG_westeurope_1: 'westeurope',
  AzureBackupRG_northeurope_1: 'northeurope',
};

/** The simulated estate "contoso" as of `now`. */
export function contoso(now: Date): SimState {
  const state = emptyState(TENANT);
  state.subscriptions = [{ id: SUBSCRIPTION, name: 'Contoso Production' }];
  state.resourceGroups = Object.entries(GROUPS).map(([name, location]) => ({
    subscription: SUBSCRIPTION,
    name,
    location,
    tags: {},
    // As Terraform exports it (`managed_by` of azurerm_resource_group).
    ...(name.startsWith('AzureBackupRG_')
      ? { managedBy: `subscriptions/${SUBSCRIPTION}/providers/Microsoft.RecoveryServices/` }
      : {}),
  }));
  state.storageAccounts = stagingAccounts();
  state.keyVaults = estateKeyVaults();
  state.virtualNetworks = estateNetworks();
  state.securityGroups = estateSecurityGroups();
  contosoMachines(state, now);
  state.vaults = contosoVaults(now);
  state.policies = state.vaults.flatMap((vault) => estatePolicies(vaultId(vault), vault.name !== 'rsv-test-weu'));
  leaveUndiscovered(state);
  contosoProtection(state, now);
  contosoLosses(state, now);
  contosoDirectory(state);
  return state;
}

function contosoVaults(now: Date): VaultSpec[] {
  const changed = stamp(new Date(now.getTime() - 40 * 86_400_000));
  const guard = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-security/providers/Microsoft.DataProtection/resourceGuards/guard-prod`;
  const defaults = {
    subscription: SUBSCRIPTION,
    resourceGroup: 'rg-backup',
    location: 'westeurope',
    tags: {},
    sku: { name: 'RS0', tier: 'Standard' },
    redundancy: 'GeoRedundant' as const,
    softDelete: 'Enabled' as const,
    softDeleteDays: 14,
    enhancedSecurity: 'Enabled',
    immutability: 'Disabled' as const,
    provisioning: 'Succeeded' as const,
    undiscovered: [],
    changed,
  };
  return [
    { ...defaults, name: 'rsv-prod-weu', tags: { 'kluis-default': 'true', env: 'prod' } },
    { ...defaults, name: 'rsv-test-weu', redundancy: 'LocallyRedundant', tags: { env: 'test' } },
    {
      ...defaults,
      name: 'rsv-prod-neu',
      location: 'northeurope',
      tags: { env: 'prod' },
      guard: { name: 'VaultProxy', resourceGuardId: guard, updated: changed },
    },
  ];
}

/**
 * One that accepts restores in West Europe; the others are in the wrong region, behind a firewall, or of the wrong
 * kind.
 */
function stagingAccounts(): StorageAccountSpec[] {
  const account = (name: string, more: Partial<StorageAccountSpec> = {}): StorageAccountSpec => ({
    subscription: SUBSCRIPTION,
    resourceGroup: 'rg-staging',
    name,
    location: 'westeurope',
    created: '2025-09-01T09:00:00.0000000Z',
    kind: 'StorageV2',
    ...more,
  });
  return [
    account('stkluisweu'),
    account('stkluisneu', { location: 'northeurope' }),
    account('stclosedweu', { firewalled: true }),
    account('stblobweu', { kind: 'BlobStorage' }),
  ];
}

/** VMs so new that a vault finds them only after a container refresh. */
function leaveUndiscovered(state: SimState): void {
  const fresh = state.vms.filter((vm) => ['vm-sql-01', 'vm-web-02'].includes(vm.name)).map(vmId);
  for (const vault of state.vaults) {
    vault.undiscovered = fresh.filter((id) =>
      state.vms.some((vm) => same(vmId(vm), id) && vm.location === vault.location),
    );
  }
}

function contosoDirectory(state: SimState): void {
  state.directory = {
    people: [
      { id: PEOPLE.ana, name: 'Ana de Vries', mail: 'ana.devries@contoso.example' },
      { id: PEOPLE.alex, name: 'Alex Wilber', mail: 'alexw@example.com' },
      { id: PEOPLE.ben, name: 'Ben Jansen', mail: 'ben.jansen@contoso.example' },
      { id: PEOPLE.chris, name: 'Chris Meier', mail: 'chris.meier@contoso.example' },
      { id: PEOPLE.dirk, name: 'Dirk Visser', mail: 'dirk.admin@contoso.example' },
    ],
    groups: [
      { id: GROUP.operators, name: 'Backup operators', members: [PEOPLE.ana, PEOPLE.ben, PEOPLE.chris] },
      { id: GROUP.approvers, name: 'Backup approvers', members: [PEOPLE.ben, PEOPLE.chris] },
    ],
    servicePrincipals: [
      { id: BACKUP_OBJECT_ID, appId: BACKUP_APP_ID, name: 'Backup Management Service' },
      { id: IDENTITIES['kluis-operate'], appId: guidOf('app kluis-operate'), name: 'kluis-operate' },
      { id: IDENTITIES['kluis-grant'], appId: guidOf('app kluis-grant'), name: 'kluis-grant' },
      { id: IDENTITIES['kluis-restore'], appId: guidOf('app kluis-restore'), name: 'kluis-restore' },
    ],
    readableByBot: true,
  };
  state.roles = estateRoles();
  state.roleAssignments = [
    {
      name: guidOf('operators at rg-backup'),
      scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-backup`,
      roleId: ROLE.backupOperator,
      principalId: GROUP.operators,
      principalType: 'Group',
      created: '2025-09-01T09:00:00.0000000Z',
    },
    ...identityAssignments(state),
  ];
}
