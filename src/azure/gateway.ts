/**
 * The port to Azure: what the product needs from it. Every read throws `AzureFault`; what a read may not find is
 * `null`.
 */
import type { Json } from '../core/json.ts';
import type { ActivityAsk, ActivityEvent } from './activity.ts';
import type { Attempt, Receipt } from './attempt.ts';
import type {
  DiskChoice,
  DiskFacts,
  ListedVm,
  VmFacts,
  VmEntry,
  VaultFacts,
  PolicyFacts,
  ItemRef,
  ProtectedItem,
  BackupStatus,
  PreValidation,
  GuardedOperation,
  RecoveryPoint,
  JobFacts,
  JobFilter,
  OperationRef,
  OperationStatus,
  AccessPolicy,
  KeyVaultFacts,
  DeletedKeyVault,
  KeyObject,
  RoleAssignment,
  RoleDefinition,
  DenyAssignment,
  Lock,
  Permissions,
} from './facts.ts';
import type { Drills } from './drills.ts';
import type { KeyRestores } from './key-restores.ts';
import type { DiskRestoreReads, DiskRestores } from './disk-restores.ts';
import type { PolicyDocument } from './policy-shape.ts';
import type { VmRestoreReads, VmRestores } from './vm-restores.ts';

export type * from './activity.ts';
export type * from './attempt.ts';
export type * from './disk-restores.ts';
export type * from './drills.ts';
export type * from './facts.ts';
export type * from './key-restores.ts';
export type * from './vm-restores.ts';
export { sameDisks, takesDisk } from './disk-choice.ts';
export { itemRefOf } from './item-ref.ts';
export type { PolicyDocument, PolicyShape } from './policy-shape.ts';
export { policyBody } from './policy-body.ts';
export { anchorDay } from './policy-retention.ts';
export { holdsPolicy, samePolicy } from './same-policy.ts';

/** What an accepted policy leaves behind: where Azure updates the items that use it, the operation that does. */
export type PolicyPut = Receipt & { readonly operationId: string | null };

/** Reads. Each is paged to its end, bounded per subscription, and repeated by the SDK at most twice. */
export type AzureReads = DiskRestoreReads &
  VmRestoreReads & {
    vmEntries(subscription: string): Promise<readonly VmEntry[]>;
    vm(id: string): Promise<VmFacts | null>;
    /** All VMs of a subscription with their instance views, from two lists. */
    vms(subscription: string): Promise<readonly ListedVm[]>;
    disk(id: string): Promise<DiskFacts | null>;
    disks(subscription: string): Promise<readonly DiskFacts[]>;
    vaults(subscription: string): Promise<readonly VaultFacts[]>;
    policies(vaultId: string): Promise<readonly PolicyFacts[]>;
    /** One policy whole. */
    policy(id: string): Promise<PolicyDocument | null>;
    backupStatus(vm: { id: string; region: string }): Promise<BackupStatus>;
    preValidate(vm: { id: string; region: string }, vaultId: string): Promise<PreValidation>;
    protectedItem(ref: ItemRef): Promise<ProtectedItem | null>;
    protectedItems(vaultId: string): Promise<readonly ProtectedItem[]>;
    protectable(vaultId: string, vmId: string): Promise<boolean>;
    recoveryPoints(ref: ItemRef): Promise<readonly RecoveryPoint[]>;
    /** The newest events first, as far as the activity log has them. */
    activity(asked: ActivityAsk): Promise<readonly ActivityEvent[]>;
    jobs(vaultId: string, filter: JobFilter): Promise<readonly JobFacts[]>;
    job(vaultId: string, jobId: string): Promise<JobFacts | null>;
    operation(ref: OperationRef): Promise<OperationStatus | null>;
    /** The state of a policy's write. */
    policyOperation(ref: { policyId: string; operationId: string }): Promise<OperationStatus | null>;
    /**
     * What the Resource Guard of a vault guards; empty: the vault has none.
     */
    guardedOperations(vaultId: string): Promise<readonly GuardedOperation[]>;
    /** Whether a container refresh has ended. */
    refreshed(ref: OperationRef): Promise<boolean>;
    keyVault(id: string): Promise<KeyVaultFacts | null>;
    deletedKeyVault(name: string, region: string, subscription: string): Promise<DeletedKeyVault | null>;
    keyVersion(keyVaultId: string, key: string, version: string): Promise<KeyObject | null>;
    keyVersions(keyVaultId: string, key: string): Promise<readonly KeyObject[]>;
    secret(keyVaultId: string, secret: string): Promise<KeyObject | null>;
    /** The newest version of each secret, without its value; a version that the list does not give is null. */
    secrets(keyVaultId: string): Promise<readonly KeyObject[]>;
    /** What was given at a scope and above it; with a principal only what reaches that one, through groups too. */
    roleAssignments(scope: string, principalId: string | null): Promise<readonly RoleAssignment[]>;
    /** What a principal was given in a subscription, above it and below it, through groups of groups too. */
    roleAssignmentsIn(subscription: string, principalId: string): Promise<readonly RoleAssignment[]>;
    roleDefinition(id: string): Promise<RoleDefinition | null>;
    roleDefinitionsNamed(scope: string, roleName: string): Promise<readonly RoleDefinition[]>;
    denyAssignments(scope: string): Promise<readonly DenyAssignment[]>;
    /** The denials in a subscription, above it and below it; with a principal those that name it or a group of its. */
    denyAssignmentsIn(subscription: string, principalId: string | null): Promise<readonly DenyAssignment[]>;
    /** The locks that reach a scope: set on it or above it. */
    locks(scope: string): Promise<readonly Lock[]>;
    /** Every lock of a subscription, whatever it was set on. */
    locksIn(subscription: string): Promise<readonly Lock[]>;
    permissions(resourceId: string): Promise<Permissions>;
    /** How far the registration of a resource provider is, in Azure's words: `Registered`, `Registering`, … */
    providerState(subscription: string, namespace: string): Promise<string | null>;
    servicePrincipalId(appId: string): Promise<string | null>;
    /** The subscription's tenant. */
    tenantId(subscription: string): Promise<string | null>;
  };

