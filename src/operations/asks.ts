/** Which rights a plan takes, read from its parts: the operation, on what it touches. */
import { parseArmId } from '../core/arm-id.ts';
import type { Target } from '../people/match.ts';
import type { Ask } from '../people/rights.ts';
import type { BackUpPart } from './back-up-now/plan.ts';
import type { CancelPart } from './cancel-job/plan.ts';
import type { GrantPart } from './grant-key-vault-access/plan.ts';
import type { Part, PlannedVm } from './part.ts';
import type { Plan } from './plan.ts';
import type { PolicyPart } from './policy/plan.ts';
import type { ProtectPart } from './protect/plan.ts';

/** Every right that a plan takes. */
export function asksOf({ parts }: Pick<Plan, 'parts'>): readonly Ask[] {
  return parts.flatMap(asksOfPart);
}

/** The rights of one part. */
export function asksOfPart(part: Part): readonly Ask[] {
  switch (part.does) {
    case 'protect':
    case 'back-up-now':
      return asksOnVm(part);
    case 'grant-key-vault-access':
      return asksOnKeyVault(part);
    case 'cancel-job':
      return [cancelAsk(part)];
    case 'create-policy':
    case 'change-policy':
      return [policyAsk(part.does, part)];
  }
}

/** The right to cancel what a plan runs: each of its backups, and who started that; null: nobody here did. */
export function asksToCancel({ parts }: Pick<Plan, 'parts'>, startedBy: (part: Part) => string | null): readonly Ask[] {
  return parts.flatMap((part) =>
    part.does === 'back-up-now' ? [cancelAsk({ ...part, vaultId: part.ref.vaultId, startedBy: startedBy(part) })] : [],
  );
}

/** The right to make or change a policy in a vault. */
export function policyAsk(operation: PolicyPart['does'], vault: Pick<PolicyPart, 'vaultId' | 'vaultName'>): Ask {
  return { operation, target: vaultTarget(vault.vaultId, vault.vaultName) };
}

function asksOnVm({ does, vm, keyVaults, ref, vaultName }: ProtectPart | BackUpPart): readonly Ask[] {
  const target: Target = { ...vmTarget(vm), vault: vaultName };
  const also = [vaultTarget(ref.vaultId, vaultName)];
  if (keyVaults?.length === 0) return [{ operation: does, target, also }];
  const names = keyVaults?.map(({ name }) => name) ?? [null];
  return names.map((keyVault) => ({ operation: does, target: { ...target, keyVault }, also }));
}

function asksOnKeyVault({ does, keyVault, vms }: GrantPart): readonly Ask[] {
  const also = [{ ...placeOf(keyVault.id), keyVault: keyVault.name }];
  return vms.map((vm) => ({
    operation: does,
    target: { ...vmTarget(vm), vault: vm.vaultName, keyVault: keyVault.name },
    also,
  }));
}

function cancelAsk(part: Pick<CancelPart, 'vm' | 'vaultId' | 'vaultName' | 'startedBy'>): Ask {
  return {
    operation: 'cancel-job',
    target: { ...vmTarget(part.vm), vault: part.vaultName },
    also: [vaultTarget(part.vaultId, part.vaultName)],
    startedBy: part.startedBy,
  };
}

function vmTarget({ id, name, tags }: PlannedVm): Target {
  return { ...placeOf(id), vm: name, tags };
}

function vaultTarget(id: string, name: string): Target {
  return { ...placeOf(id), vault: name };
}

/** A VM that is gone may be known by its name alone: then where it was is not known. */
function placeOf(id: string): Target {
  const parsed = parseArmId(id);
  return { resourceGroup: parsed?.resourceGroup ?? null, subscription: parsed?.subscription ?? null };
}
