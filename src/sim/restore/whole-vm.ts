import type { RestoreAsked } from '../state/state-backup.ts';
import type { AttachedDiskSpec, VmSpec } from '../state/state-compute.ts';
import { newGuid, span, type World } from '../state/world.ts';
import { later } from '../state/later.ts';
import { diskOf } from '../state/find.ts';
import { hexOf } from '../invented.ts';
import { diskId, interfaceId, same, vmId } from '../ids.ts';
import { nextAddress } from '../network/subnet-use.ts';
import { stamp } from '../times.ts';
import type { RestoredDisk } from './restored-disks.ts';

/**
 * Creates the VM of an `AlternateLocation` restore: of the same size, with the restored disks and an interface in the
 * subnet, whose name is recorded (`<vm>-nic-` and 32 hexadecimal digits); the agent responds some minutes later.
 */
export function makeVm(world: World, { id, subnetId }: NonNullable<RestoreAsked['newVm']>, from: Restored): void {
  const { machine, disks } = from;
  const [, , subscription = '', , resourceGroup = '', , , , name = ''] = id.split('/');
  const place = { subscription, resourceGroup, location: machine.location, tags: machine.tags };
  const address = nextAddress(world.state, subnetId);
  const nic = {
    ...place,
    ...(address ? { privateAddress: address } : {}),
    name: `${name}-nic-${hexOf(`nic ${id} ${stamp(world.now())}`)}`,
    subnetId,
    vmId: id,
  };
  for (const { restored } of disks) restored.managedBy = id;
  world.state.networkInterfaces.push(nic);
  world.state.vms.push({
    ...structuredClone(machine),
    ...place,
    name,
    vmId: newGuid(world),
    power: 'running',
    provisioning: 'Succeeded',
    agent: 'notReady',
    disks: attached(disks),
    adeState: 'none',
    extensions: [],
    created: stamp(world.now()),
    fromDisks: true,
    interfaceIds: [interfaceId(nic)],
  });
  later(world, span(world, 60, 150), { kind: 'agent-answers', vmId: id });
}

type Restored = { machine: VmSpec; disks: readonly RestoredDisk[] };

/**
 * Replaces the VM's disks by the restored ones; the previous ones stay in their group, detached. Whether Azure then
 * starts the VM isn't recorded: it stays as it is. The backup that Azure takes of it first isn't simulated.
 */
export function replaceDisks(world: World, id: string, disks: readonly RestoredDisk[]): void {
  const vm = world.state.vms.find((one) => same(vmId(one), id));
  if (!vm) return;
  for (const old of vm.disks) delete diskOf(world.state, old)?.managedBy;
  for (const { restored } of disks) restored.managedBy = id;
  vm.disks = attached(disks);
}

function attached(disks: readonly RestoredDisk[]): AttachedDiskSpec[] {
  return disks.map(({ attached: { role, lun }, restored }) => ({
    role,
    lun,
    name: restored.name,
    diskId: diskId(restored),
  }));
}
