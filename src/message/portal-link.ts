import type { Link } from './card-data.ts';

/** A link to a resource in the Azure portal. */
export function portalLink(title: string, resourceId: string): Link {
  return { title, url: `https://portal.azure.com/#resource${encodeURI(resourceId)}` };
}

/** A link to all Recovery Services vaults of whoever follows it. */
export function vaultsLink(title: string): Link {
  return { title, url: 'https://portal.azure.com/#browse/Microsoft.RecoveryServices%2Fvaults' };
}

/**
 * A link to the jobs of a Recovery Services vault. There is no known link to a single job; the menu entry's name
 * `backupJobs` is inferred, and the portal shows the vault if it doesn't know an entry.
 */
export function jobsLink(title: string, vaultId: string): Link {
  return portalLink(title, `${vaultId}/backupJobs`);
}

/** A link to Microsoft's page on the status of Azure, which works while Azure can't be read. */
export function azureStatusLink(title: string): Link {
  return { title, url: 'https://azure.status.microsoft/' };
}
