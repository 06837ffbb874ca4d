/** The whole template, at the scope of a subscription. */
import { ResourceManagementClient } from '@azure/arm-resources';
import { assignments, keyVaultsParameter, roles, type groupParameters } from './access.ts';
import { app, host } from './app.ts';
import { identityNames, identityProperty, platform } from './platform.ts';
import { any, expression, nested, parameter, resource } from './resource.ts';

/** A parameter of a template, with its description. */
export type Parameter = {
  readonly type: 'string' | 'securestring' | 'int' | 'bool' | 'array' | 'object';
  readonly metadata: { readonly description: string };
  readonly defaultValue?: unknown;
  readonly allowedValues?: readonly unknown[];
  readonly minValue?: number;
  readonly maxValue?: number;
};

/** Makes one. */
export const described = (type: Parameter['type'], description: string, more: Partial<Parameter> = {}): Parameter => ({
  type,
  metadata: { description },
  ...more,
});
const groups = (of: string) =>
  described('array', `The resource groups in this subscription ${of}, by name.`, { defaultValue: [] });

const secret = (description: string) => described('securestring', description, { defaultValue: '' });

const inGroup: Readonly<Record<string, Parameter>> = {
  location: described('string', 'The region of all resources.', {
    defaultValue: '[deployment().location]',
  }),
  image: described('string', 'The Kluis image, with its tag or digest.'),
  registryId: described(
    'string',
    'The resource ID of the Azure Container Registry with the image; leave it empty if the image is public.',
    { defaultValue: '' },
  ),
  kluisYaml: described(
    'securestring',
    'The text of kluis.yaml: who may do what. Without roles nobody can do anything.',
  ),
  replicas: described('int', 'How many replicas run; two for availability.', {
    defaultValue: 2,
    minValue: 1,
    maxValue: 4,
  }),
  otherSubscriptions: described(
    'array',
    'IDs of other subscriptions that Kluis may work in. Assign the roles there too; azuredeploy.mg.json does that.',
    { defaultValue: [] },
  ),
  readOnly: described('bool', 'Whether Kluis is read-only: it shows everything and starts nothing.', {
    defaultValue: false,
  }),
  databaseSku: described(
    'string',
    'The SKU of the PostgreSQL server. Standard_B1ms has 35 connections, too few for two replicas that are being replaced.',
    { defaultValue: 'Standard_B2s' },
  ),
  databaseTier: described('string', 'The tier of that SKU.', {
    defaultValue: 'Burstable',
    allowedValues: ['Burstable', 'GeneralPurpose', 'MemoryOptimized'],
  }),
  databaseZone: described(
    'string',
    'The availability zone of the database: 1, 2 or 3; leave it empty for the one that Azure chooses.',
    { defaultValue: '' },
  ),
  databaseHighAvailability: described(
    'string',
    'Whether a standby takes over from the database: ZoneRedundant in another zone, SameZone in its own. It doubles the price, and the Burstable tier has none.',
    { defaultValue: 'Disabled', allowedValues: ['Disabled', 'SameZone', 'ZoneRedundant'] },
  ),
  databaseBackupDays: described('int', "For how many days Azure keeps its backups of the database's server.", {
    defaultValue: 14,
    minValue: 7,
    maxValue: 35,
  }),
  databaseGeoBackup: described(
    'string',
    'Whether those backups are also kept in the paired region. It can be chosen only when the server is made.',
    { defaultValue: 'Disabled', allowedValues: ['Disabled', 'Enabled'] },
  ),
  databaseConnections: described('int', 'How many connections one replica opens at most; the queue takes three more.', {
    defaultValue: 16,
    minValue: 4,
    maxValue: 100,
  }),
  databaseAdministrator: described(
    'object',
    'Who can sign in to the database beside Kluis, to back it up: { "objectId": "…", "name": "…", "type": "Group" } of a group (or User), with its exact name in Entra; leave it empty for nobody.',
    { defaultValue: {} },
  ),
  botSku: described('string', 'The pricing tier of the Azure Bot; Teams is free in both.', {
    defaultValue: 'F0',
    allowedValues: ['F0', 'S1'],
  }),
  slackBotToken: secret(
    "The bot token of the Slack app (xoxb-…), for one workspace; leave it empty if you don't use Slack.",
  ),
  slackSigningSecret: secret(
    "The signing secret of the Slack app; leave it empty if you don't use Slack, or use Socket Mode.",
  ),
  slackAppToken: secret('The app-level token of the Slack app (xapp-…), if it uses Socket Mode.'),
  slackClientId: described('string', 'The client ID of the Slack app, for several workspaces.', { defaultValue: '' }),
  slackClientSecret: secret('Its client secret, for several workspaces.'),
  slackWorkspaces: described('array', 'IDs of the workspaces that may install it (T012AB3CD).', {
    defaultValue: [],
  }),
  tokenKey: secret(
    'The key that encrypts the tokens of several workspaces: openssl rand -base64 32. Keep a copy elsewhere.',
  ),
  signInClientId: described('string', 'The client ID of the app registration that people in Slack sign in with once.', {
    defaultValue: '',
  }),
  signInClientSecret: secret('Its secret.'),
  publicUrl: described('string', "The URL at which browsers reach Kluis, if that isn't the Container App's.", {
    defaultValue: '',
  }),
  alertSecret: secret(
    'A secret of at least 32 letters and digits, with which Azure Monitor calls Kluis; leave it empty to rely on polling alone.',
  ),
  otlpHeaders: secret('The headers that the trace collector needs (OTEL_EXPORTER_OTLP_HEADERS).'),
  settings: described(
    'array',
    'Other settings of Kluis that aren\'t secret, each as { "name": "…", "value": "…" }: OTEL_EXPORTER_OTLP_ENDPOINT, HTTPS_PROXY, LOG_LEVEL, …',
    { defaultValue: [] },
  ),
};

