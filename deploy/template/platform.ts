/** What the app needs: identities, logs, the environment of containers, the database, the key vault of its secrets. */
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ContainerAppsAPIClient } from '@azure/arm-appcontainers';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { OperationalInsightsManagementClient } from '@azure/arm-operationalinsights';
import {
  PostgreSQLManagementFlexibleServerClient,
  type AdministratorMicrosoftEntraAdd,
  type FirewallRule,
  type Server,
} from '@azure/arm-postgresql-flexible';
import { any, expression, nested, parameter, replaced, resource, type Recording, type Resource } from './resource.ts';

const location = parameter('location');

/** The managed identities by what each does, and by their names in the resource group. */
export const identityNames = {
  operate: 'kluis-operate',
  grant: 'kluis-grant',
  restore: 'kluis-restore',
  bot: 'kluis-bot',
};

/** The id of one of them, for an expression. */
export function identityId(name: string): string {
  return `resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', '${name}')`;
}

/** A property of one of them: `clientId` or `principalId`. */
export function identityProperty(name: string, property: 'clientId' | 'principalId'): string {
  return `reference(${identityId(name)}, '2023-01-31').${property}`;
}

/** Everything below, in an order in which each comes after what it needs. */
export async function platform(): Promise<readonly Resource[]> {
  return [
    ...(await Promise.all(Object.values(identityNames).map(identity))),
    await logs(),
    await environment(),
    ...(await database()),
    ...(await keyVault()),
  ];
}

function identity(name: string): Promise<Resource> {
  return resource(name, ({ credential, options }) => {
    const client = new ManagedServiceIdentityClient(credential, any.subscription, options);
    return client.userAssignedIdentities.createOrUpdate(any.group, any.name, { location });
  });
}

const workspace = "resourceId('Microsoft.OperationalInsights/workspaces', 'log-kluis')";

function logs(): Promise<Resource> {
  return resource('log-kluis', ({ credential, options }) => {
    const client = new OperationalInsightsManagementClient(credential, any.subscription, options);
    const workspaceOptions = { location, sku: { name: 'PerGB2018' }, retentionInDays: 30 };
    return client.workspaces.beginCreateOrUpdateAndWait(any.group, any.name, workspaceOptions);
  });
}

/** The environment in which the app runs. */
export const environmentId = "resourceId('Microsoft.App/managedEnvironments', 'cae-kluis')";

function environment(): Promise<Resource> {
  const create = ({ credential, options }: Recording) => {
    const client = new ContainerAppsAPIClient(credential, any.subscription, options);
    return client.managedEnvironments.beginCreateOrUpdateAndWait(any.group, any.name, {
      location,
      appLogsConfiguration: {
        destination: 'log-analytics',
        logAnalyticsConfiguration: {
          customerId: expression(`reference(${workspace}, '2022-10-01').customerId`),
          sharedKey: expression(`listKeys(${workspace}, '2022-10-01').primarySharedKey`),
        },
      },
      workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }],
    });
  };
  return resource('cae-kluis', create, { dependsOn: [expression(workspace)] });
}

/** The server's name has to be the only one of its kind in Azure. */
export const serverName = "concat('psql-kluis-', uniqueString(resourceGroup().id))";
const server = `resourceId('Microsoft.DBforPostgreSQL/flexibleServers', ${serverName})`;

