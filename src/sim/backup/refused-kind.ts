import type { ItemSpec } from '../state/state-backup.ts';
import type { AttachedDiskSpec, VmSpec } from '../state/state-compute.ts';
import type { World } from '../state/world.ts';
import { isEncrypted } from './disks/key-access.ts';
import { diskOf } from '../state/find.ts';
import { isTaken } from './disks/taken-disks.ts';
import { policyTypeOf } from './policies/policies.ts';

/** The regions with the preview of confidential VMs (Microsoft's support matrix, 2026-01-28). */
const CONFIDENTIAL = ['uaenorth', 'koreacentral', 'switzerlandnorth', 'westcentralus', 'southafricanorth', 'uksouth'];

type ProtectRequest = { vm: VmSpec; policyId: string; diskExclusion: ItemSpec['diskExclusion'] };

/**
 * Kinds of VMs and disks that Azure Backup doesn't support. That is documented (support matrix); the codes for shared
 * disks and confidential VMs are this simulator's own, since nobody has recorded Azure's.
 */
export function refusedKind(world: World, asked: ProtectRequest): { code: string; message: string } | null {
  const { vm, policyId, diskExclusion } = asked;
  const standard = policyTypeOf(world.state, policyId) === 'V1';
  if (vm.securityType === 'ConfidentialVM' && !CONFIDENTIAL.includes(vm.location)) {
    return { code: 'UserErrorConfidentialVmNotSupported', message: 'Confidential virtual machines are not supported.' };
  }
  if (diskExclusion && standard && isEncrypted(world, vm)) {
    return {
      code: 'UserErrorEncryptedVmNotSupportedWithDiskEx',
      message: 'Disk exclusion is not supported for encrypted virtual machines.',
    };
  }
  const disk = (one: AttachedDiskSpec) => diskOf(world.state, one);
  const shared = vm.disks.filter((one) => (disk(one)?.maxShares ?? 1) > 1);
  if (shared.some((one) => standard || isTaken(one, diskExclusion))) {
    return {
      code: 'UserErrorSharedDiskNotSupported',
      message: 'Virtual machines with shared disks are not supported. Please exclude them, with an Enhanced policy.',
    };
  }
  if (standard && vm.disks.some((one) => /^(UltraSSD|PremiumV2)/.test(disk(one)?.sku ?? ''))) {
    return {
      code: 'UserErrorDiskTypeNotSupportedWithStandardPolicy',
      message: 'The virtual machine has disks that are supported with Enhanced policies only.',
    };
  }
  return null;
}
