import type { ItemRef } from '../../azure/gateway.ts';
import type { PartBase, PlannedKeyVault, PlannedVm } from '../part.ts';

/** Switching protection on: which VM, in which vault, by which policy. `keyVaults` hold the keys of its disks; null: unread. */
export type ProtectPart = PartBase & {
  readonly does: 'protect';
  readonly vm: PlannedVm;
  readonly keyVaults: readonly PlannedKeyVault[] | null;
  readonly ref: ItemRef;
  readonly vaultName: string;
  readonly policyId: string;
  readonly policyName: string;
  /** The KEKs, where Azure Backup could reach all of them when the plan was made: if it cannot copy one, then for another reason. */
  readonly keksInReach?: readonly string[];
};
