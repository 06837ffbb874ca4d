/** The app itself, its bot with the Teams channel, and, where alerts are wanted, what makes Azure Monitor call it. */
import { ContainerAppsAPIClient, type ContainerApp, type ContainerAppProbe } from '@azure/arm-appcontainers';
import { AzureBotService, type Bot } from '@azure/arm-botservice';
import { MonitorClient, type ActionGroupResource } from '@azure/arm-monitor';
import { appName, appSecrets, configFile, env, onlyGivenSecrets, onlyGivenSettings, port } from './app-settings.ts';
import {
  environmentId,
  identityId,
  identityNames,
  identityProperty,
  keyVaultId,
  keyVaultName,
  secrets,
} from './platform.ts';
import { onlyPrivate, registry, registryAccess, registryAccessId } from './registry.ts';
import { any, expression, parameter, replaced, resource, type Recording, type Resource } from './resource.ts';

const appId = `resourceId('Microsoft.App/containerApps', '${appName}')`;
/** Where the app is reached, for an expression. */
export const host = `reference(${appId}, '2025-07-01').configuration.ingress.fqdn`;

const probes: ContainerAppProbe[] = [
  { type: 'Startup', httpGet: { path: '/readyz', port }, periodSeconds: 5, failureThreshold: 10 },
  { type: 'Liveness', httpGet: { path: '/livez', port }, periodSeconds: 10, timeoutSeconds: 5 },
  { type: 'Readiness', httpGet: { path: '/readyz', port }, periodSeconds: 5, timeoutSeconds: 3 },
];

/** The app, and all that leads to it. */
export async function app(): Promise<readonly Resource[]> {
  return [await registryAccess(), await containerApp(), ...(await bot()), ...(await alerts())];
}

function wholeApp(): ContainerApp {
  const identities = Object.values(identityNames).map((name) => [expression(identityId(name)), {}]);
  return {
    location: parameter('location'),
    identity: { type: 'UserAssigned', userAssignedIdentities: Object.fromEntries(identities) },
    environmentId: expression(environmentId),
    workloadProfileName: 'Consumption',
    configuration: {
      activeRevisionsMode: 'Single',
      ingress: { external: true, targetPort: port, transport: 'http', allowInsecure: false },
      registries: [registry],
      secrets: [...appSecrets],
    },
    template: {
      terminationGracePeriodSeconds: 30,
      containers: [
        {
          name: 'kluis',
          image: parameter('image'),
          resources: { cpu: 0.5, memory: '1Gi' },
          env: [...env],
          probes,
          volumeMounts: [{ volumeName: 'config', mountPath: '/config' }],
        },
      ],
      scale: { minReplicas: 1, maxReplicas: 2 },
      volumes: [
        {
          name: 'config',
          storageType: 'Secret',
          secrets: [{ secretRef: 'kluis-yaml', path: expression(configFile) }],
        },
      ],
    },
  };
}

async function containerApp(): Promise<Resource> {
  const create = ({ credential, options }: Recording) =>
    new ContainerAppsAPIClient(credential, any.subscription, options).containerApps.beginCreateOrUpdateAndWait(
      any.group,
      any.name,
      wholeApp(),
    );
  const replicas = () => "parameters('replicas')";
  return replaced(await resource(appName, create, { dependsOn: before.map((id) => expression(id)) }), {
    'properties.configuration.registries': onlyPrivate,
    'properties.configuration.secrets': onlyGivenSecrets,
    'properties.template.containers.0.env': onlyGivenSettings,
    'properties.template.scale.minReplicas': replicas,
    'properties.template.scale.maxReplicas': replicas,
  });
}

/** What has to be there before the app starts: it pulls its image, and reads its secrets and its database at once. */
const before = [
  environmentId,
  registryAccessId,
  ...Object.values(identityNames).map(identityId),
  "resourceId('Microsoft.Resources/deployments', 'kluis-database-owner')",
  `extensionResourceId(${keyVaultId}, 'Microsoft.Authorization/roleAssignments', guid(${keyVaultId}, 'kluis-bot'))`,
  ...Object.keys(secrets).map((name) => `resourceId('Microsoft.KeyVault/vaults/secrets', ${keyVaultName}, '${name}')`),
];

