import { isOfService, stagingOf, subscriptionOfRestores } from '../../../readiness/staging.ts';
import { sameRegion } from '../../../readiness/destinations.ts';
import type { Estate } from '../../dialogs/estate.ts';
import type { Destinations, Restorable } from './found.ts';

/** Reads the groups and storage accounts that a restore could use. */
export async function readDestinations(
  { reads }: Estate,
  { vm, ref, region, vaultIdentity }: Restorable,
): Promise<Destinations> {
  const subscription = subscriptionOfRestores(vm.id, ref.vaultId);
  const [groups, accounts] = await Promise.all([
    reads.resourceGroups(subscription),
    reads.storageAccounts(subscription),
  ]);
  const byName = <T extends { readonly name: string }>(all: readonly T[]) =>
    all.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return {
    groups: byName(groups.filter((group) => sameRegion(group.region, region) && !isOfService(group))).map(
      ({ id, name }) => ({ id, name }),
    ),
    accounts: byName(accounts).map((account) => {
      const { id, name } = account;
      return { id, name, ...stagingOf(account, { region, vaultIdentity }) };
    }),
  };
}
