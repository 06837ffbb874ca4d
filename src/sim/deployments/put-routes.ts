import type { Call } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import type { Reply } from '../http/reply.ts';
import type { VmSpec } from '../state/state-compute.ts';
import { computeHeaders, startComputeOperation } from '../compute/compute-operations.ts';
import { showVm, theVm } from '../compute/routes.ts';
import { vmBody } from '../compute/vm-body.ts';
import { placeOf } from '../http/place.ts';
import { at } from '../ids.ts';
import { field, textField } from '../json.ts';
import { showInterface } from '../network/routes.ts';
import { putResource } from './put-resource.ts';

const GROUP = '/subscriptions/:sub/resourcegroups/:group';
const VM = 'Microsoft.Compute/virtualMachines';
const INTERFACE = 'Microsoft.Network/networkInterfaces';

/** The simulated calls that create one resource, as a deployment would. */
export const putRoutes: Route[] = [
  {
    method: 'PUT',
    path: `${GROUP}/providers/microsoft.compute/virtualmachines/:name`,
    type: VM,
    action: `${VM}/write`,
    handle: putVm,
  },
  {
    method: 'PUT',
    path: `${GROUP}/providers/microsoft.network/networkinterfaces/:name`,
    type: INTERFACE,
    action: `${INTERFACE}/write`,
    handle: putInterface,
  },
];

/** Creates a VM from existing disks: 201 and a call to follow, as other writes of Compute; not recorded. */
function putVm(call: Call): Reply {
  const there = at(call.world.state.vms, placeOf(call));
  if (there) return updateVm(call, there);
  const location = textField(call.body, 'location') ?? '';
  const operation = startComputeOperation(call, { location, kind: 'operations' });
  putResource(call, VM, operation.id);
  const body = vmBody(call.world.state, theVm(call), { version: call.version, instanceView: false });
  return { status: 201, headers: computeHeaders(call, operation), body, limit: 'compute' };
}

/** PUT of an existing VM, which sends all of it: of what is sent only the size and these settings are looked at. */
function updateVm(call: Call, vm: VmSpec): Reply {
  const properties = field(call.body, 'properties');
  const allowed = field(field(properties, 'osProfile'), 'allowExtensionOperations');
  if (typeof allowed === 'boolean') vm.extensionsAllowed = allowed;
  vm.size = textField(field(properties, 'hardwareProfile'), 'vmSize') ?? vm.size;
  call.world.changed();
  return showVm(call, false);
}

/** 201, and 200 for an existing one. That it is created at once isn't recorded: Azure may say `Updating` first. */
function putInterface(call: Call): Reply {
  const there = at(call.world.state.networkInterfaces, placeOf(call)) !== undefined;
  putResource(call, INTERFACE);
  return { ...showInterface(call), status: there ? 200 : 201 };
}
