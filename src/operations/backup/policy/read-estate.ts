/** What the policy dialog reads: the choices, and Azure's state where the policy will be. */
import type { PolicyDocument, VaultFacts } from '../../../azure/gateway.ts';
import { perVault, readVaults, type Unread } from '../../../azure/partial-read.ts';
import { sameId, subscriptionOf } from '../../../core/arm-id.ts';
import { isDefault } from '../../../readiness/destinations.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { guardOf, type OwnedGuard } from '../../dialogs/guard.ts';
import { keptPolicies, type PolicyEstate, type VaultRow } from './estate.ts';

/** Whether a policy is created or changed. */
export type Mode = 'new' | 'change';

/** Reads the choices. */
export async function readEstate(estate: Estate, mode: Mode, asked: string | null): Promise<PolicyEstate> {
  const { reads, subscriptions } = estate;
  const { read: vaults, unread } = await readVaults(reads, subscriptions);
  const rows = vaults.map((vault) => rowOf(estate, vault));
  if (mode === 'new') return { vaults: rows, policies: [], more: 0, unread: namesOf(unread) };
  const lists = await perVault(vaults, async ({ id, name }) =>
    (await reads.policies(id)).map((facts) => ({ vaultId: id, vaultName: name, facts })),
  );
  return { vaults: rows, ...keptPolicies(lists.read.flat(), asked), unread: namesOf([...unread, ...lists.unread]) };
}

function rowOf({ readiness }: Estate, vault: VaultFacts): VaultRow {
  const { id, name, resourceGroup, subscription, region } = vault;
  return { id, name, resourceGroup, subscription, region, isDefault: isDefault(vault, readiness.rules) };
}

function namesOf(unread: readonly Unread[]): string[] {
  return unread.map(({ name }) => name);
}

/** Azure's state where the policy will be. `guard`: what a Resource Guard does about policies that become weaker. */
export type PolicyTarget = OwnedGuard & {
  readonly vault: { readonly immutability: string | null } | null;
  /** How many policies for VMs the vault has. */
  readonly policies: number;
  /** The policy that already has this name. */
  readonly held: PolicyDocument | null;
};

/** Reads it. */
export async function readPlace(
  estate: Estate,
  { vaultId, policyId }: { readonly vaultId: string; readonly policyId: string },
): Promise<PolicyTarget> {
  const { reads } = estate;
  const [vaults, held] = await Promise.all([reads.vaults(subscriptionOf(vaultId)), reads.policy(policyId)]);
  const vault = vaults.find(({ id }) => sameId(id, vaultId)) ?? null;
  const [policies, guard] = await Promise.all([
    vault ? reads.policies(vaultId).then((all) => all.length) : 0,
    vault ? guardOf(estate, vault, 'change-policy') : { guard: 'none' as const, guardOwners: null },
  ]);
  return { vault, policies, held, ...guard };
}
