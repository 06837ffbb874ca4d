/**
 * What Azure told, as plain values in the product's words, parsed once at the edge. A field that Azure left out is
 * `null`; times are dates; codes and states are Azure's own words.
 */
import type { ActionBlock } from '../core/action-match.ts';

export type * from './vm-facts.ts';

/**
 * A word of Azure's that this code does not know yet. It is kept as it is, and nothing good may be concluded from it.
 */
type UnknownWord = string & {};

/** What the inventory lists: one line per VM, also classic ones, without instance view. */
export type VmEntry = {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscription: string;
  readonly region: string;
  readonly classic: boolean;
  /**
   * When it was made, as ISO text, since the inventory is stored; absent where Azure or an earlier version did not
   * say.
   */
  readonly created?: string;
  readonly tags: Readonly<Record<string, string>>;
};

/** A Recovery Services vault. `redundancy` is Azure's word (`GeoRedundant`, `LocallyRedundant`, `ZoneRedundant`). */
export type VaultFacts = {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscription: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly redundancy: string | null;
  readonly softDelete: { readonly state: string | null; readonly days: number | null };
  readonly immutability: string | null;
  readonly multiUserAuthorization: boolean;
  /** Azure's word for whether failed jobs become alerts of Azure Monitor; absent in what an earlier version stored. */
  readonly jobFailureAlerts?: string | null;
  /** Whether it has a system-assigned identity. */
  readonly systemIdentity: boolean;
};

/** How long points of one schedule are kept. */
export type Retention = { readonly count: number; readonly unit: 'Days' | 'Weeks' | 'Months' | 'Years' };

/** A backup policy for VMs. Times of day are `HH:MM` in `timeZone`, which is a Windows name, as Azure keeps it. */
export type PolicyFacts = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'Standard' | 'Enhanced';
  readonly timeZone: string;
  readonly schedule:
    | { readonly frequency: 'Daily'; readonly times: readonly string[] }
    | { readonly frequency: 'Weekly'; readonly times: readonly string[]; readonly days: readonly string[] }
    | {
        readonly frequency: 'Hourly';
        readonly everyHours: number;
        readonly windowStart: string;
        readonly windowHours: number;
      }
    | { readonly frequency: 'Unknown' };
  readonly daily: Retention | null;
  readonly weekly: Retention | null;
  readonly monthly: Retention | null;
  readonly yearly: Retention | null;
  readonly snapshotDays: number | null;
  readonly crashConsistentOnly: boolean;
  /** What the policy calls the groups of its restore points; null: Azure's own names. */
  readonly restorePointGroup: { readonly prefix: string; readonly suffix: string } | null;
  readonly protectedItems: number;
};

/**
 * Where a protected item lies: all that the calls on it need. `container` and `item` are
 * Azure's names, prefixes included.
 */
export type ItemRef = { readonly vaultId: string; readonly container: string; readonly item: string };

/** A VM under a vault's protection. Azure's sentinels are null here: no backup yet means `lastBackupTime` null. */
export type ProtectedItem = {
  readonly ref: ItemRef;
  readonly id: string;
  readonly vmId: string;
  readonly friendlyName: string;
  readonly protectionState: string;
  readonly policyId: string | null;
  readonly policyName: string | null;
  readonly lastBackupStatus: string | null;
  readonly lastBackupTime: Date | null;
  readonly lastRecoveryPoint: Date | null;
  readonly softDeleted: { readonly at: Date | null; readonly remainingHours: number | null } | null;
  /** Null: all disks are taken. */
  readonly diskChoice: DiskChoice | null;
};

/**
 * The data disks by LUN that backups leave out, or with `only` the only ones that they take. The OS disk is always
 * taken.
 */
export type DiskChoice = { readonly luns: readonly number[]; readonly only: boolean };

/** What `backupStatus` says of one VM. `vaultId` is set only where the VM is known to a vault. */
export type BackupStatus = {
  readonly status: 'Protected' | 'NotProtected' | 'Protecting' | 'ProtectionFailed' | 'Unknown';
  readonly vaultId: string | null;
  readonly container: string | null;
  readonly item: string | null;
  readonly policyName: string | null;
};

/** Azure's own answer on whether it would protect this VM in this vault. */
export type PreValidation = {
  readonly ok: boolean;
  readonly code: string | null;
  readonly message: string | null;
  readonly recommendation: string | null;
};

/**
 * An operation that a Resource Guard guards, by Azure's own name for it, and the request to name with it; null: Azure
 * gave none.
 */
export type GuardedOperation = { readonly operation: string; readonly request: string | null };

/**
 * A recovery point without key material. `encrypted` (by Azure Disk Encryption), `size` (the VM's) and `privateAccess`
 * (of any disk) are null where Azure did not say. `zones`: the VM's; empty: none, or Azure did not say.
 */
export type RecoveryPoint = {
  readonly id: string;
  readonly name: string;
  readonly time: Date;
  readonly consistency: string | null;
  readonly encrypted: boolean | null;
  readonly size: string | null;
  /** How many disks are in it; null: not told. How large they are, no point tells. */
  readonly disks: number | null;
  readonly tiers: readonly { readonly tier: string; readonly status: string }[];
  readonly privateAccess: boolean | null;
  readonly zones: readonly string[];
  readonly softDeleted: boolean;
};

