/** What an owner does to the power of a VM, as `az vm start` asks for it. The product itself never does. */
import type { Call } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import type { Reply } from '../http/reply.ts';
import type { VmSpec } from '../state/state-compute.ts';
import { later } from '../state/later.ts';
import { vmId } from '../ids.ts';
import { span } from '../state/world.ts';
import { computeHeaders, startComputeOperation } from './compute-operations.ts';

const TYPE = 'Microsoft.Compute/virtualMachines';

/** The power after each call, and what it makes of the state; null: as it was. */
const calls = { start: 'running', restart: null, deallocate: 'deallocated', reapply: null } as const;

/**
 * POST: 202 without a body, and a call to follow (azure-rest-api-specs, `VirtualMachines_Start` and its likes). How
 * long Azure takes is not recorded; the agent answers as soon as the VM runs, which it may not yet do in Azure.
 */
export function powerRoutes(vm: string, theVm: (call: Call) => VmSpec): Route[] {
  return Object.entries(calls).map(([does, power]) => ({
    method: 'POST',
    path: `${vm}/${does}`,
    type: TYPE,
    action: `${TYPE}/${does}/action`,
    handle: (call) => begin(call, theVm(call), power),
  }));
}

function begin(call: Call, vm: VmSpec, power: VmSpec['power'] | null): Reply {
  const operation = startComputeOperation(call, { location: vm.location, kind: 'operations' });
  const ends = { kind: 'power-changed' as const, operationId: operation.id, vmId: vmId(vm), power: power ?? vm.power };
  later(call.world, span(call.world, 20, 60), ends);
  return { status: 202, headers: computeHeaders(call, operation), limit: 'compute' };
}
