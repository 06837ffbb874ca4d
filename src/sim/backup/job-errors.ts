import type { JobErrorSpec } from '../state/state-backup.ts';

/**
 * Errors of jobs in Azure's own fields. Titles are documented codes; 400249 and its texts are recorded. The other
 * numbers are this simulator's own: no public source gives them, and nothing should depend on them.
 */
export const IN_PROGRESS_ERROR: JobErrorSpec = {
  errorCode: 400249,
  errorTitle: 'UserErrorBackupOperationInProgress',
  errorString: 'Unable to initiate backup as another backup operation is currently in progress.',
  recommendations: [
    'Please wait until the previous backup operation is completed. To understand why the previous job might be taking more time than intended refer to https://go.microsoft.com/fwlink/?linkid=851524 ',
  ],
};

/** Azure Backup may not read the keys of the disks. */
export const KEY_VAULT_ERROR: JobErrorSpec = {
  errorCode: 400230,
  errorTitle: 'UserErrorKeyVaultPermissionsNotConfigured',
  errorString:
    'Azure Backup Service does not have sufficient permissions to Key Vault for Backup of Encrypted Virtual Machines.',
  recommendations: [
    'Please provide Azure Backup Service the permissions to access Key Vault for backup of encrypted virtual machines. Refer to https://go.microsoft.com/fwlink/?linkid=829119 ',
  ],
};

/** The VM agent doesn't respond. */
export const AGENT_ERROR: JobErrorSpec = {
  errorCode: 400131,
  errorTitle: 'UserErrorGuestAgentStatusUnavailable',
  errorString: 'VM agent unable to communicate with Azure Backup.',
  recommendations: ['Ensure the VM has network connectivity and the VM agent is running, then retry the operation.'],
};

/** The VM is in a failed state. */
export const PROVISIONING_ERROR: JobErrorSpec = {
  errorCode: 400171,
  errorTitle: 'UserErrorVmProvisioningStateFailed',
  errorString: 'The VM is in failed provisioning state.',
  recommendations: ['Please restart the VM and make sure the VM is in Running or Shutdown state.'],
};

/** A disk is larger than can be backed up. */
export const DISK_SIZE_ERROR: JobErrorSpec = {
  errorCode: 400240,
  errorTitle: 'UserErrorUnsupportedDiskSize',
  errorString: 'The configured disk size(s) is currently not supported by Azure Backup.',
  recommendations: ['For supported disk sizes refer to https://aka.ms/azurebackupsupportmatrix '],
};

/** All of the day's on-demand backups are used. */
export const DAILY_LIMIT_ERROR: JobErrorSpec = {
  errorCode: 400260,
  errorTitle: 'UserErrorOnDemandBackupLimitReached',
  errorString: 'The number of on-demand backups allowed for this item in a day has been reached.',
  recommendations: ['Please retry the operation on the next day (UTC).'],
};
