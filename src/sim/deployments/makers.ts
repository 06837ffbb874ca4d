import type { Call } from '../http/call.ts';
import type { TemplateResource } from '../state/state-deployments.ts';
import { enforceLinked } from '../access/enforce-linked.ts';
import { callerMay } from '../access/rights.ts';
import { ArmRefusal } from '../http/reply.ts';
import { same } from '../ids.ts';
import { unknownVersion, versionsOf } from '../versions.ts';
import type { Maker } from './maker.ts';
import { networkMakers } from './make-network.ts';
import { vmMaker } from './make-vm.ts';

const makers: readonly Maker[] = [...networkMakers, vmMaker];

/** How a template's resource is created; refused where its type or api-version isn't known. */
export function makerOf({ type, apiVersion }: TemplateResource): Maker {
  const maker = makers.find((one) => same(one.type, type));
  if (!maker) {
    const [namespace = '', ...kinds] = type.split('/');
    throw new ArmRefusal(
      400,
      'InvalidResourceType',
      `The resource type '${kinds.join('/')}' could not be found in the namespace '${namespace}' for api version '${apiVersion}'. (The simulator makes ${makers.map((one) => one.type).join(', ')}.)`,
    ).fromGateway();
  }
  const versions = versionsOf(maker.type);
  if (!versions.includes(apiVersion)) throw unknownVersion(maker.type, apiVersion, versions);
  return maker;
}

/**
 * Refuses what the caller may not create before anything is created: all of it at once, as ARM does, and then the
 * linked resources. The first is quoted in many public logs; when Azure checks the links isn't recorded.
 */
export function enforceResources(call: Call, resources: readonly TemplateResource[]): void {
  const { caller } = call;
  if (!caller || caller.name === 'owner') return;
  const id = caller.objectId;
  const lacking = resources.filter(
    ({ id: scope, type }) => !callerMay(call, { action: `${type}/write`, scope }).allowed,
  );
  if (lacking.length > 0) {
    const each = lacking.map(
      ({ id: scope, type, name }) =>
        `Authorization failed for template resource '${name}' of type '${type}'. The client '${id}' with object id '${id}' does not have permission to perform action '${type}/write' at scope '${scope}'.`,
    );
    const text = `Deployment failed with multiple errors: '${each.join(':')}'`;
    throw new ArmRefusal(403, 'InvalidTemplateDeployment', text).fromGateway();
  }
  for (const resource of resources) {
    const action = `${resource.type}/write`;
    for (const { needs, on } of makerOf(resource).links(resource))
      enforceLinked(call, { action, scope: resource.id, needs: [needs], on });
  }
}
