import type { AzureIaaSVMProtectedItem, ProtectedItemResource } from '@azure/arm-recoveryservicesbackup';
import type { ItemRef, ProtectedItem } from '../../facts.ts';
import { listOf, required, wordOrNull } from './azure-values.ts';
import { timeOrNull } from './azure-times.ts';
import { timeSpanMs } from './time-span.ts';

/** A protected VM as the product sees it; null if the item is no VM. */
export function protectedItemOf({ id, properties }: ProtectedItemResource): ProtectedItem | null {
  // Before anything else: an empty response must not pass for "not protected".
  const itemId = required(id, 'id');
  if (properties?.backupManagementType !== 'AzureIaasVM') return null;
  const item = properties as AzureIaaSVMProtectedItem;
  const vmId = wordOrNull(item.virtualMachineId) ?? required(item.sourceResourceId, 'virtualMachineId');
  return {
    ref: refIn(itemId),
    id: itemId,
    vmId,
    friendlyName: wordOrNull(item.friendlyName) ?? vmId.slice(vmId.lastIndexOf('/') + 1),
    protectionState: wordOrNull(item.protectionState) ?? 'Invalid',
    policyId: wordOrNull(item.policyId),
    policyName: wordOrNull(item.policyName),
    lastBackupStatus: wordOrNull(item.lastBackupStatus),
    lastBackupTime: timeOrNull(item.lastBackupTime),
    lastRecoveryPoint: timeOrNull(item.lastRecoveryPoint),
    softDeleted: softDeletion(item),
    diskChoice: diskChoice(item),
  };
}

const place = /^(.+)\/backupFabrics\/[^/]+\/protectionContainers\/([^/]+)\/protectedItems\/([^/]+)$/i;

function refIn(id: string): ItemRef {
  const [, vaultId, container, item] = place.exec(id) ?? [];
  return {
    vaultId: required(vaultId, 'vaultId'),
    container: required(container, 'container'),
    item: required(item, 'item'),
  };
}

function diskChoice({ extendedProperties }: AzureIaaSVMProtectedItem): ProtectedItem['diskChoice'] {
  const { diskLunList, isInclusionList } = extendedProperties?.diskExclusionProperties ?? {};
  const luns = listOf(diskLunList);
  // Azure's way to write that nothing is left out any more is an empty list.
  return luns.length > 0 || isInclusionList ? { luns, only: isInclusionList ?? false } : null;
}

function softDeletion(item: AzureIaaSVMProtectedItem): ProtectedItem['softDeleted'] {
  if (!item.isScheduledForDeferredDelete) return null;
  const left = timeSpanMs(item.deferredDeleteTimeRemaining);
  return {
    at: timeOrNull(item.deferredDeleteTimeInUTC),
    remainingHours: left === null ? null : left / 3_600_000,
  };
}
