import type { TokenCredential } from '@azure/core-auth';
import {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  AzurePowerShellCredential,
  ChainedTokenCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';

/** The part of the settings that chooses identities. */
type IdentitySettings = {
  readonly azure: { readonly clientId: string | null };
  readonly grant: SeparateIdentity;
  readonly restore: SeparateIdentity;
};

type SeparateIdentity =
  | { readonly by: 'simulator' }
  | (AppRegistration & { readonly by: 'secret'; readonly clientSecret: string })
  | (AppRegistration & { readonly by: 'certificate'; readonly certificatePath: string })
  | (AppRegistration & { readonly by: 'workload'; readonly tokenFilePath: string })
  | { readonly by: 'managed-identity'; readonly clientId: string }
  | null;

type AppRegistration = { readonly tenantId: string; readonly clientId: string };

/** Who calls Azure: one identity reads and operates; the others do one thing only, and are null if not set. */
export type Credentials = {
  readonly operate: TokenCredential;
  readonly grant: TokenCredential | null;
  readonly restore: TokenCredential | null;
};

/** The identities for the real Azure. */
export function azureCredentials(settings: IdentitySettings): Credentials {
  const operate = operatingIdentity(settings.azure.clientId);
  return { operate, grant: separate(settings.grant), restore: separate(settings.restore) };
}

/**
 * What a server of Azure Database for PostgreSQL accepts instead of a password: a token of the operating identity. Each
 * is valid for about an hour, and the SDK caches it that long; an open connection outlives it.
 */
export function databaseToken(clientId: string | null): () => Promise<string> {
  const identity = operatingIdentity(clientId);
  return async () => (await identity.getToken('https://ossrdbms-aad.database.windows.net/.default')).token;
}

/** An app registration with a federated credential: Kubernetes keeps the token that proves it in a file. */
type FederatedApp = AppRegistration & { readonly tokenFilePath: string };

/** Its tokens for the Bot Framework, cached by the SDK until shortly before they expire; `fresh` asks Entra again. */
export function botFrameworkToken(app: FederatedApp): (fresh: boolean) => Promise<string> {
  let identity = new WorkloadIdentityCredential(app);
  return async (fresh) => {
    if (fresh) identity = new WorkloadIdentityCredential(app);
    return (await identity.getToken('https://api.botframework.com/.default')).token;
  };
}

/**
 * The identity signed in on this machine, a person first: the environment may already have Kluis's own identity, and
 * that isn't the one that deploys it.
 */
export function signedInPerson(): TokenCredential {
  return new ChainedTokenCredential(
    new AzureCliCredential(),
    new AzureDeveloperCliCredential(),
    new AzurePowerShellCredential(),
    new DefaultAzureCredential(),
  );
}

function operatingIdentity(clientId: string | null): DefaultAzureCredential {
  return new DefaultAzureCredential(clientId === null ? {} : { managedIdentityClientId: clientId });
}

function separate(identity: SeparateIdentity): TokenCredential | null {
  switch (identity?.by) {
    case 'secret':
      return new ClientSecretCredential(identity.tenantId, identity.clientId, identity.clientSecret);
    case 'certificate':
      return new ClientCertificateCredential(identity.tenantId, identity.clientId, identity.certificatePath);
    case 'workload':
      return new WorkloadIdentityCredential(identity);
    case 'managed-identity':
      return new ManagedIdentityCredential({ clientId: identity.clientId });
    default:
      return null;
  }
}
