/** What each identity may do and where: the roles of manifest/azure, and their assignments. */
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { any, expression, nested, resource, type Resource } from './resource.ts';

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

/** Each role that an identity gets, and the one that Kluis gives to Azure Backup, as a role of the subscription. */
export async function roles(): Promise<readonly Resource[]> {
  const files = new Set(Object.values(identities).flatMap((given) => given.map(({ role }) => role)));
  return Promise.all([...files, 'backup-key-reader-role'].map((file) => definition(read<Role>(file))));
}

const roleId = (name: string) =>
  `subscriptionResourceId('Microsoft.Authorization/roleDefinitions', guid(subscription().id, '${name}'))`;

function definition(role: Role): Promise<Resource> {
  return resource(expression(`guid(subscription().id, '${role.Name}')`), ({ credential, options }) =>
    new AuthorizationManagementClient(credential, any.subscription, options).roleDefinitions.createOrUpdate(
      any.group,
      any.name,
      {
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
      },
    ),
  );
}

type Assigned = Given & { readonly identity: string; readonly name: string };

/** The assignments: those of the whole subscription, and those of each resource group that a parameter lists. */
export async function assignments(
  principals: (identity: string) => string,
  after: string,
): Promise<readonly Resource[]> {
  const all = Object.entries(identities).flatMap(([identity, given]) =>
    given.map((one): Assigned => ({ ...one, identity, name: read<Role>(one.role).Name })),
  );
  const at = (scope: string) => all.filter(({ scopes }) => scopes.includes(scope));
  const own = at('subscription').map((one) =>
    assignment(one, {
      scope: 'subscription().id',
      principalId: principals(one.identity),
      dependsOn: [after, roleId(one.name)],
    }),
  );
  const ofGroups = Object.entries(groupParameters).map(([scope, parameter]) =>
    inGroups(at(scope), { parameter, principals, after }),
  );
  return Promise.all([...own, ...ofGroups]);
}

type Where = { readonly scope: string; readonly principalId: string; readonly dependsOn: readonly string[] };

function assignment(one: Assigned, { scope, principalId, dependsOn }: Where): Promise<Resource> {
  const condition = one.condition && {
    condition: expression(
      `replace(replace('${one.condition.replaceAll("'", "''")}', '<role id of backup-key-reader>', ` +
        `guid(subscription().id, '${read<Role>('backup-key-reader-role').Name}')), ` +
        `'<object id of Backup Management Service>', parameters('backupServiceObjectId'))`,
    ),
    conditionVersion: '2.0',
  };
  return resource(
    expression(`guid(${scope}, '${one.identity}', '${one.name}')`),
    ({ credential, options }) =>
      new AuthorizationManagementClient(credential, any.subscription, options).roleAssignments.create(
        any.group,
        any.name,
        {
          principalId: expression(principalId),
          principalType: 'ServicePrincipal',
          roleDefinitionId: expression(roleId(one.name)),
          ...condition,
        },
      ),
    { ...isWanted(one), ...(dependsOn.length > 0 && { dependsOn: dependsOn.map((id) => expression(id)) }) },
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

type InGroups = {
  readonly parameter: string;
  readonly principals: (identity: string) => string;
  readonly after: string;
};

/** One deployment for each group that the parameter lists, with everything that is assigned in groups of its kind. */
async function inGroups(given: readonly Assigned[], { parameter, principals, after }: InGroups): Promise<Resource> {
  const who = [...new Set(given.map(({ identity }) => identity))];
  const asParameter = (identity: string) => identity.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const resources = await Promise.all(
    given.map((one) =>
      assignment(one, {
        scope: 'resourceGroup().id',
        principalId: `parameters('${asParameter(one.identity)}')`,
        dependsOn: [],
      }),
    ),
  );
  const bound = given.some(({ condition }) => condition);
  const chosen = given.some(({ optional }) => optional);
  return nested(expression(`concat('kluis-${parameter}-', copyIndex())`), {
    given: {
      ...Object.fromEntries(who.map((identity) => [asParameter(identity), principals(identity)])),
      ...(bound && { backupServiceObjectId: "parameters('backupServiceObjectId')" }),
      ...(chosen && { optionalRoles: "parameters('optionalRoles')" }),
    },
    parameters: chosen ? { optionalRoles: { type: 'array' } } : {},
    resources,
    dependsOn: [after, ...given.map(({ name }) => roleId(name))],
    more: {
      copy: { name: parameter, count: expression(`length(parameters('${parameter}'))`) },
      resourceGroup: expression(`parameters('${parameter}')[copyIndex()]`),
    },
  });
}
