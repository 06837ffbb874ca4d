import type { VmFacts } from '../azure/gateway.ts';

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
  /** The VMs that may be backed up without a key encryption key now. */
  readonly kekExceptions: readonly KekException[];
  /** The tag of a VM that says whose it is. */
  readonly ownerTag: string;
  /** Whether every Recovery Services vault is to have copies in a second region. */
  readonly secondRegion: boolean;
};

/**
 * A VM that may be backed up without a key encryption key: since when and until when (ISO), and who allowed it. `vmId`
 * is its resource ID, `guid` what Azure calls `vmId`, which a VM that is created again doesn't keep; null: unknown, or
 * an older release stored it.
 */
type KekException = {
  readonly vmId: string;
  readonly guid: string | null;
  readonly since: string;
  readonly until: string;
  readonly by: string;
};

/** Whether it was for an earlier VM with the name of this one; without both GUIDs, by when this one was created. */
export function isForEarlierVm(
  { guid, since }: Pick<KekException, 'guid' | 'since'>,
  vm: Pick<VmFacts, 'vmId' | 'created'>,
): boolean {
  if (guid !== null && vm.vmId !== null) return guid.toLowerCase() !== vm.vmId.toLowerCase();
  return vm.created !== null && vm.created.getTime() > Date.parse(since);
}
