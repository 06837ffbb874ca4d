import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';
import type { ItemSpec } from '../state/state-backup.ts';
import { same } from '../ids.ts';
import { dotnetSpan, millis, NEVER } from '../times.ts';
import { itemPath, vmNameOf } from './names.ts';
import { policyTypeOf } from './policies/policies.ts';

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
    ...(recent ? {} : { kpisHealths: kpis(call, item) }),
    friendlyName: vmNameOf(item.vmId),
    virtualMachineId: item.vmId,
    protectionStatus: item.lastBackupStatus === 'Failed' ? 'Unhealthy' : 'Healthy',
    protectionState: item.state,
    healthStatus: item.lastBackupStatus === 'Failed' ? 'ActionRequired' : 'Passed',
    ...healthDetails(item),
    lastBackupStatus: item.lastBackupStatus,
    lastBackupTime: item.lastBackupTime ?? NEVER,
    protectedItemDataId: item.dataId,
    ...extendedProperties(item, recent),
    ...(recent ? { policyType: item.policyId ? policyTypeOf(call.world.state, item.policyId) : '' } : {}),
    ...extendedInfo(call, item),
    protectedItemType: 'Microsoft.Compute/virtualMachines',
    backupManagementType: 'AzureIaasVM',
    workloadType: 'VM',
    containerName: item.container,
    sourceResourceId: item.vmId,
    policyId: item.policyId,
    policyName: vmNameOf(item.policyId),
    ...(item.lastRecoveryPoint ? { lastRecoveryPoint: item.lastRecoveryPoint } : {}),
    ...deferred(call, item),
    ...(recent ? { vaultId: `https://management.azure.com${item.vaultId}` } : {}),
    isArchiveEnabled: false,
    ...(recent ? { softDeleteRetentionPeriod: 0 } : {}),
  };
}

/**
 * With an application name, empty where nobody gave one, once there was a backup (azure-cli,
 * test_backup_diskaccess_restore, 2025-05-09; test_backup_softdelete has none before the first).
 */
function extendedProperties({ diskExclusion, lastBackupTime }: ItemSpec, recent: boolean): JsonBody {
  const own = {
    ...(diskExclusion ? { diskExclusionProperties: { ...diskExclusion } } : {}),
    ...(recent && lastBackupTime ? { linuxVmApplicationName: '' } : {}),
  };
  return Object.keys(own).length > 0 ? { extendedProperties: own } : {};
}

/**
 * An empty object before the first backup; of restores once there was one, in the same form (azure-cli,
 * test_backup_restore).
 */
function kpis({ world }: Call, item: ItemSpec): JsonBody {
  const restored = world.state.jobs.filter(
    ({ operation, end, ...job }) => operation === 'Restore' && end && same(job.vmId, item.vmId),
  );
  const last = restored.at(-1);
  return {
    ...(item.lastBackupTime ? { BackupOperationStatusKPI: kpi(item.lastBackupStatus === 'Failed') } : {}),
    ...(last ? { RestoreOperationStatusKPI: kpi(last.status === 'Failed') } : {}),
  };
}

function kpi(failed: boolean): JsonBody {
  return {
    resourceHealthStatus: failed ? 'PersistentUnhealthy' : 'Healthy',
    resourceHealthDetails: [{ code: 0, title: failed ? 'Failed' : 'Success', message: '', recommendations: [] }],
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
