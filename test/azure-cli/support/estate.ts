/** Brings the simulated company into the state in which a person would type a command. */
import type { SimState } from '../../../src/sim/state/state.ts';
import type { AzureCli } from './azure-cli.ts';
import { subscription, type Holes } from './filled.ts';

const sub = `/subscriptions/${subscription}`;

type Vm = SimState['vms'][number];

/** The estate as new, with what the cards of a restore and of a drill name. Returns what only it knows. */
export async function newEstate(cli: AzureCli): Promise<Holes> {
  await cli.reset();
  const { items, jobs } = await cli.state();
  return { point: newestPoint(items), job: jobs[0]?.id ?? '' };
}

function newestPoint(items: SimState['items']): string {
  return items.find(({ vmId }) => vmId.endsWith('/vm-app-01'))?.points[0]?.id ?? '';
}

/** A change of the state, as the simulator's control takes it: each part as a whole. */
export type Change = (state: SimState) => Partial<SimState>;

export async function changeEstate(cli: AzureCli, change: Change): Promise<void> {
  await cli.control('POST', 'state', change(await cli.state()));
}

/** A copy of vm-app-01 with its disks, as a restore or a drill left it: in `group`, with an interface. */
export function restoredVm(group: string, name: string): Change {
  return ({ vms, disks, networkInterfaces }) => {
    const from = vms.find((vm) => vm.name === 'vm-app-01') as Vm;
    const at = `${sub}/resourceGroups/${group}/providers`;
    const vmId = `${at}/Microsoft.Compute/virtualMachines/${name}`;
    const own = from.disks.map((disk) => ({ ...disk, name: `${name}-${disk.role}` }));
    const interfaceId = `${at}/Microsoft.Network/networkInterfaces/${name}-nic`;
    const nic = {
      ...{ subscription, resourceGroup: group, name: `${name}-nic`, location: from.location, tags: {} },
      subnetId: `${sub}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-drills-weu/subnets/snet-drills`,
      vmId,
    };
    const copies = from.disks.flatMap((attached, at2) => {
      const disk = disks.find((each) => each.name === attached.name);
      return disk ? [{ ...disk, resourceGroup: group, name: own[at2]?.name ?? '', managedBy: vmId }] : [];
    });
    const vm = {
      ...from,
      ...{ resourceGroup: group, name, vmId: '7a1d2c3e-0000-4000-8000-000000000001', interfaceIds: [interfaceId] },
      disks: own.map((disk) => ({ ...disk, diskId: `${at}/Microsoft.Compute/disks/${disk.name}` })),
    };
    return {
      vms: [...vms, vm],
      disks: [...disks, ...copies],
      networkInterfaces: [...networkInterfaces, nic as unknown as SimState['networkInterfaces'][number]],
    };
  };
}
