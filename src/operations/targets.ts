/** What parts touch: as rules and roles see it, and as cards and advice name it. */
import { groupOf } from '../core/arm-id.ts';
import type { Target } from '../people/match.ts';
import type { OperationName } from '../people/operations.ts';
import type { AzureNeed } from '../people/azure-role.ts';
import type { Ask } from '../people/rights.ts';
import type { PlannedKeyVault, PlannedVm } from './part.ts';

type OnItem = {
  readonly vm: PlannedVm;
  readonly ref: { readonly vaultId: string };
  readonly vaultName: string;
};
type OnVm = OnItem & { readonly keyVaults: readonly PlannedKeyVault[] | null };

/** An operation on a VM in a Recovery Services vault: asked once for each key vault of its disks. */
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

/** A VM. */
export function vmTarget({ id, name, tags }: Pick<PlannedVm, 'id' | 'name' | 'tags'>): Target {
  return { ...placeOf(id), vm: name, tags };
}

/** A Recovery Services vault. */
export function vaultTarget(id: string, name: string): Target {
  return { ...placeOf(id), vault: name };
}

/** Where something is. A VM that is gone may be known by its name alone: then its location is unknown. */
export function placeOf(id: string): Target {
  return groupOf(id) ?? { resourceGroup: null, subscription: null };
}

/** What a part is about, for the words of its cards and the advice on its failures. */
export type About = {
  /** What a title calls it. */
  readonly name: string;
  /** The VM whose backups it is about; null: it is about none, or about several of its plan. */
  readonly vm: PlannedVm | null;
  /** The key vaults that matter to it, as far as they could be read. */
  readonly keyVaults: readonly PlannedKeyVault[];
  /** The Recovery Services vault; `id` null: only its name is known. */
  readonly vault: { readonly id: string | null; readonly name: string } | null;
  /** The URLs of the KEKs, where Azure Backup could reach all of them when the plan was made. */
  readonly keksInReach: readonly string[] | null;
};

/** Something that is not about one VM. */
export function about(name: string, more: Partial<About> = {}): About {
  return { name, vm: null, keyVaults: [], vault: null, keksInReach: null, ...more };
}

/** The backups of a VM. A part on a VM that was created from them says its `name`. */
export function aboutItem(part: OnItem & Partial<OnVm> & { readonly name?: string }): About {
  const { vm, keyVaults, ref, vaultName, name = vm.name } = part;
  return about(name, { vm, keyVaults: keyVaults ?? [], vault: { id: ref.vaultId, name: vaultName } });
}
