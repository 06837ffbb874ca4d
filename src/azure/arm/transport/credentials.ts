import type { TokenCredential } from '@azure/core-auth';
import { ClientSecretCredential, DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';

/** The part of the settings that chooses identities. */
type IdentitySettings = {
  readonly azure: { readonly clientId: string | null };
  readonly grant:
    | { readonly by: 'simulator' }
    | { readonly by: 'secret'; readonly tenantId: string; readonly clientId: string; readonly clientSecret: string }
    | { readonly by: 'managed-identity'; readonly clientId: string }
    | null;
};

/** The identities for the real Azure: one that reads and operates, and maybe a second one for grants only. */
export function azureCredentials(settings: IdentitySettings): {
  operate: TokenCredential;
  grant: TokenCredential | null;
} {
  const { clientId } = settings.azure;
  const operate = new DefaultAzureCredential(clientId === null ? {} : { managedIdentityClientId: clientId });
  return { operate, grant: grantOf(settings.grant) };
}

function grantOf(grant: IdentitySettings['grant']): TokenCredential | null {
  switch (grant?.by) {
    case 'secret':
      return new ClientSecretCredential(grant.tenantId, grant.clientId, grant.clientSecret);
    case 'managed-identity':
      return new ManagedIdentityCredential({ clientId: grant.clientId });
    default:
      return null;
  }
}
