/**
 * Everything that was read about one VM before it is assessed. A failed read is kept with its fault, so that a missing
 * permission becomes a finding instead of an exception.
 */
import type {
  BackupStatus,
  DeletedKeyVault,
  DenyAssignment,
  DiskFacts,
  JobFacts,
  KeyObject,
  KeyVaultFacts,
  Lock,
  Permissions,
  PolicyFacts,
  PreValidation,
  ProtectedItem,
  RecoveryPoint,
  RoleAssignment,
  RoleDefinition,
  VaultFacts,
  VmFacts,
} from '../azure/gateway.ts';
import type { AzureFaultFacts } from '../azure/faults.ts';
import type { ChosenDisks } from './chosen-disks.ts';
import type { Registration } from './provider.ts';

/** One read: what Azure returned, or what went wrong. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: AzureFaultFacts };

/** A managed disk of the VM. */
export type DiskReading = { readonly id: string; readonly disk: Read<DiskFacts | null> };

/**
 * A key version that wraps a disk's BEK, and how many versions the key has. `copied`: whether a recovery point, of any
 * VM with this KEK, shows that Azure Backup can copy it; absent: not looked for, as its dates show it already.
 */
export type KeyReading = {
  readonly url: string;
  readonly copied?: boolean;
  readonly version: Read<KeyObject | null>;
  readonly versions: Read<readonly KeyObject[]>;
};

/** A secret that is a disk's BEK. Azure shows only the newest version. */
export type SecretReading = { readonly url: string; readonly secret: Read<KeyObject | null> };

/** The Backup application's permissions by roles in a key vault. `role` is the one that a grant would assign. */
export type RoleReading = {
  readonly assignments: Read<readonly RoleAssignment[]>;
  readonly denials: Read<readonly DenyAssignment[]>;
  readonly definitions: readonly { readonly id: string; readonly role: Read<RoleDefinition | null> }[];
};

/**
 * What is read only if a permission is missing, to know whether a grant can be offered and which VMs it unblocks.
 * `sharing` null: the other VMs are not looked up.
 */
export type GrantReading = {
  readonly locks: Read<readonly Lock[]>;
  readonly sharing: Read<readonly DiskFacts[]> | null;
  readonly role: Read<RoleDefinition | null> | null;
  readonly identity: Read<Permissions> | null;
};

/** A key vault with keys or secrets of this VM. */
export type KeyVaultReading = {
  readonly id: string;
  readonly vault: Read<KeyVaultFacts | null>;
  readonly deleted: Read<DeletedKeyVault | null> | null;
  /** All disks of the subscription, for the VMs that a deleted key vault concerns as well. */
  readonly sharing?: Read<readonly DiskFacts[]> | null;
  readonly keys: readonly KeyReading[];
  readonly secrets: readonly SecretReading[];
  readonly roles: RoleReading | null;
  readonly grant: GrantReading | null;
};

/** A Recovery Services vault that may take or holds the VM. `preValidation` null: not asked. */
export type VaultReading = {
  readonly vaultId: string;
  readonly item: Read<ProtectedItem | null>;
  readonly policies: Read<readonly PolicyFacts[]>;
  readonly permissions: Read<Permissions>;
  readonly preValidation: Read<PreValidation> | null;
};

/**
 * What is read of a VM that a vault knows. `points` null: not asked; `today`: backup jobs
 * since 22:00 UTC of the day before.
 */
export type ProtectionReading = {
  readonly points: Read<readonly RecoveryPoint[]> | null;
  readonly running: Read<readonly JobFacts[]>;
  readonly today: Read<readonly JobFacts[]>;
};

/** What is read once the VM itself is known. */
export type VmSurroundings = {
  readonly disks: readonly DiskReading[];
  readonly keyVaults: readonly KeyVaultReading[];
  readonly status: Read<BackupStatus>;
  readonly vaultReadings: readonly VaultReading[];
  readonly protection: ProtectionReading | null;
};

/** All of it. `around` is null where the VM could not be read or is not there. */
export type VmReading = {
  readonly vmId: string;
  readonly subscription: string;
  readonly readAt: Date;
  readonly vm: Read<VmFacts | null>;
  readonly principal: Read<string | null>;
  readonly tenant: Read<string | null>;
  readonly provider: Read<Registration>;
  readonly vaults: Read<readonly VaultFacts[]>;
  /** All of the subscription's, those of its groups and resources among them. */
  readonly locks: Read<readonly Lock[]>;
  readonly around: VmSurroundings | null;
  /** The disks that somebody chose for its backups; absent: it is judged as it is protected, or with all of them. */
  readonly chosen?: ChosenDisks | null;
};