/** One error of a job, as Azure gives it: a number, a title that is the symbolic code, a text. */
export type JobError = {
  readonly number: number | null;
  readonly title: string | null;
  readonly text: string | null;
  readonly recommendations: readonly string[];
};

/**
 * A backup job. `tasks` is empty in lists: Azure sends them with a single job only. `percent` exists for restores
 * only, and so does `remainingMs`, the time that Azure thinks is left.
 */
export type JobFacts = {
  readonly id: string;
  readonly name: string;
  readonly vaultId: string;
  readonly vmName: string;
  readonly containerName: string | null;
  readonly operation: string;
  readonly status: string;
  readonly startTime: Date | null;
  readonly endTime: Date | null;
  readonly activityId: string | null;
  readonly cancellable: boolean;
  readonly errors: readonly JobError[];
  readonly tasks: readonly { readonly name: string; readonly status: string }[];
  readonly percent: number | null;
  readonly remainingMs: number | null;
  /** Where a restore of disks has put what goes with them; null while it has not. */
  readonly staged: Staged | null;
  /** The values of all properties that Azure gives it, in its words; lists don't have them. */
  readonly bag: readonly string[];
};

/** Where a restore of disks has put what goes with them, as its job tells; null: it told none. */
export type Staged = {
  readonly account: string | null;
  readonly container: string | null;
  readonly configBlob: string | null;
  readonly templateUri: string | null;
  readonly encryptionInfoBlob: string | null;
};

/** A filter on a vault's jobs. Azure's default window is undocumented, so times are always given. */
export type JobFilter = {
  readonly from: Date;
  readonly to: Date;
  readonly status?: 'InProgress' | 'Failed' | 'Completed';
  readonly operation?: 'Backup' | 'Restore' | 'ConfigureBackup';
};

/** An accepted long-running call, followed by its id below the vault. `requestId` is Azure's. */
export type OperationRef = {
  readonly vaultId: string;
  readonly operationId: string;
  readonly requestId: string | null;
};

/** Where a long-running operation stands. Azure hands over `jobId` on success. */
export type OperationStatus = {
  readonly status: 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';
  readonly jobId: string | null;
  readonly error: { readonly code: string | null; readonly message: string | null } | null;
};

/** Rights of one principal in a key vault's access policies, Azure's words in lower case. */
export type AccessPolicy = {
  readonly tenantId: string;
  readonly objectId: string;
  readonly applicationId: string | null;
  readonly keys: readonly string[];
  readonly secrets: readonly string[];
  readonly certificates: readonly string[];
  readonly storage: readonly string[];
};

/** A key vault. `rbac` false means access policies decide; absent in Azure's answer means false. */
export type KeyVaultFacts = {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscription: string;
  readonly region: string;
  readonly tenantId: string;
  readonly rbac: boolean;
  readonly policies: readonly AccessPolicy[];
  readonly firewall: {
    readonly publicAccess: 'Enabled' | 'Disabled' | 'SecuredByPerimeter' | UnknownWord;
    readonly defaultAction: 'Allow' | 'Deny' | UnknownWord | null;
    readonly bypass: 'AzureServices' | 'None' | UnknownWord | null;
  };
  readonly enabledForDiskEncryption: boolean;
  readonly purgeProtection: boolean;
};

/** A deleted key vault that can still be recovered, until `purgeAt`. */
export type DeletedKeyVault = {
  readonly name: string;
  readonly vaultId: string;
  readonly deletedAt: Date | null;
  readonly purgeAt: Date | null;
};

/** A key version or a secret on the control plane, never its value; `notBefore` (keys) and `created` if Azure says. */
export type KeyObject = {
  readonly name: string;
  readonly version: string | null;
  readonly enabled: boolean;
  readonly expires: Date | null;
  readonly notBefore?: Date;
  readonly created?: Date;
};

/** A role given to a principal, here or above. */
export type RoleAssignment = {
  readonly id: string;
  readonly scope: string;
  readonly roleDefinitionId: string;
  readonly principalId: string;
  /** `User`, `Group`, `ServicePrincipal`; null: Azure didn't say. */
  readonly principalType: string | null;
  readonly condition: string | null;
};

/** What a role allows. Entries hold wildcards as Azure writes them. */
export type RoleDefinition = {
  readonly id: string;
  readonly name: string;
  /** `condition`: under which it gives them; null: under none. */
  readonly permissions: readonly (ActionBlock & { readonly condition: string | null })[];
};

/** A denial that stands above every role. */
export type DenyAssignment = {
  readonly id: string;
  readonly name: string;
  readonly permissions: RoleDefinition['permissions'];
  readonly principals: readonly string[];
  readonly everyone: boolean;
  readonly excluded: readonly string[];
  /** Whether groups are among those. */
  readonly excludesGroups: boolean;
  readonly scope: string;
  /** Whether it holds below its scope too. */
  readonly childScopes: boolean;
};

/** A lock that reaches a resource. */
export type Lock = { readonly id: string; readonly name: string; readonly level: string };

/** Which actions the asking identity has at a resource; those on data absent where they were not asked for. */
export type Permissions = readonly (Pick<ActionBlock, 'actions' | 'notActions'> & Partial<ActionBlock>)[];
