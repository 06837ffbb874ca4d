import type { IaasVMRecoveryPoint, RecoveryPointResource } from '@azure/arm-recoveryservicesbackup';
import type { RecoveryPoint } from '../../facts.ts';
import { listOf, required, wordOrNull } from './azure-values.ts';
import { timeOrNull } from './azure-times.ts';

/**
 * A recovery point as the product sees it; null if it isn't one of a VM, or has no time, so that nobody could choose
 * it. `keyAndSecret` is ignored: only points from before 11 July 2017, of VMs with a KEK, have it, so its absence means
 * nothing. The keys of every other point come with a restore of its disks.
 */
export function recoveryPointOf({ id, name, properties }: RecoveryPointResource): RecoveryPoint | null {
  if (properties?.objectType !== 'IaasVMRecoveryPoint') return null;
  const point = properties as IaasVMRecoveryPoint;
  const time = timeOrNull(point.recoveryPointTime);
  if (!time) return null;
  return {
    id: required(id, 'id'),
    name: required(name, 'name'),
    time,
    consistency: wordOrNull(point.recoveryPointType),
    encrypted: point.isSourceVMEncrypted ?? null,
    size: wordOrNull(point.virtualMachineSize),
    disks: point.recoveryPointDiskConfiguration?.numberOfDisksIncludedInBackup ?? null,
    tiers: listOf(point.recoveryPointTierDetails).map(({ type, status }) => ({
      tier: wordOrNull(type) ?? 'Invalid',
      status: wordOrNull(status) ?? 'Invalid',
    })),
    privateAccess: point.isPrivateAccessEnabledOnAnyDisk ?? null,
    zones: listOf(point.zones).flatMap((zone) => wordOrNull(zone) ?? []),
    softDeleted: point.recoveryPointProperties?.isSoftDeleted === true,
  };
}
