import type { RestoreRequest } from '../../../azure/gateway.ts';
import { newVmId } from '../../create-vm/plan.ts';
import type { ReplaceDisksPart } from '../../replace-disks/plan.ts';
import type { RestoreVmPart } from '../../restore-vm/plan.ts';
import type { RestoreDisksPart } from '../plan.ts';

/** A part that has Azure Backup restore a point. */
export type RestorePart = RestoreDisksPart | RestoreVmPart | ReplaceDisksPart;

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
  };
}

function toOf(part: RestorePart): RestoreRequest['to'] {
  if (part.does === 'replace-disks') return { makes: 'replacement' };
  const groupId = part.targetGroup.id;
  if (part.does === 'restore-disks') return { makes: 'disks', groupId };
  const { id: subnetId } = part.subnet;
  return { makes: 'vm', groupId, vmId: newVmId(part), networkId: subnetId.replace(/\/subnets\/[^/]*$/i, ''), subnetId };
}
