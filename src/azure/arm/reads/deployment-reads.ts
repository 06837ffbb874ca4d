import type { Deployment as DeploymentBody } from '@azure/arm-resourcesdeployments';
import type { Deployment, VmRestores } from '../../gateway.ts';
import { WireFailure } from '../map-fault.ts';
import { subject } from '../parse/azure-values.ts';
import { deploymentStatus, whatIfOf } from '../parse/restore/deployment-facts.ts';
import { innerErrors } from '../error-envelope.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { orNull, type Ask } from '../transport/observed-call.ts';
import { everyPage } from './every-page.ts';

type DeploymentReads = Pick<VmRestores, 'validateDeployment' | 'whatIf' | 'deployment'>;

const maxWaitMs = 60_000;

/** What is read about deployments; none of it changes anything. */
export function deploymentReads(clients: ClientsOf, ask: Ask): DeploymentReads {
  return {
    validateDeployment: (deployment) =>
      ask({ name: 'validateDeployment', doing: `having deployment ${deployment.name} validated` }, async () => {
        const { path, client } = clientFor(clients, deployment);
        const abortSignal = AbortSignal.timeout(maxWaitMs);
        try {
          const { error } = await client.deployments.validate(...path, bodyOf(deployment), { abortSignal });
          return innerErrors(error);
        } catch (error) {
          // Azure returns its objections as an error of the request.
          if (error instanceof WireFailure && error.failure.kind === 'refused') return error.inner;
          throw error;
        }
      }),

    whatIf: (deployment) =>
      ask({ name: 'whatIf', doing: `asking what deployment ${deployment.name} would change` }, async () => {
        const { path, client } = clientFor(clients, deployment);
        const { properties } = bodyOf(deployment);
        const body = {
          properties: { ...properties, whatIfSettings: { resultFormat: 'FullResourcePayloads' as const } },
        };
        return whatIfOf(
          await client.deployments.whatIf(...path, body, { abortSignal: AbortSignal.timeout(maxWaitMs) }),
        );
      }),

    deployment: (resourceGroupId, name) =>
      ask({ name: 'deployment', doing: `reading deployment ${name}` }, async () => {
        const { path, client } = clientFor(clients, { resourceGroupId, name });
        const found = await orNull(client.deployments.get(...path));
        if (!found) return null;
        return deploymentStatus(
          found,
          await everyPage((options) => client.deploymentOperations.list(...path, options)),
        );
      }),
  };
}

/** The client for a deployment, and its location. */
export function clientFor(clients: ClientsOf, { resourceGroupId, name }: Pick<Deployment, 'resourceGroupId' | 'name'>) {
  const { subscription, resourceGroup } = subject(
    `${resourceGroupId}/providers/Microsoft.Resources/deployments/${name}`,
  );
  const path: [string, string] = [resourceGroup, name];
  return { path, client: clients(subscription).deployments() };
}

/** A deployment as Azure expects it. It only adds: what the template doesn't name stays as it is. */
export function bodyOf({ template, parameters }: Deployment): DeploymentBody {
  const values = Object.entries(parameters).map(([name, value]) => [name, { value }] as const);
  return { properties: { mode: 'Incremental', template, parameters: Object.fromEntries(values) } };
}
