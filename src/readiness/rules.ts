/** What this installation requires in addition to Azure, and the names it has chosen. From `kluis.yaml`. */
export type ReadinessRules = {
  /** What happens to a VM whose disks have no key encryption key. */
  readonly requireKek: 'refuse' | 'warn' | 'off';
  /** The name of the Recovery Services vault that is filled in where several fit. */
  readonly defaultVault: string | null;
  /** The object id of the Backup application in this tenant, where Graph may not be asked for it. */
  readonly backupServiceObjectId: string | null;
  /** Which role the grant gives in a key vault that works with roles. */
  readonly grantRole: 'backup-key-reader' | 'key-vault-administrator';
  /** The VMs that may be backed up without a key encryption key now: until when (ISO), and who allowed it. */
  readonly kekExceptions: readonly KekException[];
  /** The tag of a VM that says whose it is. */
  readonly ownerTag: string;
  /** Whether every Recovery Services vault is to have copies in a second region. */
  readonly secondRegion: boolean;
};

/** A VM that may be backed up without a key encryption key, until then. */
type KekException = { readonly vmId: string; readonly until: string; readonly by: string };
