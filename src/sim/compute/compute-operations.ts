import type { Call } from '../http/call.ts';
import type { ComputeOperationSpec } from '../state/state-compute.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { pollUrl } from '../http/signed-url.ts';
import { same } from '../ids.ts';
import { newGuid } from '../state/world.ts';
import { offsetTime, stamp } from '../times.ts';

/** Starts a long-running call of Compute in this region. Those of disks have URLs of their own. */
export function startComputeOperation(
  call: Call,
  { location, kind }: Pick<ComputeOperationSpec, 'location' | 'kind'>,
): ComputeOperationSpec {
  const { world, params } = call;
  const id = newGuid(world);
  const operation = { id, subscription: params.sub ?? '', location, kind, start: stamp(world.now()) };
  world.state.computeOperations.push(operation);
  return operation;
}

/** The URL to poll (azure-cli's test_disk_data_access_auth_mode.yaml and test_vm_disk_encryption_e2e.yaml). */
export function computeHeaders(call: Call, operation: ComputeOperationSpec): Record<string, string> {
  const { subscription, location, kind, id } = operation;
  const path = `/subscriptions/${subscription}/providers/Microsoft.Compute/locations/${location}/${kind}/${id}`;
  const address = pollUrl(call, path);
  return { 'azure-asyncoperation': address, location: address.replace('?', '?monitor=true&') };
}

/** The status of a long-running call of Compute. While it runs there is no end time, nor a placeholder for it. */
export function showComputeOperation(call: Call): Reply {
  const found = computeOperation(call);
  const ended = found.error ? 'Failed' : 'Succeeded';
  return ok(
    {
      startTime: offsetTime(found.start),
      ...(found.end ? { endTime: offsetTime(found.end) } : {}),
      status: found.end ? ended : 'InProgress',
      name: found.id,
      ...(found.error ? { error: found.error } : {}),
    },
    'compute',
  );
}

/** The long-running call that a path names. */
export function computeOperation(call: Call): ComputeOperationSpec {
  const { sub, operation: id } = call.params;
  const found = call.world.state.computeOperations.find((one) => one.id === id && same(one.subscription, sub));
  // Not recorded.
  if (!found) throw new ArmRefusal(404, 'NotFound', `Operation ${id ?? ''} was not found.`);
  return found;
}