/** Sign-in by Entra alone: there is no password that anybody could lose. */
async function database(): Promise<readonly Resource[]> {
  const client = ({ credential, options }: Recording) =>
    new PostgreSQLManagementFlexibleServerClient(credential, any.subscription, options);
  const child = (name: string) => expression(`concat(${serverName}, '/${name}')`);
  const after = { dependsOn: [expression(server)] };
  const whole = {
    location,
    sku: { name: parameter('databaseSku'), tier: parameter('databaseTier') },
    version: '17',
    storage: { storageSizeGB: 32, autoGrow: 'Enabled' },
    backup: { backupRetentionDays: 14, geoRedundantBackup: parameter('databaseGeoBackup') },
    highAvailability: { mode: parameter('databaseHighAvailability') },
    availabilityZone: expression("if(empty(parameters('databaseZone')), null(), parameters('databaseZone'))"),
    authConfig: { activeDirectoryAuth: 'Enabled', passwordAuth: 'Disabled', tenantId: expression('tenant().tenantId') },
  } satisfies Server;
  // Azure doesn't tell from which addresses the environment calls: any of Azure's, and a token at each sign-in.
  const azure = { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' } satisfies FirewallRule;
  return [
    replaced(
      await resource(expression(serverName), (recording) =>
        client(recording).servers.beginCreateOrUpdateAndWait(any.group, any.name, whole),
      ),
      { 'properties.backup.backupRetentionDays': () => "parameters('databaseBackupDays')" },
    ),
    await resource(
      child('azure'),
      (recording) => client(recording).firewallRules.beginCreateOrUpdateAndWait(any.group, any.name, any.name, azure),
      after,
    ),
    await resource(
      child('kluis'),
      (recording) => client(recording).databases.beginCreateAndWait(any.group, any.name, any.name, { charset: 'UTF8' }),
      after,
    ),
    await databaseOwner(),
    await databaseAdministrator(),
  ];
}

/** The operating identity owns the database. Its object id is the resource's name, which has to be a parameter. */
async function databaseOwner(): Promise<Resource> {
  const owner = {
    principalType: 'ServicePrincipal',
    principalName: identityNames.operate,
    tenantId: expression('tenant().tenantId'),
  } satisfies AdministratorMicrosoftEntraAdd;
  const made = await administrator("parameters('server'), '/', parameters('principalId')", owner);
  const given = { server: serverName, principalId: identityProperty(identityNames.operate, 'principalId') };
  const database = `resourceId('Microsoft.DBforPostgreSQL/flexibleServers/databases', ${serverName}, 'kluis')`;
  return nested('kluis-database-owner', {
    given,
    resources: [made],
    dependsOn: [database, identityId('kluis-operate')],
  });
}

/** Who may sign in beside the app, to back its database up; nobody unless the parameter is given. */
function databaseAdministrator(): Promise<Resource> {
  const whole = "parameters('databaseAdministrator')";
  // Azure evaluates the name even where the condition is false.
  const of = (property: string, otherwise: string) => `if(empty(${whole}), '${otherwise}', ${whole}.${property})`;
  const added = {
    principalType: expression(of('type', 'Group')),
    principalName: expression(of('name', '')),
    tenantId: expression('tenant().tenantId'),
  } satisfies AdministratorMicrosoftEntraAdd;
  return administrator(`${serverName}, '/', ${of('objectId', 'none')}`, added, {
    condition: expression(`not(empty(${whole}))`),
    // One after the other: a server refuses a change while another is under way.
    dependsOn: [expression("resourceId('Microsoft.Resources/deployments', 'kluis-database-owner')")],
  });
}

function administrator(nameParts: string, whole: AdministratorMicrosoftEntraAdd, more: object = {}): Promise<Resource> {
  const create = ({ credential, options }: Recording) =>
    new PostgreSQLManagementFlexibleServerClient(
      credential,
      any.subscription,
      options,
    ).administratorsMicrosoftEntra.beginCreateOrUpdateAndWait(any.group, any.name, any.name, whole);
  return resource(expression(`concat(${nameParts})`), create, { ...more });
}

/** The key vault of the app's own secrets; its name has to be the only one of its kind in Azure. */
export const keyVaultName = "concat('kv-kluis-', uniqueString(resourceGroup().id))";
/** Its id, for an expression. */
export const keyVaultId = `resourceId('Microsoft.KeyVault/vaults', ${keyVaultName})`;
const secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'; // Key Vault Secrets User, a role of Azure's own

/** What must be a secret, by its name in the key vault, and the parameter that gives it. */
export const secrets = {
  'slack-bot-token': 'slackBotToken',
  'slack-signing-secret': 'slackSigningSecret',
  'slack-app-token': 'slackAppToken',
  'slack-client-secret': 'slackClientSecret',
  'token-key': 'tokenKey',
  'sign-in-client-secret': 'signInClientSecret',
  'alert-secret': 'alertSecret',
  'otlp-headers': 'otlpHeaders',
} as const;

async function keyVault(): Promise<readonly Resource[]> {
  const client = ({ credential, options }: Recording) =>
    new KeyVaultManagementClient(credential, any.subscription, options);
  const sku = { family: 'A', name: 'standard' } as const;
  const properties = { tenantId: expression('tenant().tenantId'), sku, enableRbacAuthorization: true };
  const made = await resource(expression(keyVaultName), (recording) =>
    client(recording).vaults.createOrUpdate(any.group, any.name, { location, properties }),
  );
  const values = Object.entries(secrets).map(([name, given]) =>
    resource(
      expression(`concat(${keyVaultName}, '/${name}')`),
      (recording) =>
        client(recording).secrets.createOrUpdate(any.group, any.name, any.name, {
          properties: { value: parameter(given) },
        }),
      { condition: expression(`not(empty(parameters('${given}')))`), dependsOn: [expression(keyVaultId)] },
    ),
  );
  const reader = await resource(
    expression(`guid(${keyVaultId}, 'kluis-bot')`),
    ({ credential, options }) =>
      new AuthorizationManagementClient(credential, any.subscription, options).roleAssignments.create(
        any.group,
        any.name,
        {
          principalId: expression(identityProperty(identityNames.bot, 'principalId')),
          principalType: 'ServicePrincipal',
          roleDefinitionId: expression(
            `subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${secretsUser}')`,
          ),
        },
      ),
    { scope: expression(keyVaultId), dependsOn: [expression(keyVaultId), expression(identityId(identityNames.bot))] },
  );
  return [made, ...(await Promise.all(values)), reader];
}
