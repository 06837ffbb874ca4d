import { methodAndPath, type Route } from '../http/route.ts';

/** The provider of Recovery Services and Azure Backup. */
export const NAMESPACE = 'Microsoft.RecoveryServices';

/** The paths of Recovery Services vaults, of one, and of an item in it. */
export const VAULTS = '/subscriptions/:sub/resourcegroups/:group/providers/microsoft.recoveryservices/vaults';
export const VAULT = `${VAULTS}/:vault`;
export const ITEM = `${VAULT}/backupfabrics/:fabric/protectioncontainers/:container/protecteditems/:item`;

/** The provider's name of an item in the names of permissions. */
export const PI = 'Vaults/backupFabrics/protectionContainers/protectedItems';

/** A call of Azure Backup in a Recovery Services vault, with the permission that it needs. */
export function backup(call: string, action: string, handle: Route['handle']): Route {
  return { ...methodAndPath(call), type: `${NAMESPACE}/vaults/backup`, action: `${NAMESPACE}/${action}`, handle };
}
