import { covers } from '../core/action-match.ts';

const vaults = 'Microsoft.RecoveryServices/Vaults';
const items = `${vaults}/backupFabrics/protectionContainers/protectedItems`;

/**
 * Azure's built-in roles that give what operations need, the least powerful first, each with those of its actions that
 * any operation needs. Source: Microsoft's page "Azure built-in roles".
 */
const builtIn: readonly { readonly role: string; readonly actions: readonly string[] }[] = [
  { role: 'Reader', actions: ['*/read'] },
  {
    role: 'Backup Operator',
    actions: [
      `${items}/backup/action`,
      `${items}/write`,
      `${items}/recoveryPoints/restore/action`,
      `${vaults}/backupJobs/*`,
    ],
  },
  {
    role: 'Backup Contributor',
    actions: [`${vaults}/backupFabrics/*`, `${vaults}/backupJobs/*`, `${vaults}/backupPolicies/*`],
  },
  { role: 'Tag Contributor', actions: ['Microsoft.Resources/tags/*'] },
  { role: 'Disk Restore Operator', actions: ['Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/write'] },
  {
    role: 'Storage Blob Data Contributor',
    actions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'],
  },
  { role: 'Storage Account Contributor', actions: ['Microsoft.Storage/storageAccounts/write'] },
  { role: 'Network Contributor', actions: ['Microsoft.Network/*'] },
  {
    role: 'Virtual Machine Contributor',
    actions: [
      'Microsoft.Compute/virtualMachines/*',
      'Microsoft.Compute/disks/read',
      'Microsoft.Compute/disks/write',
      'Microsoft.Compute/disks/delete',
      'Microsoft.Network/networkInterfaces/*',
      'Microsoft.Resources/deployments/*',
    ],
  },
  { role: 'Key Vault Contributor', actions: ['Microsoft.KeyVault/*'] },
  { role: 'Role Based Access Control Administrator', actions: ['Microsoft.Authorization/roleAssignments/write'] },
  { role: 'Contributor', actions: ['Microsoft.RecoveryServices/*'] },
];

/** The least powerful built-in role that gives all these actions. */
export function leastRole(actions: readonly string[]): string {
  const found = builtIn.find((one) => actions.every((action) => one.actions.some((entry) => covers(entry, action))));
  return found?.role ?? 'Owner';
}
