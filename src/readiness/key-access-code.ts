/**
 * Whether one of Azure's codes says that Azure Backup has no access to the key vault.
 * Azure writes KeyVault and Keyvault.
 */
export function isKeyAccessCode(code: string | null): boolean {
  return code?.toLowerCase() === 'usererrorkeyvaultpermissionsnotconfigured';
}
