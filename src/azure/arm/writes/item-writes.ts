import type { AzureIaaSComputeVMProtectedItem } from '@azure/arm-recoveryservicesbackup';
import type { BackupWrites, DiskChoice } from '../../gateway.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { itemPath } from '../reads/backup-reads.ts';
import type { Ask } from '../transport/observed-call.ts';
import { subject } from '../parse/azure-values.ts';
import { sentWrite } from './sent-write.ts';

/** Writes of a protected item: it is protected, changed, stopped, or undeleted. */
export function itemWrites(
  clients: ClientsOf,
  ask: Ask,
): Pick<BackupWrites, 'protect' | 'stopProtection' | 'undelete'> {
  const backupOf = (id: string) => clients(subject(id).subscription).backup();
  return {
    protect: ({ ref, vmId, policyId, disks }, attempt) =>
      ask({ name: 'protect', doing: `switching on protection of ${vmId}` }, async () => {
        const sent = sentWrite(attempt);
        const body = protection(vmId, policyId, disks);
        await backupOf(ref.vaultId).protectedItems.createOrUpdate(...itemPath(ref), body, sent.options);
        return sent.operation(ref.vaultId);
      }),

    stopProtection: ({ ref, vmId, guardRequest }, attempt) =>
      ask({ name: 'stopProtection', doing: `stopping the backups of ${vmId}` }, async () => {
        const sent = sentWrite(attempt);
        const guard = guardRequest === null ? {} : { resourceGuardOperationRequests: [guardRequest] };
        const body = stopped(vmId, guard);
        await backupOf(ref.vaultId).protectedItems.createOrUpdate(...itemPath(ref), body, sent.options);
        return sent.operation(ref.vaultId);
      }),

    undelete: ({ ref, vmId }, attempt) =>
      ask({ name: 'undelete', doing: `bringing back the backups of ${vmId}` }, async () => {
        const sent = sentWrite(attempt);
        const body = stopped(vmId, { isRehydrate: true });
        await backupOf(ref.vaultId).protectedItems.createOrUpdate(...itemPath(ref), body, sent.options);
        return sent.operation(ref.vaultId);
      }),
  };
}

/** As the Azure CLI sends it: an empty policy and the requested state. */
function stopped(
  sourceResourceId: string,
  more: Pick<AzureIaaSComputeVMProtectedItem, 'isRehydrate' | 'resourceGuardOperationRequests'>,
): { properties: AzureIaaSComputeVMProtectedItem } {
  const properties = { sourceResourceId, policyId: '', protectionState: 'ProtectionStopped', ...more };
  return { properties: { protectedItemType: 'Microsoft.Compute/virtualMachines', ...properties } };
}

function protection(
  sourceResourceId: string,
  policyId: string,
  disks: DiskChoice | null | undefined,
): { properties: AzureIaaSComputeVMProtectedItem } {
  const properties = { sourceResourceId, policyId, ...(disks !== undefined && extended(disks)) };
  return { properties: { protectedItemType: 'Microsoft.Compute/virtualMachines', ...properties } };
}

/** Extended properties without any disk settings say that no disk is left out any more, as with the Azure CLI. */
function extended(disks: DiskChoice | null) {
  if (disks === null) return { extendedProperties: {} };
  const diskExclusionProperties = { diskLunList: [...disks.luns], isInclusionList: disks.only };
  return { extendedProperties: { diskExclusionProperties } };
}
