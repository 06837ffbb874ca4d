import type {
  BackupStatusResponse,
  OperationStatus as WireStatus,
  OperationStatusJobExtendedInfo,
  PreValidateEnableBackupResponse,
} from '@azure/arm-recoveryservicesbackup';
import type { BackupStatus, OperationStatus, PreValidation } from '../../facts.ts';
import { WireFailure } from '../map-fault.ts';
import { errorText, required, wordOrNull } from './azure-values.ts';

const states = ['Protected', 'NotProtected', 'Protecting', 'ProtectionFailed'] as const;

/** Azure's answer about a VM's protection; an unknown word is `Unknown`, never treated as `NotProtected`. */
export function backupStatusOf(answer: BackupStatusResponse): BackupStatus {
  const status = required(answer.protectionStatus, 'protectionStatus');
  return {
    status: states.find((state) => state === status) ?? 'Unknown',
    vaultId: wordOrNull(answer.vaultId),
    container: wordOrNull(answer.containerName),
    item: wordOrNull(answer.protectedItemName),
    policyName: wordOrNull(answer.policyName),
  };
}

const refusals = ['Failed', 'Invalid'];

/** Azure's answer whether it would protect the VM; a refusal has HTTP 200. An unknown word is neither. */
export function preValidationOf(answer: PreValidateEnableBackupResponse): PreValidation {
  const status = required(answer.status, 'status');
  if (status !== 'Succeeded' && !refusals.includes(status))
    throw new WireFailure({ kind: 'garbled', code: 'No-status' });
  return {
    ok: status === 'Succeeded',
    code: wordOrNull(answer.errorCode),
    message: errorText(answer.errorMessage),
    recommendation: errorText(answer.recommendation),
  };
}

const ends = ['Succeeded', 'Failed', 'Canceled'] as const;

/**
 * An operation's state. By Resource Manager's rule every state except the three final ones means that it is running.
 */
export function operationStatusOf({ status, error, properties }: WireStatus): OperationStatus {
  const state = required(status, 'status');
  const { jobId } = (properties ?? {}) as Partial<OperationStatusJobExtendedInfo>;
  return {
    status: ends.find((end) => end === state) ?? 'InProgress',
    jobId: wordOrNull(jobId),
    error: error ? { code: wordOrNull(error.code), message: errorText(error.message) } : null,
  };
}
