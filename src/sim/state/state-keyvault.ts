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

/**
 * One version of a key or a secret. `pair`: the words that a key's RSA pair is made from; absent: its own URL. `holds`:
 * what a secret holds; absent: a text that nobody needs.
 */
export type ObjectVersion = {
  version: string;
  enabled: boolean;
  created: string;
  expires?: string;
  pair?: string;
  holds?: SecretContent;
};

/**
 * What a secret holds: a value that was put there, or the BEK that is made from these words, wrapped by the key pair
 * that is made from those of `wrappedBy`, or plain where there is none.
 */
export type SecretContent = { contentType?: string; tags: Record<string, string> } & (
  { value: string } | { bek: string; wrappedBy?: string }
);

/**
 * A key (`certificate`: it was made for a certificate, so Key Vault manages it) or a secret
 * with its versions, oldest first. `recoveredAt`: until then (milliseconds) it is on its way back from being deleted.
 */
export type VaultObject = { name: string; certificate?: boolean; versions: ObjectVersion[]; recoveredAt?: number };

/** A key or a secret that was deleted and can still be recovered. */
export type DeletedObject = VaultObject & { deletedAt: string };

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
  deletedKeys?: DeletedObject[];
  deletedSecrets?: DeletedObject[];
  created: string;
};

/** A key vault that was deleted and can still be recovered. */
export type DeletedKeyVaultSpec = { vault: KeyVaultSpec; deletedAt: string };