/** Writes of the operating identity. Each is sent once, never repeated by the SDK, and carries its attempt's id. */
export type BackupWrites = {
  refreshContainers(vaultId: string, attempt: Attempt): Promise<OperationRef>;
  /**
   * Also changes what is protected. `disks`: which of its disks are backed up; null: all again; absent: that is left
   * as it is.
   */
  protect(
    item: { ref: ItemRef; vmId: string; policyId: string; disks?: DiskChoice | null },
    attempt: Attempt,
  ): Promise<OperationRef>;
  /** Stops backups and keeps what there is. `guardRequest`: what a Resource Guard wants named. */
  stopProtection(
    item: { ref: ItemRef; vmId: string; guardRequest: string | null },
    attempt: Attempt,
  ): Promise<OperationRef>;
  /** Brings back a soft-deleted item; it comes back stopped. */
  undelete(item: { ref: ItemRef; vmId: string }, attempt: Attempt): Promise<OperationRef>;
  /** Azure has accepted it then; its state says when it is done. */
  registerProvider(provider: { subscription: string; namespace: string }, attempt: Attempt): Promise<Receipt>;
  startBackup(ref: ItemRef, keepUntil: Date, attempt: Attempt): Promise<OperationRef>;
  cancelJob(job: { vaultId: string; jobId: string }, attempt: Attempt): Promise<Receipt>;
  /** Makes or replaces a policy; `body` is sent exactly as it is. `operationId` null: it was done at once. */
  putPolicy(policy: { policyId: string; body: Json }, attempt: Attempt): Promise<PolicyPut>;
};

/**
 * Writes of the second identity, which can do nothing else; `reads` are its own, to see what it can do and what it
 * created.
 */
export type GrantWrites = {
  addAccessPolicy(keyVaultId: string, policy: AccessPolicy, attempt: Attempt): Promise<Receipt>;
  assignRole(
    assignment: { scope: string; name: string; roleDefinitionId: string; principalId: string; description: string },
    attempt: Attempt,
  ): Promise<Receipt>;
  permissions(resourceId: string): Promise<Permissions>;
};

/** What the third identity does, which restores and can do nothing else, and what only it can see. */
export type RestoreIdentity = DiskRestores & KeyRestores & VmRestores & Drills;

/** All of Azure that the product has. `grants` and `restores` are null where no identity was configured for them. */
export type AzureGateway = {
  readonly subscriptions: readonly string[];
  readonly reads: AzureReads;
  readonly writes: BackupWrites;
  readonly grants: GrantWrites | null;
  readonly restores: RestoreIdentity | null;
  /** Azure's clock against ours in milliseconds, by the Date headers of its answers; null before the first. */
  clockSkew(): number | null;
};
