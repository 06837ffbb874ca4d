/** The template at the scope of a management group: Kluis in one of its subscriptions, and its access in several. */
import { assignments, groupParameters, keyVaultsParameter, principalParameter } from './access.ts';
import { deployment, expression, parameter } from './resource.ts';
import { described, principals, subscriptionSchema, template, type Parameter } from './template.ts';

const home = "subscriptionResourceId(parameters('subscriptionId'), 'Microsoft.Resources/deployments', 'kluis')";
const principalOf = (identity: string) => `reference(${home}, '2024-03-01').outputs.${principals[identity]}.value`;

/** Where Kluis works in a subscription: what each entry of `subscriptions` may have, as the parameters of its own. */
const places = [...Object.values(groupParameters), keyVaultsParameter];
const each = "parameters('subscriptions')[copyIndex()]";
const placesOf = (name: string) => `if(contains(${each}, '${name}'), ${each}.${name}, createArray())`;

/** The template, as it is written to deploy/azuredeploy.mg.json. */
export async function managementGroupTemplate() {
  const inSubscription = await template();
  const { otherSubscriptions: _listed, ...shared } = inSubscription.parameters;
  const parameters: Readonly<Record<string, Parameter>> = {
    subscriptionId: described(
      'string',
      'The subscription for Kluis itself; the resource groups of the other parameters are in it.',
    ),
    subscriptions: described(
      'array',
      `Other subscriptions that Kluis may work in, each as { "id": "…" } with any of ${places.join(', ')}.`,
      { defaultValue: [] },
    ),
    ...shared,
  };
  const kluis = deployment('kluis', {
    given: {
      ...Object.fromEntries(Object.keys(shared).map((name) => [name, `parameters('${name}')`])),
      otherSubscriptions: "map(parameters('subscriptions'), lambda('one', lambdaVariables('one').id))",
    },
    template: inSubscription,
    dependsOn: [],
    more: { subscriptionId: parameter('subscriptionId'), location: parameter('location') },
  });
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-08-01/managementGroupDeploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters,
    resources: [kluis, await accessElsewhere()],
  };
}

/** One deployment for each other subscription, with what is assigned in it. */
async function accessElsewhere() {
  const who = Object.keys(principals);
  const given = {
    ...Object.fromEntries(who.map((identity) => [principalParameter(identity), principalOf(identity)])),
    // As Azure writes the id of a subscription: the ids of the roles are made from it.
    rolesOf: "toLower(concat('/subscriptions/', parameters('subscriptionId')))",
    backupServiceObjectId: "parameters('backupServiceObjectId')",
    optionalRoles: "parameters('optionalRoles')",
    ...Object.fromEntries(places.map((name) => [name, placesOf(name)])),
  };
  const isList = (name: string) => name === 'optionalRoles' || places.some((place) => place === name);
  const access = {
    principals: (identity: string) => `parameters('${principalParameter(identity)}')`,
    rolesOf: "parameters('rolesOf')",
    after: null,
  };
  return deployment(expression("concat('kluis-access-', copyIndex())"), {
    given,
    template: {
      $schema: subscriptionSchema,
      contentVersion: '1.0.0.0',
      parameters: Object.fromEntries(
        Object.keys(given).map((name) => [name, { type: isList(name) ? 'array' : 'string' }]),
      ),
      resources: await assignments(access),
    },
    dependsOn: [home],
    more: {
      copy: { name: 'subscriptions', count: expression("length(parameters('subscriptions'))") },
      subscriptionId: expression(`${each}.id`),
      location: parameter('location'),
    },
  });
}
