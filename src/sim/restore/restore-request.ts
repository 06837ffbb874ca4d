import type { Call } from '../http/call.ts';
import type { ItemSpec, PointSpec, RestoreAsked, VaultSpec } from '../state/state-backup.ts';
import { enforceLinked } from '../access/enforce-linked.ts';
import { itemPath } from '../backup/names.ts';
import { ArmRefusal } from '../http/reply.ts';
import { same, within } from '../ids.ts';
import { field, textField } from '../json.ts';

const ACTION =
  'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action';
const REHYDRATING = 'IaasVMRestoreWithRehydrationRequest';

/** A restore request; refused if it isn't for this vault's region, or incomplete. */
export function restoreAsked(request: unknown, vault: VaultSpec): RestoreAsked {
  const word = (name: string) => textField(request, name);
  const type = word('objectType');
  const isRequest = same(type, 'IaasVMRestoreRequest') || same(type, REHYDRATING);
  const [pointId, sourceVmId] = [word('recoveryPointId'), word('sourceResourceId')];
  const [{ storageAccountId, byIdentity }, targetGroupId] = [stagedIn(request, vault), word('targetResourceGroupId')];
  const luns = field(request, 'restoreDiskLunList');
  const isHere = same(word('region'), vault.location);
  if (!isRequest || !isHere || !pointId || !sourceVmId || !storageAccountId) throw invalid();
  return {
    pointId,
    sourceVmId,
    storageAccountId,
    ...(byIdentity ? { byIdentity } : {}),
    ...(targetGroupId ? { targetGroupId } : {}),
    ...(Array.isArray(luns) ? { luns: luns.filter((lun) => typeof lun === 'number') } : {}),
    rehydrates: same(type, REHYDRATING),
    ...wholeVm(request, targetGroupId),
  };
}

/**
 * The staging account, and whether the vault's identity is used for it: it is then in a field of its own, as the Azure
 * CLI sends it (`--mi-system-assigned`); one that was assigned to the vault is taken as well, by its resource ID
 * (`--mi-user-assigned`). What Azure answers if the vault doesn't have the identity isn't recorded. The specification's
 * example of a new VM has the identity beside an account in the usual field, which is accepted as well.
 */
function stagedIn(request: unknown, vault: VaultSpec): { storageAccountId?: string; byIdentity?: true } {
  const storageAccountId = textField(request, 'storageAccountId');
  if (storageAccountId) return { storageAccountId };
  const target = textField(field(request, 'identityBasedRestoreDetails'), 'targetStorageAccountId');
  const hasIt = isOfVault(field(request, 'identityInfo'), vault);
  return hasIt && target ? { storageAccountId: target, byIdentity: true } : {};
}

function isOfVault(asked: unknown, { identity, userIdentities = [] }: VaultSpec): boolean {
  if (field(asked, 'isSystemAssignedIdentity') === true) return identity !== undefined;
  const id = textField(asked, 'managedIdentityResourceId');
  return id !== undefined && userIdentities.some((one) => same(one, id));
}

/** What a restore that creates a VM or replaces disks names besides; the refusal of half of it isn't recorded. */
function wholeVm(request: unknown, targetGroupId: string | undefined): Pick<RestoreAsked, 'newVm' | 'replaces'> {
  const word = (name: string) => textField(request, name);
  const type = word('recoveryType');
  if (same(type, 'RestoreDisks')) return {};
  if (same(type, 'OriginalLocation') && !targetGroupId) return { replaces: true };
  const [id, networkId, subnetId] = [word('targetVirtualMachineId'), word('virtualNetworkId'), word('subnetId')];
  if (!same(type, 'AlternateLocation') || !targetGroupId || !id || !networkId || !subnetId) throw invalid();
  if (!within(id, targetGroupId) || !within(subnetId, networkId)) throw invalid();
  return { newVm: { id, networkId, subnetId } };
}

/** Azure Backup's refusal of what it can't read. Recorded for other calls, not for a restore. */
export function invalid(): ArmRefusal {
  return new ArmRefusal(400, 'BMSUserErrorInvalidInput', 'Input provided for the call is invalid');
}

/**
 * The requested point. Nothing is restored from deleted backups (azure-docs, soft-delete-azure-backup-faq); Azure's
 * wording of that refusal isn't recorded: this is another refusal's.
 */
export function pointOf(item: ItemSpec, id: string): PointSpec {
  if (item.deletedAt)
    throw new ArmRefusal(400, 'UserErrorItemInSoftDeletedState', 'The backup item is in soft deleted state.');
  const found = item.points.find((point) => point.id === id);
  if (!found) throw new ArmRefusal(404, 'BMSUserErrorObjectNotFound', 'Object not found');
  return found;
}

/**
 * Refuses a caller who may restore, but lacks what a restore does to the VM, the account and the target group
 * (azure-docs, backup-rbac-rs-vault, "Restore managed disks" and "Restore VM", without the permission on domains, which
 * is for classic VMs). What a replacement of disks needs is on no page: here the same as a restore of disks.
 */
export function enforceRestoreRights(call: Call, item: ItemSpec, asked: RestoreAsked): void {
  const scope = `${itemPath(item.vaultId, item.container)}/recoveryPoints/${asked.pointId}`;
  const need = (on: string, action: string) => enforceLinked(call, { action: ACTION, scope, needs: [action], on });
  need(asked.sourceVmId, 'Microsoft.Compute/virtualMachines/write');
  if (!asked.newVm) need(asked.storageAccountId, 'Microsoft.Storage/storageAccounts/write');
  if (asked.targetGroupId) need(asked.targetGroupId, 'Microsoft.Resources/subscriptions/resourceGroups/write');
  if (!asked.newVm) return;
  need(asked.newVm.id, 'Microsoft.Compute/virtualMachines/write');
  need(asked.newVm.networkId, 'Microsoft.Network/virtualNetworks/read');
  need(asked.newVm.subnetId, 'Microsoft.Network/virtualNetworks/subnets/join/action');
}
