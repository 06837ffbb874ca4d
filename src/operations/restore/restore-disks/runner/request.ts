import { AzureFault } from '../../../../azure/faults.ts';
import type { DiskRestores, RestoreProblems, RestoreRequest } from '../../../../azure/gateway.ts';
import { newVmId } from '../../../parts/create-vm.ts';
import type { RestorePart } from '../../../parts/restore-part.ts';

/** The request to Azure. */
export function requestOf(part: RestorePart): RestoreRequest {
  return {
    ref: part.ref,
    point: part.point.name,
    sourceVmId: part.vm.id,
    region: part.region,
    to: toOf(part),
    stagingAccountId: part.staging.id,
    stagesByIdentity: part.staging.byIdentity === true,
    rehydrate: part.rehydrate,
    guardRequest: part.guardRequest,
    staysPrivate: part.point.private === true,
  };
}

/**
 * What Azure objects to. A permission that the restore identity lacks and what a policy denies are objections too:
 * asking again doesn't help.
 */
export async function objectionsTo(
  part: RestorePart,
  restores: Pick<DiskRestores, 'validateRestore'>,
): Promise<RestoreProblems> {
  try {
    return await restores.validateRestore(requestOf(part));
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    const { kind, code, says: message, action } = error.facts;
    if (kind !== 'forbidden' && kind !== 'refused') throw error;
    return [{ code, message, recommendations: [], ...(kind === 'forbidden' && { lacks: action ?? '' }) }];
  }
}

function toOf(part: RestorePart): RestoreRequest['to'] {
  if (part.does === 'replace-disks') return { makes: 'replacement' };
  const groupId = part.targetGroup.id;
  if (part.does === 'restore-disks') return { makes: 'disks', groupId };
  const { id: subnetId } = part.subnet;
  return { makes: 'vm', groupId, vmId: newVmId(part), networkId: subnetId.replace(/\/subnets\/[^/]*$/i, ''), subnetId };
}
