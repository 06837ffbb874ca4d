import type {
  OperationStatus as WireStatus,
  OperationStatusValidateOperationExtendedInfo,
} from '@azure/arm-recoveryservicesbackup';
import type { RestoreProblems, RestoreRequest } from '../../../disk-restores.ts';
import { WireFailure } from '../../map-fault.ts';
import { errorText, listOf, required, wordOrNull } from '../azure-values.ts';

/**
 * A restore of all disks as managed disks. What Azure uses only for other restores is left out; the two switches it
 * wants set.
 */
export function restoreBody(request: RestoreRequest) {
  const { rehydrate, guardRequest } = request;
  return {
    objectType: rehydrate === null ? 'IaasVMRestoreRequest' : 'IaasVMRestoreWithRehydrationRequest',
    recoveryPointId: request.point,
    recoveryType: 'RestoreDisks',
    sourceResourceId: request.sourceVmId,
    targetResourceGroupId: request.targetResourceGroupId,
    storageAccountId: request.stagingAccountId,
    region: request.region,
    createNewCloudService: false,
    originalStorageAccountOption: false,
    ...(guardRequest === null ? {} : { resourceGuardOperationRequests: [guardRequest] }),
    ...(rehydrate === null
      ? {}
      : { recoveryPointRehydrationInfo: { rehydrationRetentionDuration: 'P15D', rehydrationPriority: rehydrate } }),
  };
}

/** Whether a validation has come to its end. */
export function isOver({ status }: WireStatus): boolean {
  return required(status, 'status') !== 'InProgress';
}

/**
 * What a validation found. It succeeds whatever it finds, so its end alone says nothing; one that failed without
 * saying why is `garbled`, since nothing good may be concluded from it.
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
