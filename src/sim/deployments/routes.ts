import type { Call } from '../http/call.ts';
import { field, type JsonBody } from '../json.ts';
import type { Route } from '../http/route.ts';
import type { DeploymentSpec, StepSpec } from '../state/state-deployments.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { page } from '../http/paging.ts';
import { pollUrl } from '../http/signed-url.ts';
import { at, deploymentId } from '../ids.ts';
import { newGuid, newNumber } from '../state/world.ts';
import { stamp } from '../times.ts';
import { deploymentBody, errorOf, operationBody, validatedBody } from './bodies.ts';
import { enforceResources, makerOf } from './makers.ts';
import { startDeployment } from './run.ts';
import { readTemplate } from './template.ts';
import { acceptWhatIf, showOperationResult } from './what-if.ts';

const DEPLOYMENT = '/subscriptions/:sub/resourcegroups/:group/providers/microsoft.resources/deployments/:name';
// The only path of deployments without a provider (azure-rest-api-specs, DeploymentOperations_List).
const OPERATIONS = '/subscriptions/:sub/resourcegroups/:group/deployments/:name/operations';
const TYPE = 'Microsoft.Resources/deployments';

/** The simulated calls about deployments into resource groups. */
export const deploymentRoutes: Route[] = [
  { ...right('write'), method: 'PUT', path: DEPLOYMENT, handle: deploy },
  { ...right('read'), method: 'GET', path: DEPLOYMENT, handle: showDeployment },
  { ...right('validate/action'), method: 'POST', path: `${DEPLOYMENT}/validate`, handle: validate },
  { ...right('whatIf/action'), method: 'POST', path: `${DEPLOYMENT}/whatIf`, handle: whatIf },
  { ...right('operations/read'), method: 'GET', path: OPERATIONS, handle: listOperations },
  {
    ...right('operationstatuses/read'),
    method: 'GET',
    path: `${DEPLOYMENT}/operationStatuses/:operation`,
    handle: showStatus,
  },
  {
    method: 'GET',
    path: '/subscriptions/:sub/operationresults/:operation',
    type: TYPE,
    // Permission to deploy into a group is enough to poll its calls too; what Azure checks isn't recorded.
    action: null,
    handle: showOperationResult,
  },
];

function right(action: string) {
  return { type: TYPE, action: `${TYPE}/${action}` };
}

function showDeployment(call: Call): Reply {
  return ok(deploymentBody(theDeployment(call), call.world.now()));
}

function validate(call: Call): Reply {
  return ok(validatedBody(asked(call)));
}

function whatIf(call: Call): Reply {
  return acceptWhatIf(
    call,
    asked(call).steps.map((step) => step.resource),
  );
}

/** The deployment that a call requests: valid, with resources that can be created, by a caller who may create them. */
function asked(call: Call): DeploymentSpec {
  const { world, params } = call;
  const place = { subscription: params.sub ?? '', resourceGroup: params.group ?? '', name: params.name ?? '' };
  const { resources, parameters, templateHash } = readTemplate(place, field(call.body, 'properties'));
  for (const resource of resources) makerOf(resource);
  enforceResources(call, resources);
  const steps = resources.map((resource): StepSpec => ({ operationId: newNumber(world), resource, state: 'Waiting' }));
  return {
    ...place,
    templateHash,
    parameters,
    correlationId: newGuid(world),
    statusId: newNumber(world),
    state: 'Accepted',
    steps,
    start: stamp(world.now()),
  };
}

/** A deployment replaces the one of the same name, unless that is still running. */
function deploy(call: Call): Reply {
  const { world } = call;
  const deployment = asked(call);
  const before = at(world.state.deployments, deployment);
  if (before && before.end === undefined) {
    throw new ArmRefusal(
      409,
      'DeploymentActive',
      `The deployment with resource id '${deploymentId(before)}' cannot be saved, because this would overwrite an existing deployment which is still active. Please see https://aka.ms/arm-deploy for usage details.`,
    ).fromGateway();
  }
  world.state.deployments = [...world.state.deployments.filter((one) => one !== before), deployment];
  startDeployment(world, deployment);
  const status = `${deploymentId(deployment)}/operationStatuses/${deployment.statusId}`;
  return {
    status: before ? 200 : 201,
    headers: { 'azure-asyncoperation': pollUrl(call, status) },
    body: deploymentBody(deployment, world.now()),
  };
}

function theDeployment(call: Call): DeploymentSpec {
  const { sub: subscription = '', group: resourceGroup = '', name = '' } = call.params;
  const found = at(call.world.state.deployments, { subscription, resourceGroup, name });
  if (found) return found;
  throw new ArmRefusal(404, 'DeploymentNotFound', `Deployment '${name}' could not be found.`).fromGateway();
}

/** What was begun, newest first; after a success the outputs are an operation too, for which nothing is created. */
function listOperations(call: Call): Reply {
  const deployment = theDeployment(call);
  const begun = deployment.steps.filter(({ state }) => state !== 'Waiting' && state !== 'Skipped').reverse();
  const outputs: JsonBody = {
    id: `${deploymentId(deployment)}/operations/${deployment.statusId}`,
    operationId: deployment.statusId,
    properties: {
      provisioningOperation: 'EvaluateDeploymentOutput',
      provisioningState: 'Succeeded',
      timestamp: deployment.end,
      duration: 'PT0.1S',
      trackingId: deployment.correlationId,
      statusCode: 'OK',
    },
  };
  const each = begun.map((step) => operationBody(deployment, step, call.world.now()));
  return ok(page(call, deployment.state === 'Succeeded' ? [outputs, ...each] : each, (body) => body));
}

function showStatus(call: Call): Reply {
  const { state, steps } = theDeployment(call);
  return ok({ status: state, ...(state === 'Failed' ? { error: errorOf(steps) } : {}) });
}
