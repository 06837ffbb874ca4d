import { AzureFault } from '../../../azure/faults.ts';
import type { Permissions } from '../../../azure/gateway.ts';
import { allowsAction } from '../../../core/action-match.ts';
import type { AzureLine } from '../azure-line.ts';
import type { FoundEstate } from './check-estate.ts';
import type { Finding } from '../finding.ts';
import { toldExcess, toldLacks, toldUnasked, toldWhole, type Lack } from '../rights-told.ts';
import { missingActions, type GivenRole, type ScopeName } from '../role-files.ts';

const who = 'the operating identity';

const items = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems';

/**
 * What the operating identity must not be able to do: otherwise whoever takes over the bot gets the keys or the
 * backups.
 */
const never = [
  'Microsoft.KeyVault/vaults/write',
  'Microsoft.KeyVault/vaults/accessPolicies/write',
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.Authorization/locks/delete',
  'Microsoft.RecoveryServices/Vaults/delete',
  `${items}/delete`,
];

type RoleScope = { readonly scope: string; readonly kind: ScopeName };
type ScopePermissions = { readonly place: RoleScope; readonly has: Permissions | null };

/**
 * Compares the operating identity's permissions with its role files, at each subscription, vault, group of VMs and key
 * vault.
 */
export async function checkOperateRights(
  line: Pick<AzureLine, 'permissionsAtSubscription' | 'gateway'>,
  roles: readonly GivenRole[],
  estate: readonly FoundEstate[],
): Promise<readonly Finding[]> {
  const asked = (await Promise.all(estate.map((one) => askSubscription(line, roles, one)))).flat();
  const lacks = asked.flatMap((one) => lacksAt(one, roles));
  const excess = asked.flatMap(({ place, has }) =>
    never.filter((action) => has && allowsAction(has, action)).map((action) => ({ scope: place.scope, action })),
  );
  const unasked = asked.flatMap(({ place, has }) => (has === null ? place.scope : []));
  const whole =
    lacks.length + unasked.length === 0 && asked.length > 0 ? [toldWhole(who, `${asked.length} scopes`)] : [];
  return [...whole, ...toldLacks(who, lacks), ...toldUnasked(who, unasked), ...toldExcess(who, excess)];
}

/** A subscription's permissions apply to everything below it; only what is missing there is checked below. */
async function askSubscription(
  line: Pick<AzureLine, 'permissionsAtSubscription' | 'gateway'>,
  roles: readonly GivenRole[],
  { subscription, vaults, groups, keyVaults }: FoundEstate,
): Promise<readonly ScopePermissions[]> {
  const place = { scope: `/subscriptions/${subscription}`, kind: 'subscription' } as const;
  const top = await askAt(place, () => line.permissionsAtSubscription(subscription));
  const below: readonly RoleScope[] = [
    ...vaults.map(({ id }) => ({ scope: id, kind: 'vaultGroup' }) as const),
    ...groups.map((id) => ({ scope: id, kind: 'vmGroups' }) as const),
    ...keyVaults.map((id) => ({ scope: id, kind: 'keyVaults' }) as const),
  ];
  const has = top.has ?? [];
  const open = below.filter((one) => one.kind !== 'vmGroups' || lacksAt({ place: one, has }, roles).length > 0);
  const read = (scope: string) => line.gateway.reads.permissions(scope);
  return [top, ...(await Promise.all(open.map((one) => askAt(one, () => read(one.scope)))))];
}

async function askAt(place: RoleScope, ask: () => Promise<Permissions>): Promise<ScopePermissions> {
  try {
    return { place, has: await ask() };
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    return { place, has: null };
  }
}

function lacksAt({ place, has }: ScopePermissions, roles: readonly GivenRole[]): readonly Lack[] {
  if (has === null) return [];
  return roles
    .filter(({ scopes }) => scopes.includes(place.kind))
    .map((role) => ({ role, scope: place.scope, actions: missingActions(role, has) }))
    .filter(({ actions }) => actions.length > 0);
}
