import type { JsonBody } from '../json.ts';
import type { DeploymentSpec, StepSpec, TemplateResource } from '../state/state-deployments.ts';
import { deploymentId } from '../ids.ts';
import { isoDuration, millis } from '../times.ts';

const STATUS: Record<number, string> = { 400: 'BadRequest', 403: 'Forbidden', 404: 'NotFound', 409: 'Conflict' };

/** A deployment as ARM returns it (azure-cli's test_resource_group_level_what_if.yaml). */
export function deploymentBody(deployment: DeploymentSpec, now: Date): JsonBody {
  const { name, steps, state, start, end = now.toISOString() } = deployment;
  const made = steps.filter((step) => step.state === 'Succeeded').map(({ resource }) => ({ id: resource.id }));
  return {
    id: deploymentId(deployment),
    name,
    type: 'Microsoft.Resources/deployments',
    properties: {
      templateHash: deployment.templateHash,
      parameters: deployment.parameters,
      mode: 'Incremental',
      provisioningState: state,
      timestamp: end,
      duration: isoDuration(millis(end) - millis(start)),
      correlationId: deployment.correlationId,
      providers: providersOf(steps.map(({ resource }) => resource)),
      dependencies: steps.filter(({ resource }) => resource.dependsOn.length > 0).map(dependency),
      ...(state === 'Succeeded' ? { outputResources: made } : {}),
      ...(state === 'Failed' ? { error: errorOf(steps) } : {}),
    },
  };
}

/** The response of a validation that found nothing wrong. */
export function validatedBody(deployment: DeploymentSpec): JsonBody {
  const { properties, ...rest } = deploymentBody({ ...deployment, end: deployment.start }, new Date(deployment.start));
  const validatedResources = deployment.steps.map(({ resource }) => ({ id: resource.id }));
  return { ...rest, properties: { ...(properties as JsonBody), provisioningState: 'Succeeded', validatedResources } };
}

/** An operation of a deployment: the result for one of its resources. */
export function operationBody(deployment: DeploymentSpec, step: StepSpec, now: Date): JsonBody {
  const { operationId, resource, state, start = deployment.start, end = now.toISOString(), error } = step;
  return {
    id: `${deploymentId(deployment)}/operations/${operationId}`,
    operationId,
    properties: {
      provisioningOperation: 'Create',
      provisioningState: state,
      timestamp: end,
      duration: isoDuration(millis(end) - millis(start)),
      trackingId: deployment.correlationId,
      ...(state === 'Succeeded' ? { statusCode: 'OK' } : {}),
      ...(error
        ? { statusCode: STATUS[error.status] ?? 'BadRequest', statusMessage: { status: 'Failed', error: inner(error) } }
        : {}),
      targetResource: { id: resource.id, resourceType: resource.type, resourceName: resource.name },
    },
  };
}

/** A deployment's error, without those of its resources. */
export function errorOf(steps: readonly StepSpec[]): JsonBody {
  return {
    code: 'DeploymentFailed',
    message:
      'At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.',
    details: steps.flatMap(({ error }) => (error ? inner(error) : [])),
  };
}

function inner({ code, message }: { code: string; message: string }): JsonBody {
  return { code, message };
}

function providersOf(resources: readonly TemplateResource[]): JsonBody[] {
  return resources.map(({ type, location }) => {
    const [namespace = '', ...kinds] = type.split('/');
    return { namespace, resourceTypes: [{ resourceType: kinds.join('/'), locations: [location] }] };
  });
}

function dependency({ resource }: StepSpec): JsonBody {
  const { id, type, name, dependsOn } = resource;
  return { dependsOn: dependsOn.map((one) => ({ id: one })), id, resourceType: type, resourceName: name };
}
