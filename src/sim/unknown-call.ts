import type { Call } from './http/call.ts';
import { ArmRefusal, resourceNotFound } from './http/reply.ts';
import { versionsOf } from './versions.ts';

const NAMESPACES = [
  'Microsoft.RecoveryServices',
  'Microsoft.Compute',
  'Microsoft.KeyVault',
  'Microsoft.Network',
  'Microsoft.Resources',
  'Microsoft.Authorization',
];

/**
 * ARM's answer to a call that isn't simulated: a resource of another provider isn't found, a type below a known
 * provider isn't known. The second names the call, since it is usually the simulator that lacks it.
 */
export function unknownCall(call: Call): ArmRefusal {
  const found = /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)\/providers\/([^/]+)\/(.+)$/i.exec(call.path);
  const [, group = '', namespace = '', rest = ''] = found ?? [];
  const known = NAMESPACES.find((one) => one.toLowerCase() === namespace.toLowerCase());
  if (found && !known && call.method === 'GET') {
    const parts = rest.split('/');
    const types = parts.filter((_, at) => at % 2 === 0).join('/');
    const names = parts.filter((_, at) => at % 2 === 1).join('/');
    return resourceNotFound(`${namespace}/${types}`, names, group);
  }
  if (!call.path.includes('/providers/')) {
    return new ArmRefusal(
      404,
      'InvalidRequestUri',
      `The simulator has no call ${call.method} ${call.path}.`,
    ).fromGateway();
  }
  const [, last = '', types = ''] = /^([^/]+)\/?(.*)$/.exec(call.path.split('/providers/').pop() ?? '') ?? [];
  const type = types
    .split('/')
    .filter((_, at) => at % 2 === 0)
    .join('/');
  const versions = versionsOf(`${NAMESPACES.find((one) => one.toLowerCase() === last.toLowerCase()) ?? ''}/vaults`);
  return new ArmRefusal(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace '${last}' for api version '${call.version}'. The supported api-versions are '${versions.join(',')}'. (The simulator has no call ${call.method} ${call.path}.)`,
  ).fromGateway();
}
