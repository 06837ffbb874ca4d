import type { TokenCredential } from '@azure/core-auth';
import { ClientSecretCredential, DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';

/** The part of the settings that chooses identities. */
type IdentitySettings = {
  readonly azure: { readonly clientId: string | null };
  readonly grant: SeparateIdentity;
  readonly restore: SeparateIdentity;
};

type SeparateIdentity =
  | { readonly by: 'simulator' }
  | { readonly by: 'secret'; readonly tenantId: string; readonly clientId: string; readonly clientSecret: string }
  | { readonly by: 'managed-identity'; readonly clientId: string }
  | null;

/** Who asks Azure: one identity reads and operates; the others do one thing only, and are null where none is set. */
export type Credentials = {
  readonly operate: TokenCredential;
  readonly grant: TokenCredential | null;
  readonly restore: TokenCredential | null;
};

/** The identities for the real Azure. */
export function azureCredentials(settings: IdentitySettings): Credentials {
  const { clientId } = settings.azure;
  const operate = new DefaultAzureCredential(clientId === null ? {} : { managedIdentityClientId: clientId });
  return { operate, grant: separate(settings.grant), restore: separate(settings.restore) };
}

function separate(identity: SeparateIdentity): TokenCredential | null {
  switch (identity?.by) {
    case 'secret':
      return new ClientSecretCredential(identity.tenantId, identity.clientId, identity.clientSecret);
    case 'managed-identity':
      return new ManagedIdentityCredential({ clientId: identity.clientId });
    default:
      return null;
  }
}