/** The bot's registration. Its identity is a managed one, so there is no secret that ends. */
async function bot(): Promise<readonly Resource[]> {
  const whole: Bot = {
    location: 'global',
    kind: 'azurebot',
    sku: { name: parameter('botSku') },
    properties: {
      displayName: 'Kluis',
      endpoint: expression(`concat('https://', ${host}, '/api/messages')`),
      msaAppType: 'UserAssignedMSI',
      msaAppId: expression(identityProperty(identityNames.bot, 'clientId')),
      msaAppTenantId: expression('tenant().tenantId'),
      msaAppMSIResourceId: expression(identityId(identityNames.bot)),
    },
  };
  const name = "concat('bot-kluis-', uniqueString(resourceGroup().id))";
  const made = await resource(
    expression(name),
    ({ credential, options }) =>
      new AzureBotService(credential, any.subscription, options).bots.create(any.group, any.name, whole),
    { dependsOn: [expression(appId), expression(identityId(identityNames.bot))] },
  );
  const channel = await resource(
    expression(`concat(${name}, '/MsTeamsChannel')`),
    ({ credential, options }) =>
      new AzureBotService(credential, any.subscription, options).channels.create(
        any.group,
        any.name,
        'MsTeamsChannel',
        {
          location: 'global',
          properties: { channelName: 'MsTeamsChannel', properties: { isEnabled: true } },
        },
      ),
    { dependsOn: [expression(`resourceId('Microsoft.BotService/botServices', ${name})`)] },
  );
  return [made, channel];
}

const actionGroupId = "resourceId('Microsoft.Insights/actionGroups', 'ag-kluis')";

/** Azure Monitor calls the app when a backup fails, only where a secret for it is given: it makes the poll early. */
async function alerts(): Promise<readonly Resource[]> {
  const condition = expression("not(empty(parameters('alertSecret')))");
  const serviceUri = expression(
    `concat('https://', ${host}, '/alerts/azure-monitor?secret=', parameters('alertSecret'))`,
  );
  const group: ActionGroupResource = {
    location: 'global',
    groupShortName: 'kluis',
    enabled: true,
    webhookReceivers: [{ name: 'kluis', serviceUri, useCommonAlertSchema: true }],
  };
  const made = await resource(
    'ag-kluis',
    ({ credential, options }) =>
      new MonitorClient(credential, any.subscription, options).actionGroups.createOrUpdate(any.group, any.name, group),
    { condition, dependsOn: [expression(appId)] },
  );
  return [made, processingRule(condition)];
}

/**
 * What a rule has of Microsoft's `AlertProcessingRuleProperties` (API version 2021-08-08). Its npm package,
 * `@azure/arm-alertprocessingrules`, is documented but not published, so the type is written here.
 */
type AlertProcessingRule = {
  readonly scopes: readonly string[];
  readonly conditions: readonly {
    readonly field: 'Severity' | 'MonitorService' | 'SignalType' | 'TargetResource' | 'TargetResourceType';
    readonly operator: 'Equals' | 'NotEquals' | 'Contains' | 'DoesNotContain';
    readonly values: readonly string[];
  }[];
  readonly actions: readonly { readonly actionType: 'AddActionGroups'; readonly actionGroupIds: readonly string[] }[];
  readonly enabled: boolean;
};

/** Alerts of Azure Backup reach an action group by such a rule alone. */
function processingRule(condition: string): Resource {
  const properties: AlertProcessingRule = {
    scopes: [expression('subscription().id')],
    conditions: [
      { field: 'TargetResourceType', operator: 'Equals', values: ['microsoft.recoveryservices/vaults'] },
      { field: 'MonitorService', operator: 'Equals', values: ['Azure Backup'] },
    ],
    actions: [{ actionType: 'AddActionGroups', actionGroupIds: [expression(actionGroupId)] }],
    enabled: true,
  };
  return {
    type: 'Microsoft.AlertsManagement/actionRules',
    apiVersion: '2021-08-08',
    name: 'apr-kluis',
    condition,
    dependsOn: [expression(actionGroupId)],
    location: 'Global',
    properties,
  };
}