const parameters: Readonly<Record<string, Parameter>> = {
  resourceGroup: described('string', 'The resource group for Kluis itself.', {
    defaultValue: 'rg-kluis',
  }),
  ...inGroup,
  backupServiceObjectId: described(
    'string',
    'The object ID of "Backup Management Service" in this tenant; without it the grant identity can\'t assign roles.',
    { defaultValue: '' },
  ),
  optionalRoles: described(
    'array',
    'Optional roles to assign: kluis-classic-reader, kluis-recover-key-vault, kluis-alerts, kluis-register-provider, kluis-drill, kluis-drill-network.',
    {
      defaultValue: [],
    },
  ),
  vaultGroups: groups('with the Recovery Services vaults'),
  vmGroups: groups('with the VMs that are backed up'),
  keyVaultGroups: groups('with the key vaults of the disks'),
  stagingGroups: groups('with the staging accounts of restores'),
  restoreGroups: groups('that VMs are restored to'),
  networkGroups: groups('with the networks of restored VMs'),
  drillGroups: groups('for restore drills, and for nothing else'),
  [keyVaultsParameter]: described(
    'array',
    'Key vaults of disks that use access policies instead of roles, each as { "group": "…", "name": "…" }; list the same names in kluis.yaml.',
    { defaultValue: [] },
  ),
} satisfies Record<(typeof groupParameters)[keyof typeof groupParameters], Parameter> & Record<string, Parameter>;

const main =
  "resourceId(subscription().subscriptionId, parameters('resourceGroup'), 'Microsoft.Resources/deployments', 'kluis')";
const group = "subscriptionResourceId('Microsoft.Resources/resourceGroups', parameters('resourceGroup'))";

/** What a template at the scope of a subscription says of itself. */
export const subscriptionSchema =
  'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#';

/** What the identities are called among the outputs: those of the template, and of the deployment in its group. */
export const principals = {
  [identityNames.operate]: 'operate',
  [identityNames.grant]: 'grant',
  [identityNames.restore]: 'restore',
};
const outputOf = (name: string) => `reference(${main}, '2024-03-01').outputs.${name}.value`;
const principalOf = (identity: string) => outputOf(principals[identity] ?? '');

/** The outputs of a template, all of them texts. */
const outputs = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { type: 'string', value: expression(value) }]),
  );

/** The template, as it is written to deploy/azuredeploy.json. */
export async function template() {
  const access = { principals: principalOf, rolesOf: 'subscription().id', after: main };
  const given = Object.fromEntries(Object.keys(inGroup).map((name) => [name, `parameters('${name}')`]));
  const declared = Object.fromEntries(Object.entries(inGroup).map(([name, { type }]) => [name, { type }]));
  const resourceGroup = await resource(parameter('resourceGroup'), ({ credential, options }) =>
    new ResourceManagementClient(credential, any.subscription, options).resourceGroups.createOrUpdate(any.group, {
      location: parameter('location'),
    }),
  );
  const inside = nested('kluis', {
    given,
    parameters: declared,
    resources: [...(await platform()), ...(await app())],
    dependsOn: [group],
    more: { resourceGroup: parameter('resourceGroup') },
    outputs: outputs({
      ...Object.fromEntries(
        Object.entries(principals).map(([identity, name]) => [name, identityProperty(identity, 'principalId')]),
      ),
      url: `concat('https://', ${host})`,
    }),
  });
  return {
    $schema: subscriptionSchema,
    contentVersion: '1.0.0.0',
    parameters,
    resources: [resourceGroup, ...(await roles()), inside, ...(await assignments(access))],
    outputs: outputs(Object.fromEntries([...Object.values(principals), 'url'].map((name) => [name, outputOf(name)]))),
  };
}
