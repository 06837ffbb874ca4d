/**
 * What the product knows about one VM's readiness once everything was read and assessed. Plain JSON: it is stored in a
 * row and read back, so times are ISO texts in UTC and there are no classes.
 */
import type { AccessPolicy, DiskChoice, ItemRef, PolicyFacts } from '../../azure/gateway.ts';
import type { ReasonCode } from './finding-codes.ts';
import type { Finding, FindingParams } from './finding.ts';
import type { PlannedRun } from '../next-run.ts';

/** A time as ISO 8601 text in UTC. */
type Iso = string;

/**
 * The verdict over all findings: `fixable` means that everything that blocks the VM is a grant that the bot can offer;
 * `unknown` means that nothing is known to block it, but something couldn't be read ("Try anyway").
 */
export type AssessmentVerdict = 'ready' | 'ready-with-warnings' | 'fixable' | 'blocked' | 'unknown';

/**
 * The VM as the cards name it. If it couldn't be read, what its ID says and nulls; unread tags aren't the same as no
 * tags.
 */
export type AssessedVm = {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscription: string;
  readonly region: string | null;
  readonly os: 'Windows' | 'Linux' | null;
  readonly powerState: string | null;
  readonly vmId: string | null;
  readonly tags: Readonly<Record<string, string>> | null;
};

/** How the disks are encrypted. There is no `mixed`: the most demanding kind is the VM's. */
export type EncryptionKind = 'ade-kek' | 'ade-bek' | 'host' | 'cmk' | 'platform' | 'confidential' | 'unknown';

/**
 * Where the kind was read: the disk itself, the VM's model (dual pass), its instance view, or its security profile.
 */
export type EncryptionSource = 'disk' | 'model' | 'view' | 'security-profile';

/**
 * One disk and its kind. The key vault IDs are where its BEK and its KEK are. `lun` null: the OS disk. `unfit`: why
 * Azure Backup doesn't support it, so that it has to be left out.
 */
export type AssessedDisk = {
  readonly name: string;
  readonly role: 'os' | 'data';
  readonly lun: number | null;
  readonly unfit: 'shared' | 'too-large' | null;
  readonly sizeGiB: number | null;
  readonly kind: EncryptionKind;
  readonly secretVaultId: string | null;
  readonly keyVaultId: string | null;
};

/** The VM's encryption. `readFrom` is null where nothing could be read. `entraApp`: it was encrypted with one. */
export type AssessedEncryption = {
  readonly kind: EncryptionKind;
  readonly readFrom: EncryptionSource | null;
  readonly disks: readonly AssessedDisk[];
  readonly entraApp?: true;
};

/** Permissions in a key vault: of the access policies' groups, or dataActions of roles. */
export type Rights = {
  readonly keys: readonly string[];
  readonly secrets: readonly string[];
  readonly dataActions: readonly string[];
};

/** A key vault with a key or secret of this VM. `model` null: it couldn't be read or doesn't exist. */
export type AssessedKeyVault = {
  readonly id: string;
  readonly name: string;
  readonly model: 'policies' | 'roles' | null;
  readonly state: 'present' | 'deleted' | 'gone' | 'unreadable';
  readonly holds: readonly ('bek' | 'kek')[];
  readonly needed: Rights;
  readonly present: Rights;
  readonly missing: Rights;
  readonly firewall: 'open' | 'trusted' | 'shut' | 'perimeter' | null;
};

/** Why the bot doesn't offer a grant although access is missing. */
export type GrantObstacle =
  | 'lock'
  | 'firewall'
  | 'other-subscription'
  | 'denied'
  | 'role-missing'
  | 'role-unreadable'
  | 'other-tenant'
  | 'grant-identity';

/**
 * Everything that the grant operation needs for its plan. `required` false: the backup works without it as far as is
 * known. `entry` is what is sent to a vault with access policies: present and needed permissions together. `freesAlso`:
 * the IDs of the other VMs with keys in the same key vault; null if that couldn't be read. `grantIdentity` is what the
 * second identity may do there; null if it wasn't read. Offered only if `obstacles` is empty.
 */
