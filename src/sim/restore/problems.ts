import type { World } from '../state/world.ts';
import type { JobErrorSpec, RestoreAsked } from '../state/state-backup.ts';
import type { StorageAccountSpec } from '../state/state-storage.ts';
import { idOf, same } from '../ids.ts';

// Titles with texts of azure-docs (backup-azure-vms-troubleshoot, restore); the others and all numbers are made up.
const NO_ACCOUNT: JobErrorSpec = {
  errorCode: 400310,
  errorTitle: 'UserErrorBCMRestoreStorageAccountNotFound',
  errorString: "The storage account specified for restore operation doesn't exist.",
  recommendations: ['Select another storage account and retry the operation.'],
};
const OTHER_REGION: JobErrorSpec = {
  errorCode: 400311,
  errorTitle: 'UserErrorTargetStorageAccountRegionMismatch',
  errorString: 'The Recovery Services vault and target storage account are in two different regions.',
  recommendations: ['Make sure the storage account is in the same Azure region as the Recovery Services vault.'],
};
const WRONG_KIND: JobErrorSpec = {
  errorCode: 400312,
  errorTitle: 'UserErrorStorageAccountNotSupported',
  errorString: "The storage account specified for the restore operation isn't supported.",
  recommendations: ['Select a general-purpose storage account that is not zone redundant and retry the operation.'],
};
const FIREWALLED: JobErrorSpec = {
  errorCode: 400313,
  errorTitle: 'UserErrorNetworkAclSANotSupported',
  errorString: 'Network ACL storage account not supported for restore of managed VM.',
  recommendations: ['Select a storage account without network restrictions and retry the operation.'],
};
const NO_GROUP: JobErrorSpec = {
  errorCode: 400314,
  errorTitle: 'UserErrorTargetResourceGroupNotFound',
  errorString: 'The resource group specified for the restored disks does not exist.',
  recommendations: ['Create the resource group, or select another one, and retry the operation.'],
};

type RestoreTarget = Pick<RestoreAsked, 'storageAccountId' | 'byIdentity' | 'targetGroupId'> & {
  vaultLocation: string;
};

/**
 * Azure Backup's refusals of a restore before it runs. An account's firewall shows only in the job, like much else;
 * which problem shows where isn't recorded.
 */
export function problemsBefore(world: World, asked: RestoreTarget): JobErrorSpec[] {
  const account = accountAt(world, asked.storageAccountId);
  const group = asked.targetGroupId;
  return [
    ...(account ? accountProblems(account, asked.vaultLocation) : [NO_ACCOUNT]),
    ...(group !== undefined && !isGroup(world, group) ? [NO_GROUP] : []),
  ].map((one) => structuredClone(one));
}

/**
 * What makes the job of a restore fail. The vault's identity gets through a firewall; which roles on the account it
 * needs for that isn't recorded, so none is required.
 */
export function problemsInJob(world: World, asked: RestoreTarget): JobErrorSpec[] {
  const closed = !asked.byIdentity && accountAt(world, asked.storageAccountId)?.firewalled === true;
  return [...problemsBefore(world, asked), ...(closed ? [structuredClone(FIREWALLED)] : [])];
}

/** The storage account with this id. */
function accountAt(world: World, id: string): StorageAccountSpec | undefined {
  return world.state.storageAccounts.find((one) => same(idOf('Microsoft.Storage/storageAccounts', one), id));
}

function accountProblems({ location, kind = 'Storage' }: StorageAccountSpec, vaultLocation: string): JobErrorSpec[] {
  return [
    ...(same(location, vaultLocation) ? [] : [OTHER_REGION]),
    ...(kind === 'BlobStorage' || kind === 'BlockBlobStorage' ? [WRONG_KIND] : []),
  ];
}

function isGroup(world: World, id: string): boolean {
  return world.state.resourceGroups.some(({ subscription, name }) =>
    same(`/subscriptions/${subscription}/resourceGroups/${name}`, id),
  );
}
