/** Checks 1, 2 and 8: which VM it is, and whether it is of a sort that can be backed up at all. */
import { parseArmId } from '../../core/arm-id.ts';
import { isConfidential } from '../encryption.ts';
import { blocked, passed, unread, unsettled } from '../findings/finding.ts';
import type { Finding } from '../findings/finding.ts';
import type { Picture } from '../gather/picture.ts';
import type { VmReading } from '../gather/reading.ts';

/** What can be said before anything of the VM is known; null where the VM was read. */
export function checkExistence(reading: VmReading): Finding | null {
  const id = parseArmId(reading.vmId);
  const params = { vm: id?.name ?? reading.vmId, group: id?.resourceGroup ?? '' };
  if (id?.provider.toLowerCase() === 'microsoft.classiccompute') return blocked({ code: 'deployment.classic', params });
  if (!reading.vm.ok) return unread({ code: 'vm.unreadable', params }, reading.vm.fault, vmRead);
  return reading.vm.value === null ? blocked({ code: 'vm.missing', params }) : null;
}

/** The VM exists, is of Resource Manager, and is not confidential. */
export function checkIdentity({ vm }: Picture): readonly Finding[] {
  const params = { vm: vm.name, group: vm.resourceGroup };
  return [passed({ code: 'vm.found', params }), passed({ code: 'deployment.resource-manager' })];
}

/** A confidential VM is backed up in a preview of a few regions only, so not here. */
export function checkConfidential({ vm }: Picture): readonly Finding[] {
  if (!isConfidential(vm)) return [];
  const params = { region: vm.region, vm: vm.name };
  if (!previewRegions.has(vm.region.toLowerCase().replace(/\s/g, '')))
    return [blocked({ code: 'confidential.vm', params })];
  return [unsettled({ code: 'confidential.preview', params })];
}

/** Microsoft's support matrix says no in one row and names a preview in these regions in another (2026-01-28). */
const previewRegions = new Set([
  'uaenorth',
  'koreacentral',
  'switzerlandnorth',
  'westcentralus',
  'southafricanorth',
  'uksouth',
]);

const vmRead = 'Microsoft.Compute/virtualMachines/read';
