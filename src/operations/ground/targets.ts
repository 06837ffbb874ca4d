/** The targets of parts: as rules and roles see them, and as cards and advice name them. */
import { groupOf } from '../../core/arm-id.ts';
import type { AzureNeed } from '../../people/azure-role.ts';
import type { Target } from '../../people/match.ts';
import type { OperationName } from '../../people/operations.ts';
import type { Ask } from '../../people/rights.ts';
import type { Assessment } from '../../readiness/findings/assessment.ts';
import type { PlannedKeyVault, PlannedVm } from './part.ts';

type OnItem = {
  readonly vm: PlannedVm;
  readonly ref: { readonly vaultId: string };
  readonly vaultName: string;
};
type OnVm = OnItem & { readonly keyVaults: readonly PlannedKeyVault[] | null };

/** An operation on a VM in a Recovery Services vault: checked once for each key vault of its disks. */
export function asksOnVm(
  operation: OperationName,
  { vm, keyVaults, ref, vaultName }: OnVm,
  azure: readonly AzureNeed[],
): readonly Ask[] {
  const target: Target = { ...vmTarget(vm), vault: vaultName };
  const also = [vaultTarget(ref.vaultId, vaultName)];
  if (keyVaults?.length === 0) return [{ operation, target, also, azure }];
  const names = keyVaults?.map(({ name }) => name) ?? [null];
  return names.map((keyVault) => ({ operation, target: { ...target, keyVault }, also, azure }));
}

/**
 * The key vaults that hold the keys of a VM's disks; null if that couldn't be read. One unread disk is enough: its keys
 * may be in the very key vault that a rule means.
 */
export function keyVaultsOf({ encryption, keyVaults }: Pick<Assessment, 'encryption' | 'keyVaults'>) {
  const isUnread = encryption.kind === 'unknown' || encryption.disks.some(({ kind }) => kind === 'unknown');
  return isUnread ? null : keyVaults.map(({ id, name, model }) => ({ id, name, model }));
}

/** A VM. */
export function vmTarget({ id, name, tags }: Pick<PlannedVm, 'id' | 'name' | 'tags'>): Target {
  return { ...targetOf(id), vm: name, tags };
}

/** A Recovery Services vault. */
export function vaultTarget(id: string, name: string): Target {
  return { ...targetOf(id), vault: name };
}

/** Where something is. If a VM is gone, perhaps only its name is known: then its location is unknown. */
export function targetOf(id: string): Target {
  return groupOf(id) ?? { resourceGroup: null, subscription: null };
}

/** What a part is about, for the wording of its cards and the advice on its failures. */
export type About = {
  /** Its name in titles. */
  readonly name: string;
  /** The VM whose backups it is about; null: none, or several of its plan. */
  readonly vm: PlannedVm | null;
  /** The key vaults that matter to it, if they could be read. */
  readonly keyVaults: readonly PlannedKeyVault[];
  /** The Recovery Services vault; `id` null: only its name is known. */
  readonly vault: { readonly id: string | null; readonly name: string } | null;
  /** The URLs of the KEKs, if Azure Backup could reach all of them when the plan was made. */
  readonly keksInReach: readonly string[] | null;
};

/** Something that isn't about one VM. */
export function about(name: string, more: Partial<About> = {}): About {
  return { name, vm: null, keyVaults: [], vault: null, keksInReach: null, ...more };
}

/** The backups of a VM. A part on a VM that was created from them gives its `name`. */
export function aboutItem(part: OnItem & Partial<OnVm> & { readonly name?: string }): About {
  const { vm, keyVaults, ref, vaultName, name = vm.name } = part;
  return about(name, { vm, keyVaults: keyVaults ?? [], vault: { id: ref.vaultId, name: vaultName } });
}

/** Whether something is in a resource group. */
export function isInGroup(id: string, groupId: string): boolean {
  return id.toLowerCase().startsWith(`${groupId.toLowerCase()}/providers/`);
}
