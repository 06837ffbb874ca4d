/** The whole template, at the scope of a subscription. */
import { ResourceManagementClient } from '@azure/arm-resources';
import { assignments, keyVaultsParameter, roles, type groupParameters } from './access.ts';
import { app } from './app.ts';
import { identityNames, identityProperty, platform } from './platform.ts';
import { any, expression, nested, parameter, resource } from './resource.ts';

/** A parameter of a template, with its description. */
export type Parameter = {
  readonly type: 'string' | 'securestring' | 'int' | 'bool' | 'array';
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

const inGroup: Readonly<Record<string, Parameter>> = {
  location: described('string', 'The region of everything that is made here.', {
    defaultValue: '[deployment().location]',
  }),
  image: described('string', 'The image of Kluis, with its tag or digest.'),
  kluisYaml: described(
    'securestring',
    'The text of kluis.yaml: who may do what. Without roles nobody can do anything.',
  ),
  replicas: described('int', 'How many processes run; two for availability.', {
    defaultValue: 2,
    minValue: 1,
    maxValue: 4,
  }),
  otherSubscriptions: described(
    'array',
    'More subscriptions in which Kluis may work, by id. The roles can be assigned there too; azuredeploy.mg.json does it.',
    { defaultValue: [] },
  ),
  readOnly: described('bool', 'Whether Kluis only shows things and starts nothing.', { defaultValue: false }),
  databaseSku: described('string', 'The size of PostgreSQL.', { defaultValue: 'Standard_B1ms' }),
  botSku: described('string', 'The tier of the Azure Bot; Teams is free in both.', {
    defaultValue: 'F0',
    allowedValues: ['F0', 'S1'],
  }),
  slackBotToken: described('securestring', 'The token of the Slack app (xoxb-…); leave it empty without Slack.', {
    defaultValue: '',
  }),
  slackSigningSecret: described('securestring', 'The signing secret of the Slack app; leave it empty without Slack.', {
    defaultValue: '',
  }),
  alertSecret: described(
    'securestring',
    'A secret of at least 32 letters and digits, for Azure Monitor to call Kluis with; leave it empty to rely on polling alone.',
    { defaultValue: '' },
  ),
};

const parameters: Readonly<Record<string, Parameter>> = {
  resourceGroup: described('string', 'The resource group that everything of Kluis itself is made in.', {
    defaultValue: 'rg-kluis',
  }),
  ...inGroup,
  backupServiceObjectId: described(
    'string',
    'The object id of "Backup Management Service" in this tenant; without it the grant identity cannot assign roles.',
    { defaultValue: '' },
  ),
  optionalRoles: described(
    'array',
    'Which optional roles are assigned: kluis-classic-reader, kluis-recover-key-vault, kluis-alerts, kluis-drill, kluis-drill-network.',
    {
      defaultValue: [],
    },
  ),
  vaultGroups: groups('with the Recovery Services vaults'),
  vmGroups: groups('with the VMs that are backed up'),
  keyVaultGroups: groups('with the key vaults of the disks'),
  stagingGroups: groups('with the storage accounts that restores go through'),
  restoreGroups: groups('that VMs are restored to'),
  networkGroups: groups('with the networks of restored VMs'),
  drillGroups: groups('that restore drills go into, and nothing else'),
  [keyVaultsParameter]: described(
    'array',
    'The key vaults of disks that go by access policies instead of roles, each as { "group": "…", "name": "…" }; the same names belong into kluis.yaml.',
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
const principalOf = (identity: string) => `reference(${main}, '2024-03-01').outputs.${principals[identity]}.value`;

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
    outputs: Object.fromEntries(
      Object.entries(principals).map(([identity, name]) => [
        name,
        { type: 'string', value: expression(identityProperty(identity, 'principalId')) },
      ]),
    ),
  });
  return {
    $schema: subscriptionSchema,
    contentVersion: '1.0.0.0',
    parameters,
    resources: [resourceGroup, ...(await roles()), inside, ...(await assignments(access))],
    outputs: Object.fromEntries(
      Object.entries(principals).map(([identity, name]) => [
        name,
        { type: 'string', value: expression(principalOf(identity)) },
      ]),
    ),
  };
}
