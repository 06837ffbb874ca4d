import type { ItemSpec, JobErrorSpec, PointSpec, RestoreAsked } from '../state/state-backup.ts';
import type { World } from '../state/world.ts';
import { diskOf } from '../state/find.ts';
import { same, virtualNetworkId, vmId } from '../ids.ts';

// The first two in Microsoft's own words (SelfHelpContent, and a page of its Japanese support); the other titles and
// all numbers are made up.
const NOT_SUPPORTED: JobErrorSpec = {
  errorCode: 400330,
  errorTitle: 'UserErrorOlrNotSupported',
  errorString: 'The selected restore operation type is not supported.',
  recommendations: ['Use another restore type, and retry the operation.'],
};
const NOT_SHUT_DOWN: JobErrorSpec = {
  errorCode: 400331,
  errorTitle: 'UserErrorVmNotShutDown',
  errorString: 'VM needs to be in deallocated state for performing replace disks operation',
  recommendations: ['Please shut down the VM, and retry'],
};
const NO_NEW_VM: JobErrorSpec = { ...NOT_SUPPORTED, errorTitle: 'UserErrorAlrNotSupported' };
const TAKEN: JobErrorSpec = {
  errorCode: 400332,
  errorTitle: 'UserErrorTargetVmAlreadyExists',
  errorString: 'A virtual machine with the specified name already exists.',
  recommendations: ['Specify another name, and retry the operation.'],
};
const NO_SUBNET: JobErrorSpec = {
  errorCode: 400333,
  errorTitle: 'UserErrorSubnetNotFound',
  errorString: "The selected subnet doesn't exist. Select a subnet that exists.",
  recommendations: ['Select another subnet, and retry the operation.'],
};

type Start = { item: ItemSpec; point: PointSpec; asked: RestoreAsked };

/**
 * What is wrong with a restore that creates a VM or replaces disks. Neither supports Azure Disk Encryption; a new VM
 * needs a name that is free in the subscription; a VM whose disks are replaced must exist, have all its disks in the
 * point, and be deallocated (azure-docs, backup-azure-arm-restore-vms, "Restore options" and "Create a VM").
 */
export function wholeVmProblems(world: World, { item, point, asked }: Start): JobErrorSpec[] {
  const found = asked.replaces
    ? whenReplacing(world, item, point)
    : asked.newVm
      ? whenMaking(world, point, asked.newVm)
      : [];
  return found.map((one) => structuredClone(one));
}

function whenReplacing(world: World, { vmId: id }: ItemSpec, point: PointSpec): JobErrorSpec[] {
  const vm = world.state.vms.find((one) => same(vmId(one), id));
  const isAde = vm?.dualPass || vm?.disks.some((disk) => diskOf(world.state, disk)?.ade);
  if (!vm || point.encrypted || isAde || point.disks) return [NOT_SUPPORTED];
  return vm.power === 'deallocated' ? [] : [NOT_SHUT_DOWN];
}

function whenMaking(world: World, point: PointSpec, { id, subnetId }: NonNullable<RestoreAsked['newVm']>) {
  const [, , subscription = ''] = id.split('/');
  const isTaken = world.state.vms.some((vm) => same(vm.subscription, subscription) && same(vm.name, nameIn(id)));
  const hasSubnet = world.state.virtualNetworks.some((network) =>
    network.subnets.some(({ name }) => same(`${virtualNetworkId(network)}/subnets/${name}`, subnetId)),
  );
  return [...(point.encrypted ? [NO_NEW_VM] : []), ...(isTaken ? [TAKEN] : []), ...(hasSubnet ? [] : [NO_SUBNET])];
}

function nameIn(id: string): string {
  return id.split('/').pop() ?? '';
}
