import type { Call } from '../http/call.ts';
import type { DeletableType } from '../state/effects.ts';
import type { DeleteOption, VmSpec } from '../state/state-compute.ts';
import { span, type World } from '../state/world.ts';
import { later } from '../state/later.ts';
import { ArmRefusal, type Limit, type Reply } from '../http/reply.ts';
import { pollUrl } from '../http/signed-url.ts';
import { diskId, idOf, interfaceId, same, vmId, type ResourcePath } from '../ids.ts';
import { computeHeaders, startComputeOperation } from './compute-operations.ts';

type Kept = ResourcePath & { location: string };

const ids: Record<DeletableType, (place: ResourcePath) => string> = {
  vms: vmId,
  disks: diskId,
  networkInterfaces: interfaceId,
};

/** How long Azure takes, in seconds, and which counter its response shows. */
const takes: Record<DeletableType, { seconds: readonly [number, number]; limit: Limit }> = {
  vms: { seconds: [30, 60], limit: 'compute' },
  disks: { seconds: [2, 6], limit: 'compute' },
  networkInterfaces: { seconds: [4, 12], limit: 'deletes' },
};

/**
 * Deletes a VM, a disk or a network interface: 202 without a body and a call to follow; 204 if it doesn't exist
 * (azure-rest-api-specs, VirtualMachines_Delete, Disks_Delete, NetworkInterfaces_Delete). No such call has been
 * recorded.
 */
export function deleteResource(call: Call, type: DeletableType, found: Kept | undefined): Reply {
  if (!found) return { status: 204 };
  const id = ids[type](found);
  refuseInUse(call.world, type, id);
  const { location } = found;
  const operation = startComputeOperation(call, { location, kind: type === 'disks' ? 'DiskOperations' : 'operations' });
  const { seconds, limit } = takes[type];
  const vm = call.world.state.vms.find((one) => same(vmId(one), id));
  if (vm) vm.provisioning = 'Deleting';
  const gone = { kind: 'resource-gone' as const, operationId: operation.id, resource: { type, id } };
  later(call.world, span(call.world, ...seconds), gone);
  const headers = type === 'networkInterfaces' ? networkHeaders(call, operation) : computeHeaders(call, operation);
  return { status: 202, headers, limit };
}

/** The URL of a long-running call of the network provider (azure-cli, recordings of test_network_nic). */
function networkHeaders(call: Call, at: { subscription: string; location: string; id: string }) {
  const below = `/subscriptions/${at.subscription}/providers/Microsoft.Network/locations/${at.location}`;
  return {
    'azure-asyncoperation': pollUrl(call, `${below}/operations/${at.id}`),
    location: pollUrl(call, `${below}/operationResults/${at.id}`),
    'retry-after': '10',
  };
}

/** Both codes are quoted in many public reports; the texts aren't recorded. */
function refuseInUse({ state }: World, type: DeletableType, id: string): void {
  if (type === 'disks') {
    const holder = state.disks.find((disk) => same(diskId(disk), id))?.managedBy;
    if (holder)
      throw new ArmRefusal(
        409,
        'OperationNotAllowed',
        `Disk ${id.split('/').pop() ?? ''} is attached to VM ${holder}.`,
      );
  }
  if (type === 'networkInterfaces') {
    const holder = state.networkInterfaces.find((one) => same(interfaceId(one), id))?.vmId;
    if (holder)
      throw new ArmRefusal(400, 'NicInUse', `Network Interface ${id} is used by existing resource ${holder}.`);
  }
}

/**
 * Removes it. What a VM has goes with it if its `deleteOption` says so, and is detached otherwise (learn,
 * virtual-machines/delete; azure-rest-api-specs, DataDisk, NetworkInterfaceReference, PublicIPAddress).
 */
export function takeAway({ state }: World, { type, id }: { type: DeletableType; id: string }): void {
  const at = state[type].findIndex((one) => same(ids[type](one), id));
  const [gone] = at >= 0 ? state[type].splice(at, 1) : [];
  if (type !== 'vms') return;
  const takes = (gone as VmSpec | undefined)?.disks.filter(({ deleteOption }) => deleteOption === 'Delete') ?? [];
  state.disks = state.disks.filter((disk) => !takes.some((one) => same(one.diskId, diskId(disk))));
  for (const disk of state.disks) if (same(disk.managedBy, id)) delete disk.managedBy;
  const had = state.networkInterfaces.filter(({ vmId: holder }) => same(holder, id));
  state.networkInterfaces = state.networkInterfaces.filter((one) => !had.includes(one) || !goes(one));
  for (const one of had) delete one.vmId;
  const addresses = had.flatMap(({ publicAddressId }) => publicAddressId ?? []);
  state.publicAddresses = state.publicAddresses.filter(
    (one) => !goes(one) || !addresses.some((address) => same(address, idOf(ADDRESS, one))),
  );
}

const ADDRESS = 'Microsoft.Network/publicIPAddresses';

function goes({ deleteOption }: { deleteOption?: DeleteOption }): boolean {
  return deleteOption === 'Delete';
}
