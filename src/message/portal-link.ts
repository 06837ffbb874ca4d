import type { Link } from './card-data.ts';

/** A link to a resource in the Azure portal. */
export function portalLink(title: string, resourceId: string): Link {
  return { title, url: `https://portal.azure.com/#resource${encodeURI(resourceId)}` };
}

/** A link to the Recovery Services vaults of everybody who follows it. */
export function vaultsLink(title: string): Link {
  return { title, url: 'https://portal.azure.com/#browse/Microsoft.RecoveryServices%2Fvaults' };
}

/**
 * A link to the jobs of a Recovery Services vault. No page of a single job is known that can be linked to; that the
 * menu entry is called `backupJobs` is inferred, and the portal shows the vault where it does not know an entry.
 */
export function jobsLink(title: string, vaultId: string): Link {
  return portalLink(title, `${vaultId}/backupJobs`);
}

/** A link to what Microsoft says of the state of Azure, which does not need Azure to be read. */
export function azureStatusLink(title: string): Link {
  return { title, url: 'https://azure.status.microsoft/' };
}
