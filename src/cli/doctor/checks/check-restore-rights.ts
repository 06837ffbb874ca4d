import type { KluisConfig } from '../../../config/kluis-config.ts';
import { groupOf, keyOfId } from '../../../core/arm-id.ts';
import { askedLack, type Permitted } from '../asked-lack.ts';
import { warning, type Finding } from '../finding.ts';
import { toldLacks, toldUnasked, toldWhole, type Lack } from '../rights-told.ts';
import { actionsAt, type GivenRole, type ScopeName } from '../role-files.ts';
import type { FoundEstate } from './check-estate.ts';

const who = 'the restore identity';

/**
 * Compares what the restore identity may do with its role files, at each Recovery Services vault and each group of VMs.
 * Where disks are restored to is chosen per restore, so it is asked there and not here.
 */
export async function checkRestoreRights(
  restores: Permitted | null,
  roles: readonly GivenRole[],
  estate: readonly FoundEstate[],
): Promise<readonly Finding[]> {
  if (!restores) return [];
  const places = estate.flatMap(({ vaults, groups }) => [
    ...vaults.map(({ id }): Place => ({ scope: id, kind: 'vaultGroup' })),
    ...groups.map((scope): Place => ({ scope, kind: 'vmGroups' })),
  ]);
  return told(restores, roles, { places, where: `${places.length} scopes` });
}

/** The same where entries of `drills` send their drills: the group, that of the network, and the storage account. */
export async function checkDrillRights(
  restores: Permitted | null,
  roles: readonly GivenRole[],
  drills: KluisConfig['drills'],
): Promise<readonly Finding[]> {
  if (drills.length === 0) return [];
  if (!restores) {
    const remedy = 'Set up the restore identity, KLUIS_RESTORE_CLIENT_ID: docs/operations.md says how';
    return [warning('Rights', 'kluis.yaml has drills, and no identity can restore', remedy)];
  }
  const all = drills.flatMap(({ group, subnet, staging }): Place[] => [
    { scope: group, kind: 'drillGroup' },
    { scope: groupIdOf(subnet), kind: 'networkGroup' },
    { scope: staging, kind: 'stagingGroup' },
  ]);
  const places = [...new Map(all.map((place) => [`${place.kind} ${keyOfId(place.scope)}`, place])).values()];
  return told(restores, roles, { places, where: `${places.length} places of drills` });
}

type Place = { readonly scope: string; readonly kind: ScopeName };
type Asking = { readonly places: readonly Place[]; readonly where: string };

async function told(
  restores: Permitted,
  roles: readonly GivenRole[],
  { places, where }: Asking,
): Promise<readonly Finding[]> {
  const needed = places.flatMap(({ scope, kind }) =>
    roles
      .filter(({ scopes }) => scopes.includes(kind))
      .map((role) => ({ role, scope, actions: actionsAt(role, kind) }))
      .filter(({ actions }) => actions.length > 0),
  );
  const asked = await Promise.all(needed.map((one) => askedLack(restores, one)));
  const lacks = tellable(asked.flatMap(({ lack }) => lack ?? []));
  const unasked = [...new Set(asked.flatMap(({ scope, read }) => (read ? [] : scope)))];
  const whole = lacks.length + unasked.length === 0 ? [toldWhole(who, where)] : [];
  return [...whole, ...toldLacks(who, lacks), ...toldUnasked(who, unasked)];
}

const asking = 'Microsoft.Authorization/permissions/read';

/** Where it may not even ask what it may do, only the role that lets it ask is known to be missing. */
function tellable(lacks: readonly Lack[]): readonly Lack[] {
  const isBlind = ({ actions }: Lack) => actions.includes(asking);
  const blind = new Set(lacks.filter(isBlind).map(({ scope }) => scope));
  return lacks.filter((lack) => isBlind(lack) || !blind.has(lack.scope));
}

function groupIdOf(id: string): string {
  const { subscription = '', resourceGroup = '' } = groupOf(id) ?? {};
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
}
