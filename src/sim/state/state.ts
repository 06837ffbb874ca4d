import type { ClassicVmSpec, ComputeOperationSpec, DiskSpec, VmSpec } from './state-compute.ts';
import type { DeploymentSpec, OperationResultSpec } from './state-deployments.ts';
import type {
  InterfaceSpec,
  PublicAddressSpec,
  NetworkSpec,
  RouteTableSpec,
  SecurityGroupSpec,
} from './state-network.ts';
import type { DeletedKeyVaultSpec, KeyVaultSpec } from './state-keyvault.ts';
import type { ItemSpec, JobSpec, OperationSpec, PolicySpec, VaultSpec } from './state-backup.ts';
import type { BlobSpec, StorageAccountSpec } from './state-storage.ts';
import type {
  ActivitySpec,
  DenyAssignmentSpec,
  Directory,
  LockSpec,
  NamedSpec,
  RoleAssignmentSpec,
  RoleSpec,
} from './state-access.ts';
import type { KeysShape, SettingsShape } from './state-settings.ts';
import type { Effect } from './effects.ts';
import type { Fault } from '../faults.ts';

/**
 * The simulator's whole state: plain JSON, so that it can be saved, loaded, exported and imported. Numeric times are
 * milliseconds; texts of times are as Azure writes them.
 */
export type SimState = {
  version: 1;
  /** How far the clock was advanced beyond the real one. */
  clockOffsetMs: number;
  /** Counts generated IDs and random durations. */
  sequence: number;
  /**
   * `quotas`: vCPUs by the name of a family of sizes, or `cores` for a whole region; what a deployment of Kluis needs
   * by the names in `resources/deployment-usages.ts`. `restrictedIn`: the regions where no PostgreSQL may be created.
   * `settingsFile`: the form of the file that a restore leaves, `pasted` if absent. `removesRestoreTags`: a policy
   * takes the tags of restored disks away. `leavesOutSecretBackups`: the file with the keys has no backups of secrets.
   * `keysFile`: its form; absent: as documented, without the fields that a disk doesn't have.
   */
  settings: {
    pageSize: number;
    quotas?: Record<string, number>;
    restrictedIn?: string[];
    settingsFile?: SettingsShape;
    removesRestoreTags?: boolean;
    leavesOutSecretBackups?: boolean;
    keysFile?: KeysShape;
  };
  tenantId: string;
  /** Each with the IDs of the management groups above it; absent: none. */
  subscriptions: { id: string; name: string; managementGroups?: string[] }[];
  resourceGroups: {
    subscription: string;
    name: string;
    location: string;
    tags: Record<string, string>;
    managedBy?: string;
  }[];
  /** Registration of resource providers by namespace; one that is absent is registered. */
  providers: Record<string, 'Registered' | 'Registering' | 'NotRegistered'>;
  /** The regions of resource types that aren't available in every simulated region. */
  offeredIn: Record<string, string[]>;
  vms: VmSpec[];
  classicVms: ClassicVmSpec[];
  disks: DiskSpec[];
  storageAccounts: StorageAccountSpec[];
  blobs: BlobSpec[];
  virtualNetworks: NetworkSpec[];
  networkInterfaces: InterfaceSpec[];
  publicAddresses: PublicAddressSpec[];
  securityGroups: SecurityGroupSpec[];
  routeTables: RouteTableSpec[];
  deployments: DeploymentSpec[];
  operationResults: OperationResultSpec[];
  computeOperations: ComputeOperationSpec[];
  keyVaults: KeyVaultSpec[];
  deletedKeyVaults: DeletedKeyVaultSpec[];
  roles: RoleSpec[];
  roleAssignments: RoleAssignmentSpec[];
  denyAssignments: DenyAssignmentSpec[];
  locks: LockSpec[];
  activity: ActivitySpec[];
  alertRules: NamedSpec[];
  actionGroups: NamedSpec[];
  directory: Directory;
  vaults: VaultSpec[];
  policies: PolicySpec[];
  items: ItemSpec[];
  jobs: JobSpec[];
  operations: OperationSpec[];
  /** Scheduled effects, in no order. */
  pending: Effect[];
  faults: Fault[];
};
