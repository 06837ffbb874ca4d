import type { ItemRef } from '../../azure/gateway.ts';
import type { PartBase, PlannedKeyVault, PlannedVm } from '../part.ts';

/** One backup outside the schedule: of which protected item, kept for how many days from its start. `keyVaults` hold the keys of its disks; null: unread. */
export type BackUpPart = PartBase & {
  readonly does: 'back-up-now';
  readonly vm: PlannedVm;
  readonly keyVaults: readonly PlannedKeyVault[] | null;
  readonly ref: ItemRef;
  readonly vaultName: string;
  readonly keepDays: number;
  /** The job of a backup that runs already: it is followed, and nothing is started, even if it has ended meanwhile. */
  readonly joins?: string;
  /** The KEKs, where Azure Backup could reach all of them when the plan was made: if it cannot copy one, then for another reason. */
  readonly keksInReach?: readonly string[];
};
