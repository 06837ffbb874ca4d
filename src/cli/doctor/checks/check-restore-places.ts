import type { AzureReads } from '../../../azure/gateway.ts';
import { groupOf, parseArmId } from '../../../core/arm-id.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import { askedLack, type Permitted } from '../asked-lack.ts';
import { ok, problem, someOf, type Finding } from '../finding.ts';
import type { GivenRole, ScopeName } from '../role-files.ts';
import type { FoundEstate } from './check-estate.ts';

const about = 'Rights';
const who = 'the restore identity';

type Reads = Pick<AzureReads, 'resourceGroups' | 'storageAccounts' | 'virtualNetworks'>;
type Places = {
  readonly kind: ScopeName;
  readonly scopes: readonly string[];
  readonly to: string;
  readonly of: string;
};

/**
 * A restore's target is chosen each time, so nothing says where the restore identity should have its roles: this looks
 * for the resource groups, storage accounts and networks where it has all of them, and reports if there is none.
 */
export async function checkRestorePlaces(
  restores: Permitted | null,
  reads: Reads,
  { roles, estate }: { readonly roles: readonly GivenRole[]; readonly estate: readonly FoundEstate[] },
): Promise<readonly Finding[]> {
  if (!restores || estate.length === 0) return [];
  const subscriptions = estate.map(({ subscription }) => subscription);
  const all = async <T>(list: (subscription: string) => Promise<readonly T[]>) =>
    (await Promise.all(subscriptions.map((one) => tried(() => list(one))))).flatMap((one) => (one.ok ? one.value : []));
  const [groups, accounts, networks] = await Promise.all([
    all(reads.resourceGroups),
    all(reads.storageAccounts),
    all(reads.virtualNetworks),
  ]);
  const idsOf = (of: readonly { readonly id: string }[]) => of.map(({ id }) => id);
  const places: readonly Places[] = [
    { kind: 'restoreGroup', scopes: idsOf(groups), to: 'restore to', of: 'resource groups' },
    { kind: 'stagingGroup', scopes: idsOf(accounts), to: 'stage a restore in', of: 'storage accounts' },
    {
      kind: 'networkGroup',
      scopes: groupsOf(networks),
      to: 'connect a new VM in',
      of: 'resource groups with networks',
    },
  ];
  return (await Promise.all(places.map((one) => placesTold(restores, roles, one)))).flat();
}

async function placesTold(
  restores: Permitted,
  all: readonly GivenRole[],
  { kind, scopes, to, of }: Places,
): Promise<readonly Finding[]> {
  const roles = all.filter((role) => role.scopes.includes(kind));
  const complete = await Promise.all(
    scopes.map(async (scope) => {
      const asked = roles.map((role) => ({ role, scope, actions: role.actions, data: role.dataActions }));
      const lacks = await Promise.all(asked.map((one) => askedLack(restores, one)));
      return lacks.every(({ read, lack }) => read && lack === null) ? [nameOf(scope)] : [];
    }),
  );
  const names = complete.flat().toSorted();
  if (names.length > 0) return [ok(about, `${who} can ${to} ${someOf(names)}`)];
  const files = roles.map(({ file }) => `manifest/azure/${file}`).join(' and ');
  const remedy = `Assign ${roles.map(({ name }) => name).join(' and ')} (${files}) there: docs/identities-and-roles.md says how`;
  return [problem(about, `${who} can ${to} none of ${scopes.length} ${of}`, remedy)];
}

function groupsOf(resources: readonly { readonly id: string }[]): readonly string[] {
  const groups = resources.flatMap(({ id }) => {
    const { subscription, resourceGroup } = groupOf(id) ?? {};
    return subscription && resourceGroup ? [`/subscriptions/${subscription}/resourceGroups/${resourceGroup}`] : [];
  });
  return [...new Map(groups.map((id) => [id.toLowerCase(), id])).values()];
}

function nameOf(scope: string): string {
  return parseArmId(scope)?.name ?? scope.split('/').pop() ?? scope;
}
