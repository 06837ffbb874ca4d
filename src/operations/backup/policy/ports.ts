import type { VaultFacts } from '../../../azure/gateway.ts';
import { perVault, readVaults, type Unread } from '../../../azure/partial-read.ts';
import { sameId, subscriptionOf } from '../../../core/arm-id.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { keptPolicies, type PolicyEstate, type VaultRow } from './estate.ts';
import type { Mode, PolicyPorts } from './flow.ts';
import { isDefault } from '../../../readiness/destinations.ts';
import { guardOf } from '../../dialogs/guard.ts';

/** What the policy dialog reads. */
export function policyPorts(estate: Estate): PolicyPorts {
  const { reads } = estate;
  return {
    estate: (mode, asked) => estateOf(estate, mode, asked),
    place: async ({ vaultId, policyId }) => {
      const [vaults, held] = await Promise.all([reads.vaults(subscriptionOf(vaultId)), reads.policy(policyId)]);
      const vault = vaults.find(({ id }) => sameId(id, vaultId)) ?? null;
      const [policies, guard] = await Promise.all([
        vault ? reads.policies(vaultId).then((all) => all.length) : 0,
        vault ? guardOf(estate, vault, 'change-policy') : { guard: 'none' as const, guardOwners: null },
      ]);
      return { vault, policies, held, ...guard };
    },
  };
}

async function estateOf(estate: Estate, mode: Mode, asked: string | null): Promise<PolicyEstate> {
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
