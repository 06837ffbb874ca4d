/** Rights of one principal in a key vault. Until `inForceAt` (milliseconds) the rights of `before` still hold. */
export type AccessPolicySpec = {
  tenantId: string;
  objectId: string;
  applicationId?: string;
  permissions: PolicyPermissions;
  before?: PolicyPermissions;
  inForceAt?: number;
};

/** The four groups of rights of an access policy. A group that was never written stays absent. */
export type PolicyPermissions = {
  keys?: string[];
  secrets?: string[];
  certificates?: string[];
  storage?: string[];
};

/** One version of a key or a secret. Values do not exist in the simulator. */
export type ObjectVersion = { version: string; enabled: boolean; created: string; expires?: string };

/**
 * A key (`certificate`: it was made for a certificate, so Key Vault manages it) or a secret
 * with its versions, oldest first.
 */
export type VaultObject = { name: string; certificate?: boolean; versions: ObjectVersion[] };

/** A key vault of the simulated estate. `rbac` absent means access policies, as Azure leaves the field out. */
export type KeyVaultSpec = {
  subscription: string;
  resourceGroup: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  rbac?: boolean;
  accessPolicies: AccessPolicySpec[];
  firewall?: { defaultAction: 'Allow' | 'Deny'; bypass?: 'AzureServices' | 'None' };
  publicNetworkAccess: 'Enabled' | 'Disabled' | 'SecuredByPerimeter';
  enabledForDiskEncryption: boolean;
  purgeProtection: boolean;
  softDeleteDays: number;
  keys: VaultObject[];
  secrets: VaultObject[];
  created: string;
};

/** A key vault that was deleted and can still be recovered. */
export type DeletedKeyVaultSpec = { vault: KeyVaultSpec; deletedAt: string };