export type GrantNeed = {
  readonly keyVaultId: string;
  readonly keyVaultName: string;
  readonly model: 'policies' | 'roles';
  readonly principalId: string;
  readonly tenantId: string;
  readonly required: boolean;
  /** The disks whose keys are there; absent if they are those of every encrypted disk. */
  readonly disks?: readonly string[];
  readonly missing: Rights;
  readonly present: Rights;
  readonly entry: AccessPolicy | null;
  readonly role: { readonly id: string; readonly name: string } | null;
  readonly freesAlso: readonly string[] | null;
  readonly grantIdentity: 'may' | 'may-not' | 'unknown' | null;
  readonly offered: boolean;
  readonly obstacles: readonly GrantObstacle[];
};

/** Whether the next scheduled run will work, and the finding that says why not. */
export type Tonight = PlannedRun & {
  readonly works: 'yes' | 'no' | 'unknown';
  readonly because: string | null;
};

/**
 * `stopped`: data kept, no runs. `elsewhere`: in a vault that the bot may not read.
 * `protecting`: being switched on now.
 */
export type ProtectionKind = 'none' | 'protected' | 'stopped' | 'soft-deleted' | 'elsewhere' | 'protecting' | 'unknown';

/**
 * The VM's protection. `points` is null if they couldn't be read; `attemptsToday` counts on-demand ones since 00:00
 * UTC.
 */
export type AssessedProtection = {
  readonly kind: ProtectionKind;
  readonly vaultId: string | null;
  readonly vaultName: string | null;
  readonly item: ItemRef | null;
  readonly policyId: string | null;
  readonly policyName: string | null;
  /** The disks that its backups include; null: all. */
  readonly diskChoice: DiskChoice | null;
  readonly lastBackup: { readonly status: string | null; readonly time: Iso | null } | null;
  readonly lastPoint: { readonly time: Iso; readonly encrypted: boolean | null } | null;
  readonly points: number | null;
  /** Item and points belong to an earlier VM of this name: this one has no backup. */
  readonly earlierVm: boolean;
  readonly runningJob: { readonly id: string; readonly operation: string; readonly since: Iso | null } | null;
  readonly attemptsToday: number | null;
  readonly daysLeft: number | null;
  readonly tonight: Tonight;
};

/** Why a vault or policy can't protect this VM: a wording's key and its values. */
export type Reason = { readonly code: ReasonCode; readonly params: FindingParams };

/**
 * A Recovery Services vault as a destination. `reason` is null if it is eligible. `looked` false: only its location is
 * known, so it has to be read once it is chosen. `presetPolicyId`: preselected once it is chosen.
 */
export type VaultChoice = {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly redundancy: string | null;
  readonly softDeleteDays: number | null;
  readonly immutability: string | null;
  readonly multiUserAuthorization: boolean;
  readonly isDefault: boolean;
  readonly eligible: boolean;
  readonly looked: boolean;
  readonly reason: Reason | null;
  readonly presetPolicyId: string | null;
};

/** A policy as a choice within its vault. `nextRun` is null if its schedule or time zone isn't understood. */
export type PolicyChoice = {
  readonly id: string;
  readonly name: string;
  readonly facts: PolicyFacts;
  readonly nextRun: Iso | null;
  readonly fits: boolean;
  readonly reason: Reason | null;
};

/** Why a new policy of each kind couldn't take the VM; null: it could. */
export type NewPolicyReasons = Readonly<Record<PolicyFacts['kind'], Reason | null>>;

/** Where the backups can go. `policies` has a key per vault whose policies were read: the vault's ID as in `vaults`. */
export type Destinations = {
  readonly vaults: readonly VaultChoice[];
  readonly policies: Readonly<Record<string, readonly PolicyChoice[]>>;
  readonly preset: { readonly vaultId: string | null; readonly policyId: string | null };
  /** Absent in what an earlier version stored, and for a VM that couldn't be read. */
  readonly newPolicy?: NewPolicyReasons;
};

/** Everything that a card, a flow and a plan need from readiness. Findings are in the order of the guide. */
export type Assessment = {
  readonly vm: AssessedVm;
  readonly readAt: Iso;
  readonly verdict: AssessmentVerdict;
  readonly findings: readonly Finding[];
  readonly encryption: AssessedEncryption;
  readonly keyVaults: readonly AssessedKeyVault[];
  readonly grants: readonly GrantNeed[];
  readonly protection: AssessedProtection;
  readonly destinations: Destinations;
};

/** What is known without asking where its backups can go. */
export type Judged = Omit<Assessment, 'destinations'>;
