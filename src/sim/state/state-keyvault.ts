/** One principal's permissions in a key vault. Until `inForceAt` (milliseconds) those in `before` still apply. */
export type AccessPolicySpec = {
  tenantId: string;
  objectId: string;
  applicationId?: string;
  permissions: PolicyPermissions;
  before?: PolicyPermissions;
  inForceAt?: number;
};

/** The four groups of permissions in an access policy. A group that was never written is absent. */
export type PolicyPermissions = {
  keys?: string[];
  secrets?: string[];
  certificates?: string[];
  storage?: string[];
};

/**
 * One version of a key or a secret. `starts` and `expires`: the dates of its validity, which a certificate's key always
 * has. `pair`: the words from which a key's RSA pair is derived; absent: its own URL.
 * `holds`: a secret's content; absent: a text that nobody needs.
 */
export type ObjectVersion = {
  version: string;
  enabled: boolean;
  created: string;
  starts?: string;
  expires?: string;
  pair?: string;
  holds?: SecretContent;
};

/**
 * A secret's content: a value that was put there, or the BEK derived from these words, wrapped by the RSA pair derived
 * from those in `wrappedBy`, or plain if there are none.
 */
export type SecretContent = { contentType?: string; tags: Record<string, string> } & (
  | { value: string }
  | { bek: string; wrappedBy?: string }
);

/**
 * A key (`certificate`: it was created for a certificate, so Key Vault manages it) or a secret with its versions,
 * oldest first. `recoveredAt`: until then (milliseconds) its recovery is in progress.
 */
export type VaultObject = { name: string; certificate?: boolean; versions: ObjectVersion[]; recoveredAt?: number };

/** A deleted key or secret that can still be recovered. */
export type DeletedObject = VaultObject & { deletedAt: string };

/** A key vault of the simulated estate. `rbac` absent means access policies, as Azure omits the field. */
export type KeyVaultSpec = {
  subscription: string;
  resourceGroup: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  rbac?: boolean;
  accessPolicies: AccessPolicySpec[];
  firewall?: { defaultAction: 'Allow' | 'Deny'; bypass?: 'AzureServices' | 'None'; addresses?: string[] };
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

/** A deleted key vault that can still be recovered. */
export type DeletedKeyVaultSpec = { vault: KeyVaultSpec; deletedAt: string };
