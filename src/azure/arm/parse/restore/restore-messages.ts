import type {
  OperationStatus as WireStatus,
  OperationStatusValidateOperationExtendedInfo,
} from '@azure/arm-recoveryservicesbackup';
import type { RestoreProblems, RestoreRequest } from '../../../disk-restores.ts';
import { WireFailure } from '../../map-fault.ts';
import { errorText, listOf, required, wordOrNull } from '../azure-values.ts';

/**
 * A restore of all disks. What Azure uses only for other restores is left out; the two required switches are set.
 * Bodies are as in the examples of the API specification and in azure-docs
 * (backup-azure-arm-userestapi-restoreazurevms).
 */
export function restoreBody(request: RestoreRequest) {
  const { rehydrate, guardRequest } = request;
  return {
    objectType: rehydrate === null ? 'IaasVMRestoreRequest' : 'IaasVMRestoreWithRehydrationRequest',
    recoveryPointId: request.point,
    sourceResourceId: request.sourceVmId,
    ...target(request.to),
    ...staging(request),
    region: request.region,
    createNewCloudService: false,
    originalStorageAccountOption: false,
    ...(request.staysPrivate
      ? { targetDiskNetworkAccessSettings: { targetDiskNetworkAccessOption: 'SameAsOnSourceDisks' } }
      : {}),
    ...(guardRequest === null ? {} : { resourceGuardOperationRequests: [guardRequest] }),
    ...(rehydrate === null
      ? {}
      : { recoveryPointRehydrationInfo: { rehydrationRetentionDuration: 'P15D', rehydrationPriority: rehydrate } }),
  };
}

/** With the vault's identity, as the Azure CLI sends it (azure-cli, custom.py of backup). */
function staging({ stagingAccountId: id, stagesByIdentity }: RestoreRequest) {
  if (!stagesByIdentity) return { storageAccountId: id };
  return {
    storageAccountId: null,
    identityInfo: { isSystemAssignedIdentity: true },
    identityBasedRestoreDetails: { targetStorageAccountId: id },
  };
}

function target(to: RestoreRequest['to']) {
  switch (to.makes) {
    case 'disks':
      return { recoveryType: 'RestoreDisks', targetResourceGroupId: to.groupId };
    case 'vm':
      return {
        recoveryType: 'AlternateLocation',
        targetResourceGroupId: to.groupId,
        targetVirtualMachineId: to.vmId,
        virtualNetworkId: to.networkId,
        subnetId: to.subnetId,
      };
    case 'replacement':
      return { recoveryType: 'OriginalLocation' };
  }
}

/** Whether a validation has ended: by Resource Manager's rule every state except the three final ones is on the way. */
export function isOver({ status }: WireStatus): boolean {
  return /^(Succeeded|Failed|Canceled)$/i.test(required(status, 'status'));
}

/**
 * What a validation found. It succeeds whatever it finds, so its end alone says nothing; one that failed without saying
 * why is `garbled`, since nothing good may be concluded from it.
 */
export function restoreProblemsOf({ status, error, properties }: WireStatus): RestoreProblems {
  const info = (properties ?? {}) as Partial<OperationStatusValidateOperationExtendedInfo>;
  const found = listOf(info.validateOperationResponse?.validationResults).map((one) => ({
    code: wordOrNull(one.code),
    message: errorText(one.message),
    recommendations: listOf(one.recommendations).flatMap((text) => errorText(text) ?? []),
  }));
  if (status === 'Succeeded' || found.length > 0) return found;
  if (!error) throw new WireFailure({ kind: 'garbled', code: 'No-verdict' });
  return [{ code: wordOrNull(error.code), message: errorText(error.message), recommendations: [] }];
}
