/** What each identity may do and where: the roles of manifest/azure, and their assignments. */
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { KeyVaultManagementClient, type AccessPolicyEntry } from '@azure/arm-keyvault';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { any, asExpression, expression, nested, replaced, resource, type Resource } from './resource.ts';

const folder = join(import.meta.dirname, '..', '..', 'manifest', 'azure');
const read = <Value>(name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Value;

type Role = {
  readonly Name: string;
  readonly Description: string;
  readonly Actions: string[];
  readonly NotActions: string[];
  readonly DataActions?: string[];
  readonly NotDataActions?: string[];
};
type Given = {
  readonly role: string;
  readonly scopes: readonly string[];
  readonly optional?: boolean;
  readonly condition?: string;
};

const { identities } = read<{ readonly identities: Readonly<Record<string, readonly Given[]>> }>('identities');

/** The parameters that say where the scopes of manifest/azure/identities.json are: resource groups, by their names. */
export const groupParameters = {
  vaultGroup: 'vaultGroups',
  vmGroups: 'vmGroups',
  keyVaultGroup: 'keyVaultGroups',
  stagingGroup: 'stagingGroups',
  restoreGroup: 'restoreGroups',
  networkGroup: 'networkGroups',
  drillGroup: 'drillGroups',
} as const;

/** The parameter with the key vaults that go by access policies, each `{ "group": "…", "name": "…" }`. */
export const keyVaultsParameter = 'accessPolicyKeyVaults';

/**
 * Each role that an identity gets, and the one that Kluis gives to Azure Backup. The tenant has each name once, so they
 * are made in one subscription, for the others too.
 */
export async function roles(): Promise<readonly Resource[]> {
  const files = new Set(Object.values(identities).flatMap((given) => given.map(({ role }) => role)));
  return Promise.all([...files, 'backup-key-reader-role'].map((file) => definition(read<Role>(file))));
}

async function definition(role: Role): Promise<Resource> {
  const properties = {
    roleName: role.Name,
    description: role.Description,
    roleType: 'CustomRole',
    permissions: [
      {
        actions: role.Actions,
        notActions: role.NotActions,
        dataActions: role.DataActions ?? [],
        notDataActions: role.NotDataActions ?? [],
      },
    ],
    assignableScopes: [expression('subscription().id')],
  };
  const made = await resource(expression(`guid(subscription().id, '${role.Name}')`), ({ credential, options }) =>
    new AuthorizationManagementClient(credential, any.subscription, options).roleDefinitions.createOrUpdate(
      any.group,
      any.name,
      properties,
    ),
  );
  const others =
    "map(parameters('otherSubscriptions'), lambda('id', concat('/subscriptions/', lambdaVariables('id'))))";
  return replaced(made, { 'properties.assignableScopes': (own) => `concat(${asExpression(own)}, ${others})` });
}

/** Whose assignments they are, all as expressions. */
type Installation = {
  /** The object id of an identity. */
  readonly principals: (identity: string) => string;
  /** The id of the subscription in which the roles are made; theirs come from it. */
  readonly rolesOf: string;
  /** The deployment that makes the identities, beside the roles; null where both have been made before. */
  readonly after: string | null;
};

const roleId = (name: string, rolesOf: string) =>
  `subscriptionResourceId('Microsoft.Authorization/roleDefinitions', guid(${rolesOf}, '${name}'))`;
const awaited = ({ rolesOf, after }: Installation, given: readonly { readonly name: string }[]) =>
  after === null ? [] : [after, ...given.map(({ name }) => roleId(name, rolesOf))];

type Assigned = Given & { readonly identity: string; readonly name: string };

/** The assignments in a subscription: of all of it, and of each resource group and key vault that a parameter lists. */
export async function assignments(by: Installation): Promise<readonly Resource[]> {
  const all = Object.entries(identities).flatMap(([identity, given]) =>
    given.map((one): Assigned => ({ ...one, identity, name: read<Role>(one.role).Name })),
  );
  const at = (scope: string) => all.filter(({ scopes }) => scopes.includes(scope));
  const own = at('subscription').map((one) =>
    assignment(one, {
      seed: 'subscription().id',
      principalId: by.principals(one.identity),
      rolesOf: by.rolesOf,
      more: { dependsOn: awaited(by, [one]).map((id) => expression(id)) },
    }),
  );
  const ofGroups = Object.entries(groupParameters).map(([scope, parameter]) => inGroups(at(scope), parameter, by));
  return Promise.all([...own, ...ofGroups, onKeyVaults(at('keyVaults'), by)]);
}

type Where = {
  /** What makes its name the only one, with the identity and the role. */
  readonly seed: string;
  readonly principalId: string;
  readonly rolesOf: string;
  readonly more?: Readonly<Record<string, unknown>>;
};

function assignment(one: Assigned, { seed, principalId, rolesOf, more }: Where): Promise<Resource> {
  const condition = one.condition && {
    condition: expression(
      `replace(replace('${one.condition.replaceAll("'", "''")}', '<role id of backup-key-reader>', ` +
        `guid(${rolesOf}, '${read<Role>('backup-key-reader-role').Name}')), ` +
        `'<object id of Backup Management Service>', parameters('backupServiceObjectId'))`,
    ),
    conditionVersion: '2.0',
  };
  return resource(
    expression(`guid(${seed}, '${one.identity}', '${one.name}')`),
    ({ credential, options }) =>
      new AuthorizationManagementClient(credential, any.subscription, options).roleAssignments.create(
        any.group,
        any.name,
        {
          principalId: expression(principalId),
          principalType: 'ServicePrincipal',
          roleDefinitionId: expression(roleId(one.name, rolesOf)),
          ...condition,
        },
      ),
    { ...isWanted(one), ...more },
  );
}

/** Optional roles where they are asked for; what is bound to Azure Backup's identity only where that is known. */
function isWanted({ optional, name, condition }: Assigned) {
  const terms = [
    ...(optional ? [`contains(parameters('optionalRoles'), '${name}')`] : []),
    ...(condition ? ["not(empty(parameters('backupServiceObjectId')))"] : []),
  ];
  if (terms.length === 0) return {};
  return { condition: expression(terms.length === 1 ? (terms[0] as string) : `and(${terms.join(', ')})`) };
}

/** What the object id of an identity is called among the parameters of a template within the template. */
export function principalParameter(identity: string): string {
  return identity.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The identities of some assignments, as what a template within the template is given. */
function whoseOf(given: readonly Pick<Assigned, 'identity'>[], { principals, rolesOf }: Installation) {
  const who = [...new Set(given.map(({ identity }) => identity))];
  return {
    ...Object.fromEntries(who.map((identity) => [principalParameter(identity), principals(identity)])),
    rolesOf,
  };
}

/** Within a template that `whoseOf` is given to. */
const whoseWithin = ({ identity }: Assigned) => ({
  principalId: `parameters('${principalParameter(identity)}')`,
  rolesOf: "parameters('rolesOf')",
});

/** One deployment for each group that the parameter lists, with everything that is assigned in groups of its kind. */
async function inGroups(given: readonly Assigned[], parameter: string, by: Installation): Promise<Resource> {
  const resources = await Promise.all(
    given.map((one) => assignment(one, { seed: 'resourceGroup().id', ...whoseWithin(one) })),
  );
  const bound = given.some(({ condition }) => condition);
  const chosen = given.some(({ optional }) => optional);
  return nested(expression(`concat('kluis-${parameter}-', copyIndex())`), {
    given: {
      ...whoseOf(given, by),
      ...(bound && { backupServiceObjectId: "parameters('backupServiceObjectId')" }),
      ...(chosen && { optionalRoles: "parameters('optionalRoles')" }),
    },
    parameters: chosen ? { optionalRoles: { type: 'array' } } : {},
    resources,
    dependsOn: awaited(by, given),
    more: {
      copy: { name: parameter, count: expression(`length(parameters('${parameter}'))`) },
      resourceGroup: expression(`parameters('${parameter}')[copyIndex()]`),
    },
  });
}

/** What the restore identity needs where roles say nothing about keys and secrets: it puts back what is gone. */
export const putsKeysBack = {
  keys: ['get', 'recover', 'restore'],
  secrets: ['list', 'set', 'recover', 'restore'],
} satisfies AccessPolicyEntry['permissions'];

/** One deployment for each key vault with access policies. Its role is for that key vault alone: it can't be bound. */
async function onKeyVaults(given: readonly Assigned[], by: Installation): Promise<Resource> {
  const keyVault = "resourceId('Microsoft.KeyVault/vaults', parameters('keyVault'))";
  const restore = 'kluis-restore';
  const policy = {
    tenantId: expression('tenant().tenantId'),
    objectId: expression(`parameters('${principalParameter(restore)}')`),
    permissions: putsKeysBack,
  } satisfies AccessPolicyEntry;
  const added = resource(expression("concat(parameters('keyVault'), '/add')"), ({ credential, options }) =>
    new KeyVaultManagementClient(credential, any.subscription, options).vaults.updateAccessPolicy(
      any.group,
      any.name,
      'add',
      { properties: { accessPolicies: [policy] } },
    ),
  );
  const assigned = given.map((one) =>
    assignment(one, { seed: keyVault, ...whoseWithin(one), more: { scope: expression(keyVault) } }),
  );
  const each = `parameters('${keyVaultsParameter}')[copyIndex()]`;
  return nested(expression(`concat('kluis-${keyVaultsParameter}-', copyIndex())`), {
    given: { ...whoseOf([...given, { identity: restore }], by), keyVault: `${each}.name` },
    resources: await Promise.all([...assigned, added]),
    dependsOn: awaited(by, given),
    more: {
      copy: { name: keyVaultsParameter, count: expression(`length(parameters('${keyVaultsParameter}'))`) },
      resourceGroup: expression(`${each}.group`),
    },
  });
}
