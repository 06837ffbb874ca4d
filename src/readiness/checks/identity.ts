/** Checks 1, 2 and 8: which VM it is, and whether its type can be backed up at all. */
import { parseArmId } from '../../core/arm-id.ts';
import { isConfidential } from '../encryption.ts';
import { blocked, type Finding, passed, unread, unsettled } from '../findings/finding.ts';
import type { Picture } from '../pictures/picture.ts';
import type { VmReading } from '../reading.ts';

/** What can be said before the VM is read; null if it was read. */
export function checkExistence(reading: VmReading): Finding | null {
  const id = parseArmId(reading.vmId);
  const params = { vm: id?.name ?? reading.vmId, group: id?.resourceGroup ?? '' };
  if (id?.provider.toLowerCase() === 'microsoft.classiccompute') return blocked({ code: 'deployment.classic', params });
  if (!reading.vm.ok) return unread({ code: 'vm.unreadable', params }, reading.vm.fault, vmRead);
  return reading.vm.value === null ? blocked({ code: 'vm.missing', params }) : null;
}

/** The VM exists, uses Resource Manager, and isn't confidential. */
export function checkIdentity({ vm }: Picture): readonly Finding[] {
  const params = { vm: vm.name, group: vm.resourceGroup };
  return [passed({ code: 'vm.found', params }), passed({ code: 'deployment.resource-manager' })];
}

/** Azure Backup supports confidential VMs only as a preview in a few regions. */
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
