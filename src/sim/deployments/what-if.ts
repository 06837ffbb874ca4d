import type { Call } from '../http/call.ts';
import { part, type Json, type JsonBody } from '../json.ts';
import type { TemplateResource } from '../state/state-deployments.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { pollUrl } from '../http/signed-url.ts';
import { diskId, interfaceId, same, vmId, type ResourcePath } from '../ids.ts';
import { newGuid, retryAfter, span } from '../state/world.ts';
import { makerOf } from './makers.ts';

/**
 * Accepts a what-if request. Its result is computed at once and returned some seconds later, below the subscription and
 * not below the deployment (azure-cli's test_resource_group_level_what_if.yaml).
 */
export function acceptWhatIf(call: Call, resources: readonly TemplateResource[]): Reply {
  const { world, params } = call;
  const whole = part(call.body, 'properties', 'whatIfSettings', 'resultFormat') !== 'ResourceIdOnly';
  const changes = [...resources.map((one) => changeOf(call, one, whole)), ...untouched(call, resources)];
  const body = { status: 'Succeeded', properties: { changes } };
  const id = newGuid(world).replaceAll('-', '');
  const readyAt = world.now().getTime() + span(world, 8, 16);
  world.state.operationResults.push({
    id,
    subscription: params.sub ?? '',
    readyAt,
    body: JSON.parse(JSON.stringify(body)) as Json,
  });
  world.changed();
  const location = pollUrl(call, `/subscriptions/${params.sub ?? ''}/operationresults/${id}`);
  return { status: 202, headers: { location, 'retry-after': retryAfter(world, 15) } };
}

/** The result, once it is ready; until then 202 with the same URL. */
export function showOperationResult(call: Call): Reply {
  const { state, now } = call.world;
  const found = state.operationResults.find(
    (one) => one.id === call.params.operation && same(one.subscription, call.params.sub),
  );
  if (!found) throw new ArmRefusal(404, 'NotFound', 'The operation result was not found.').fromGateway();
  const wait = retryAfter(call.world, 15);
  // Microsoft's SDK takes a wait of 0 for its own of two seconds: what is that short is over.
  if (found.readyAt > now().getTime() && wait !== '0') {
    return { status: 202, headers: { location: pollUrl(call, call.path), 'retry-after': wait } };
  }
  return ok(found.body as JsonBody);
}

function changeOf(call: Call, resource: TemplateResource, whole: boolean): JsonBody {
  const { id, type, name, apiVersion, location, properties } = resource;
  const changeType = makerOf(resource).change(call.world, resource);
  const after = { id, type, name, apiVersion, location, properties };
  return { resourceId: id, changeType, ...(whole ? { after } : {}) };
}

/** What is already in the resource group and isn't in the template. */
function untouched(call: Call, resources: readonly TemplateResource[]): JsonBody[] {
  const { state } = call.world;
  const { sub, group } = call.params;
  const here = (one: ResourcePath) => same(one.resourceGroup, group) && same(one.subscription, sub);
  const ids = [
    ...state.vms.filter(here).map(vmId),
    ...state.disks.filter(here).map(diskId),
    ...state.networkInterfaces.filter(here).map(interfaceId),
  ];
  return ids
    .filter((id) => !resources.some((one) => same(one.id, id)))
    .map((resourceId) => ({ resourceId, changeType: 'Ignore' }));
}
