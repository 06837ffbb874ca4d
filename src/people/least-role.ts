import { covers } from '../core/action-match.ts';

const vaults = 'Microsoft.RecoveryServices/Vaults';

/**
 * Azure's built-in roles that give what operations need, the least powerful first, each with those of its actions that
 * any operation needs. Azure Backup's page "Manage Backups with Azure role-based access control" names the same ones.
 */
const builtIn: readonly { readonly role: string; readonly actions: readonly string[] }[] = [
  {
    role: 'Backup Operator',
    actions: [
      `${vaults}/backupFabrics/protectionContainers/protectedItems/backup/action`,
      `${vaults}/backupFabrics/protectionContainers/protectedItems/write`,
      `${vaults}/backupJobs/*`,
    ],
  },
  {
    role: 'Backup Contributor',
    actions: [`${vaults}/backupFabrics/*`, `${vaults}/backupJobs/*`, `${vaults}/backupPolicies/*`],
  },
  { role: 'Virtual Machine Contributor', actions: ['Microsoft.Compute/virtualMachines/*'] },
  { role: 'Key Vault Contributor', actions: ['Microsoft.KeyVault/*'] },
  { role: 'Role Based Access Control Administrator', actions: ['Microsoft.Authorization/roleAssignments/write'] },
];

/** The least powerful built-in role that gives all these actions. */
export function leastRole(actions: readonly string[]): string {
  const found = builtIn.find((one) => actions.every((action) => one.actions.some((entry) => covers(entry, action))));
  return found?.role ?? 'Owner';
}
