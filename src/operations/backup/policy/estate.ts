/** The Recovery Services vaults and policies from which the dialog chooses. Pure. */
import type { PolicyFacts } from '../../../azure/gateway.ts';
import { sameId } from '../../../core/arm-id.ts';

/** A Recovery Services vault in which policies can be created. */
export type VaultRow = {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscription: string;
  readonly region: string;
  readonly isDefault: boolean;
};

/** A policy for VMs, and its vault. */
export type PolicyRow = { readonly vaultId: string; readonly vaultName: string; readonly facts: PolicyFacts };

/**
 * The choices. `more`: how many policies were left out. `unread`: Recovery Services vaults whose policies can't be
 * read.
 */
export type PolicyEstate = {
  readonly vaults: readonly VaultRow[];
  readonly policies: readonly PolicyRow[];
  readonly more: number;
  readonly unread: readonly string[];
};

/** As many choices as a card shows. */
const maxListed = 100;

/** The vault that was named, or the only one, or the default; null if it has to be asked. */
export function presetVault({ vaults }: Pick<PolicyEstate, 'vaults'>, asked: string | null): VaultRow | null {
  if (asked !== null) return vaults.filter((vault) => names(vault, asked))[0] ?? null;
  const defaults = vaults.filter((vault) => vault.isDefault);
  if (vaults.length === 1) return vaults[0] ?? null;
  return defaults.length === 1 ? (defaults[0] ?? null) : null;
}

/** The policies that were named: by name, by `vault/name` or by id. None named: all. */
export function namedPolicies(
  { policies }: Pick<PolicyEstate, 'policies'>,
  asked: string | null,
): readonly PolicyRow[] {
  if (asked === null) return policies;
  return policies.filter(
    ({ vaultName, facts }) =>
      sameId(facts.id, asked) || [facts.name, `${vaultName}/${facts.name}`].some((name) => same(name, asked)),
  );
}

/** The policies that were named, otherwise as many as a list can show: they are stored with the dialog. */
export function keptPolicies(all: readonly PolicyRow[], asked: string | null): Pick<PolicyEstate, 'policies' | 'more'> {
  const named = asked === null ? [] : namedPolicies({ policies: all }, asked);
  const policies = (named.length > 0 ? named : all).slice(0, maxListed);
  return { policies, more: (named.length > 0 ? named : all).length - policies.length };
}

/** The policies nearest to the request: those that were named, otherwise all of them. */
export function offeredPolicies(estate: Pick<PolicyEstate, 'policies'>, asked: string | null): readonly PolicyRow[] {
  const named = namedPolicies(estate, asked);
  return named.length > 0 ? named : estate.policies;
}

function names(vault: VaultRow, asked: string): boolean {
  return sameId(vault.id, asked) || same(vault.name, asked);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
