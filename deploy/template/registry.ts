/** The right to pull the image, where it lies in a private Azure Container Registry. */
import type { RegistryCredentials } from '@azure/arm-appcontainers';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { identityId, identityNames, identityProperty } from './platform.ts';
import { any, asExpression, expression, nested, resource, type Resource } from './resource.ts';

/** AcrPull, and Container Registry Repository Reader, which counts instead if a registry has ABAC for repositories. */
const pulling = ['7f951dda-4ed3-4680-a7ca-43fe172d538d', 'b93aa761-3e63-49ed-ac28-beffa264f7ac'];

const id = "parameters('registryId')";
/** `/subscriptions/…/resourceGroups/…/providers/Microsoft.ContainerRegistry/registries/…`, counted from 0. */
const partOfId = (at: number, otherwise: string) => `if(empty(${id}), ${otherwise}, split(${id}, '/')[${at}])`;

const name = 'kluis-registry';
/** The deployment that gives the right; it has to be there before the app starts. */
export const registryAccessId = `resourceId('Microsoft.Resources/deployments', '${name}')`;

/** Where the image is pulled from, as the bot's identity: a login server is what an image's name begins with. */
export const registry: RegistryCredentials = {
  server: expression("first(split(parameters('image'), '/'))"),
  identity: expression(identityId(identityNames.bot)),
};

/** The registries of the app, as an expression: none for a public image. */
export function onlyPrivate(all: readonly RegistryCredentials[]): string {
  return `if(empty(${id}), createArray(), ${asExpression(all)})`;
}

/** Gives the bot's identity the right, wherever the registry is; nothing for a public image. */
export async function registryAccess(): Promise<Resource> {
  const scope = "resourceId('Microsoft.ContainerRegistry/registries', parameters('registry'))";
  const assigned = pulling.map((role) =>
    resource(
      expression(`guid(${scope}, '${identityNames.bot}', '${role}')`),
      ({ credential, options }) =>
        new AuthorizationManagementClient(credential, any.subscription, options).roleAssignments.create(
          any.group,
          any.name,
          {
            principalId: expression("parameters('principalId')"),
            principalType: 'ServicePrincipal',
            roleDefinitionId: expression(
              `subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${role}')`,
            ),
          },
        ),
      { scope: expression(scope) },
    ),
  );
  return nested(name, {
    given: {
      registry: partOfId(8, "''"),
      principalId: identityProperty(identityNames.bot, 'principalId'),
    },
    resources: await Promise.all(assigned),
    dependsOn: [identityId(identityNames.bot)],
    more: {
      condition: expression(`not(empty(${id}))`),
      subscriptionId: expression(partOfId(2, 'subscription().subscriptionId')),
      resourceGroup: expression(partOfId(4, 'resourceGroup().name')),
    },
  });
}
