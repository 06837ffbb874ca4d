import type { AzureReads, KeyVaultFacts } from '../../../azure/gateway.ts';
import type { KluisConfig } from '../../../config/kluis-config.ts';
import { allowsAction } from '../../../core/action-match.ts';
import { groupOf, keyOfId } from '../../../core/arm-id.ts';
import { shellWord } from '../../../core/shell-word.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import { askedLack, type Permitted } from '../asked-lack.ts';
import { problem, warning, type Finding } from '../finding.ts';
import { toldExcess, toldLacks, toldUnasked, toldWhole, type Lack } from '../rights-told.ts';
import type { GivenRole, ScopeName } from '../role-files.ts';
import type { FoundEstate } from './check-estate.ts';

const who = 'the restore identity';

/** What this check needs. `principal` is the restore identity's object ID; null if unknown. */
type RestoreChecked = {
  readonly restores: Permitted | null;
  readonly reads: Pick<AzureReads, 'keyVault'>;
  readonly roles: readonly GivenRole[];
  readonly estate: readonly FoundEstate[];
  readonly principal: string | null;
};

/**
 * Compares the restore identity's permissions with its role files, at each Recovery Services vault, each group of VMs
 * and each key vault that disks name; for a key vault with access policies, with its policy.
 */
export async function checkRestoreRights(checked: RestoreChecked): Promise<readonly Finding[]> {
  const { restores, reads, roles, estate, principal } = checked;
  if (!restores) return [];
  const ids = estate.flatMap(({ keyVaults }) => keyVaults);
  const read = await Promise.all(ids.map((id) => tried(() => reads.keyVault(id))));
  // One that can't be read, or is gone, is reported by the check of the operating identity.
  const keyVaults = read.flatMap((one) => (one.ok && one.value ? [one.value] : []));
  const places = estate.flatMap(({ vaults, groups }) => [
    ...vaults.map(({ id }): Place => ({ scope: id, kind: 'vaultGroup' })),
    ...groups.map((scope): Place => ({ scope, kind: 'vmGroups' })),
  ]);
  const all = [...places, ...keyVaults.map(({ id, rbac }): Place => ({ scope: id, kind: 'keyVaultGroup', rbac }))];
  const findings = [
    ...(await told(restores, roles, { places: all, where: `${all.length} scopes` })),
    ...(await excessAt(restores, keyVaults)),
  ];
  return [...findings, ...(principal === null ? [] : keyVaults.flatMap((one) => policyFindings(one, principal)))];
}

/**
 * What it must not be able to do where key vaults are, and what an earlier release's `kluis-deploy-template` gave it
 * there: whoever takes over the bot would run code in the VMs of that group, or read what is in the key vault.
 */
const neverAtKeyVaults = [
  'Microsoft.Resources/deployments/write',
  'Microsoft.Compute/virtualMachines/write',
  'Microsoft.Compute/virtualMachines/extensions/write',
  'Microsoft.KeyVault/vaults/accessPolicies/write',
  'Microsoft.Authorization/roleAssignments/write',
];

async function excessAt(restores: Permitted, keyVaults: readonly KeyVaultFacts[]): Promise<readonly Finding[]> {
  const excess = keyVaults.map(async ({ id: scope }) => {
    const has = await tried(() => restores.permissions(scope));
    if (!has.ok) return [];
    return neverAtKeyVaults.filter((action) => allowsAction(has.value, action)).map((action) => ({ scope, action }));
  });
  return toldExcess(who, (await Promise.all(excess)).flat());
}

/** The same for the targets of `drills` entries: the group, that of the network, and the storage account. */
export async function checkDrillRights(
  restores: Permitted | null,
  roles: readonly GivenRole[],
  drills: KluisConfig['drills'],
): Promise<readonly Finding[]> {
  if (drills.length === 0) return [];
  if (!restores) {
    const remedy = 'Set up the restore identity, KLUIS_RESTORE_CLIENT_ID: docs/identities-and-roles.md says how';
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

/** `rbac` false: a key vault with access policies, where roles don't apply to its contents. */
type Place = { readonly scope: string; readonly kind: ScopeName; readonly rbac?: boolean };
type Asking = { readonly places: readonly Place[]; readonly where: string };

async function told(
  restores: Permitted,
  roles: readonly GivenRole[],
  { places, where }: Asking,
): Promise<readonly Finding[]> {
  const needed = places.flatMap(({ scope, kind, rbac = true }) =>
    roles
      .filter(({ scopes }) => scopes.includes(kind))
      .map((role) => ({ role, scope, actions: role.actions, data: rbac ? role.dataActions : [] }))
      .filter(({ actions, data }) => actions.length + data.length > 0),
  );
  const asked = await Promise.all(needed.map((one) => askedLack(restores, one)));
  const lacks = tellable(asked.flatMap(({ lack }) => lack ?? []));
  const unasked = [...new Set(asked.flatMap(({ scope, read }) => (read ? [] : scope)))];
  const whole = lacks.length + unasked.length === 0 ? [toldWhole(who, where)] : [];
  return [...whole, ...toldLacks(who, lacks), ...toldUnasked(who, unasked)];
}

const asking = 'Microsoft.Authorization/permissions/read';

/** If it can't even read its own permissions, only the role that allows that is known to be missing. */
function tellable(lacks: readonly Lack[]): readonly Lack[] {
  const isBlind = ({ actions }: Lack) => actions.includes(asking);
  const blind = new Set(lacks.filter(isBlind).map(({ scope }) => scope));
  return lacks.filter((lack) => isBlind(lack) || !blind.has(lack.scope));
}

/** What is needed to put keys and secrets back, in the words of access policies. */
const putBack = { keys: ['get', 'recover', 'restore'], secrets: ['list', 'set', 'recover', 'restore'] } as const;

function policyFindings({ name, rbac, policies }: KeyVaultFacts, principal: string): readonly Finding[] {
  if (rbac) return [];
  const own = policies.filter(({ objectId }) => objectId.toLowerCase() === principal.toLowerCase());
  const lacks = (kind: 'keys' | 'secrets') => {
    const given = own.flatMap((policy) => policy[kind].map((one) => one.toLowerCase()));
    return given.includes('all') ? [] : putBack[kind].filter((one) => !given.includes(one));
  };
  const all = (['keys', 'secrets'] as const).flatMap((kind) => lacks(kind).map((one) => `${kind}/${one}`));
  if (all.length === 0) return [];
  const [keys, secrets] = [putBack.keys.join(' '), putBack.secrets.join(' ')];
  const remedy = `az keyvault set-policy -n ${shellWord(name)} --object-id ${shellWord(principal)} --key-permissions ${keys} --secret-permissions ${secrets}`;
  return [problem('Rights', `${who} lacks in the access policies of ${name}: ${all.join(', ')}`, remedy)];
}

function groupIdOf(id: string): string {
  const { subscription = '', resourceGroup = '' } = groupOf(id) ?? {};
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
}
