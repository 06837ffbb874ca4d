/** What parts touch, as rules and roles see it. */
import { groupOf } from '../core/arm-id.ts';
import type { Target } from '../people/match.ts';
import type { OperationName } from '../people/operations.ts';
import type { AzureNeed } from '../people/azure-role.ts';
import type { Ask } from '../people/rights.ts';
import type { PlannedKeyVault, PlannedVm } from './part.ts';

type OnVm = {
  readonly vm: PlannedVm;
  readonly keyVaults: readonly PlannedKeyVault[] | null;
  readonly ref: { readonly vaultId: string };
  readonly vaultName: string;
};

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
