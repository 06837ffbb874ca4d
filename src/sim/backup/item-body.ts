import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';
import type { ItemSpec } from '../state/state-backup.ts';
import { dotnetSpan, millis, NEVER } from '../times.ts';
import { itemPath, nameOf } from './names.ts';
import { policyTypeOf } from './policies.ts';

/** A protected item as this api-version shows it, in lists and alone. */
export function itemBody(call: Call, item: ItemSpec): JsonBody {
  const name = `VM;${item.container}`;
  return {
    id: itemPath(item.vaultId, item.container),
    name,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems',
    properties: properties(call, item),
  };
}

function properties(call: Call, item: ItemSpec): JsonBody {
  const recent = call.version >= '2023-01-01';
  return {
    ...(recent ? {} : { kpisHealths: kpis(item) }),
    friendlyName: nameOf(item.vmId),
    virtualMachineId: item.vmId,
    protectionStatus: item.lastBackupStatus === 'Failed' ? 'Unhealthy' : 'Healthy',
    protectionState: item.state,
    healthStatus: item.lastBackupStatus === 'Failed' ? 'ActionRequired' : 'Passed',
    ...healthDetails(item),
    lastBackupStatus: item.lastBackupStatus,
    lastBackupTime: item.lastBackupTime ?? NEVER,
    protectedItemDataId: item.dataId,
    ...(recent && item.policyId ? { policyType: policyTypeOf(call.world.state, item.policyId) } : {}),
    ...extendedInfo(call, item),
    protectedItemType: 'Microsoft.Compute/virtualMachines',
    backupManagementType: 'AzureIaasVM',
    workloadType: 'VM',
    containerName: item.container,
    sourceResourceId: item.vmId,
    policyId: item.policyId,
    policyName: nameOf(item.policyId),
    ...(item.diskExclusion ? { extendedProperties: { diskExclusionProperties: { ...item.diskExclusion } } } : {}),
    ...(item.lastRecoveryPoint ? { lastRecoveryPoint: item.lastRecoveryPoint } : {}),
    ...deferred(call, item),
    ...(recent ? { vaultId: `https://management.azure.com${item.vaultId}` } : {}),
    isArchiveEnabled: false,
    ...(recent ? { softDeleteRetentionPeriod: 0 } : {}),
  };
}

/** An empty object before the first backup. */
function kpis(item: ItemSpec): JsonBody {
  if (!item.lastBackupTime) return {};
  const failed = item.lastBackupStatus === 'Failed';
  return {
    BackupOperationStatusKPI: {
      resourceHealthStatus: failed ? 'PersistentUnhealthy' : 'Healthy',
      resourceHealthDetails: [{ code: 0, title: failed ? 'Failed' : 'Success', message: '', recommendations: [] }],
    },
  };
}

/** Before the first backup there are no health details at all. */
function healthDetails(item: ItemSpec): JsonBody {
  if (!item.lastBackupTime) return {};
  const green = {
    code: 400239,
    title: 'IaasVmHealthGreenDefault',
    message: 'Backup pre-check status of this virtual machine is OK.',
    recommendations: [],
  };
  const red = {
    code: 400237,
    title: 'IaasVmHealthRedDefault',
    message: 'The last backup of this virtual machine did not succeed.',
    recommendations: ['Look at the last job of this virtual machine.'],
  };
  return { healthDetails: [item.lastBackupStatus === 'Failed' ? red : green] };
}

/** Only with `$filter=expand eq 'extendedinfo'`. */
function extendedInfo(call: Call, item: ItemSpec): JsonBody {
  if (!/expand\s+eq\s+'extendedinfo'/i.test(call.query.get('$filter') ?? '')) return {};
  const times = item.points.map((point) => point.time).sort((one, other) => millis(one) - millis(other));
  return {
    extendedInfo: {
      ...(times[0] ? { oldestRecoveryPoint: times[0] } : {}),
      recoveryPointCount: item.points.length,
      policyInconsistent: false,
    },
  };
}

function deferred(call: Call, item: ItemSpec): JsonBody {
  if (!item.deletedAt) return {};
  const vault = call.world.state.vaults.find((known) =>
    item.vaultId.toLowerCase().endsWith(`/${known.name.toLowerCase()}`),
  );
  const end = millis(item.deletedAt) + (vault?.softDeleteDays ?? 14) * 86_400_000;
  return {
    deferredDeleteTimeInUTC: item.deletedAt,
    isScheduledForDeferredDelete: true,
    deferredDeleteTimeRemaining: dotnetSpan(Math.max(0, end - call.world.now().getTime())),
  };
}
