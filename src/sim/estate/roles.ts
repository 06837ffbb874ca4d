import type { RolePermissions, RoleSpec } from '../state/state-access.ts';
import { readRole } from '../access/role-files.ts';
import { ROLE } from './known.ts';
import { guidOf } from '../invented.ts';

const ROLE_FILES = [
  'reader-role',
  'classic-reader-role',
  'protect-role',
  'protect-vms-role',
  'back-up-now-role',
  'jobs-role',
  'policies-role',
  'stop-protection-role',
  'grant-by-access-policy-role',
  'grant-by-role-assignment-role',
  'restore-disks-role',
  'restore-source-role',
  'restore-staging-role',
  'restore-target-role',
  'deploy-template-role',
  'finish-restore-role',
  'restore-network-role',
  'link-key-vault-role',
  'put-keys-back-role',
  'recover-key-vault-role',
  'register-provider-role',
  'alerts-role',
  'drill-role',
  'drill-network-role',
] as const;

/** The GUID of the role in a file of `manifest/azure`. */
export function roleIdOf(file: string): string {
  return file === 'backup-key-reader-role' ? ROLE.backupKeyReader : guidOf(`role ${file}`);
}

/** Azure's own roles that the estate uses, and the custom roles of `manifest/azure`. */
export function estateRoles(): RoleSpec[] {
  const files = [...ROLE_FILES, 'backup-key-reader-role'];
  return [...builtIn(), ...managing(), ...files.map((file) => readRole(file, roleIdOf(file)))];
}

function builtIn(): RoleSpec[] {
  const rs = 'Microsoft.RecoveryServices/Vaults';
  return [
    role(ROLE.owner, 'Owner', { actions: ['*'] }),
    role(ROLE.contributor, 'Contributor', {
      actions: ['*'],
      notActions: [
        'Microsoft.Authorization/*/Delete',
        'Microsoft.Authorization/*/Write',
        'Microsoft.Authorization/elevateAccess/Action',
      ],
    }),
    role(ROLE.reader, 'Reader', { actions: ['*/read'] }),
    role(ROLE.keyVaultAdministrator, 'Key Vault Administrator', {
      actions: ['Microsoft.Authorization/*/read', 'Microsoft.KeyVault/vaults/*/read', 'Microsoft.KeyVault/vaults/read'],
      dataActions: ['Microsoft.KeyVault/vaults/*'],
    }),
    role(ROLE.keyVaultReader, 'Key Vault Reader', {
      actions: ['Microsoft.Authorization/*/read', 'Microsoft.KeyVault/vaults/*/read', 'Microsoft.KeyVault/vaults/read'],
      dataActions: ['Microsoft.KeyVault/vaults/*/read', 'Microsoft.KeyVault/vaults/secrets/readMetadata/action'],
    }),
    role(ROLE.keyVaultSecretsUser, 'Key Vault Secrets User', {
      dataActions: [
        'Microsoft.KeyVault/vaults/secrets/getSecret/action',
        'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
      ],
    }),
    role(ROLE.backupOperator, 'Backup Operator', {
      actions: [`${rs}/read`, `${rs}/backupFabrics/*`, `${rs}/backupJobs/*`, `${rs}/backupPolicies/read`],
    }),
    role(ROLE.backupContributor, 'Backup Contributor', {
      actions: [`${rs}/*`, 'Microsoft.RecoveryServices/locations/*'],
    }),
  ];
}

/** Azure's own roles for people who manage what backups touch. */
function managing(): RoleSpec[] {
  const access = [
    'Microsoft.Authorization/*/read',
    'Microsoft.Authorization/roleAssignments/write',
    'Microsoft.Authorization/roleAssignments/delete',
  ];
  return [
    role(ROLE.virtualMachineContributor, 'Virtual Machine Contributor', {
      actions: ['Microsoft.Compute/virtualMachines/*', 'Microsoft.Compute/disks/read'],
    }),
    role(ROLE.keyVaultContributor, 'Key Vault Contributor', { actions: ['Microsoft.KeyVault/*'] }),
    role(ROLE.accessAdministrator, 'Role Based Access Control Administrator', { actions: access }),
    role(ROLE.keyVaultDataAccessAdministrator, 'Key Vault Data Access Administrator', {
      actions: [...access, 'Microsoft.KeyVault/vaults/*/read'],
      condition: `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ROLE.keyVaultAdministrator}, ${ROLE.keyVaultReader}, ${ROLE.keyVaultSecretsUser}}))`,
    }),
  ];
}

function role(id: string, name: string, permissions: Partial<RolePermissions>): RoleSpec {
  const all = { actions: [], notActions: [], dataActions: [], notDataActions: [], ...permissions };
  return { id, name, description: `The built-in role ${name}.`, custom: false, permissions: all };
}
