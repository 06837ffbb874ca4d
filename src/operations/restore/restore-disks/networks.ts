import type { AzureReads, VirtualNetwork } from '../../../azure/gateway.ts';
import { sameId, subscriptionOf } from '../../../core/arm-id.ts';
import { sameRegion } from '../../../readiness/destinations.ts';
import { fittingSizes } from '../../../readiness/restores/vm-sizes.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import type { Estate } from '../../dialogs/estate.ts';
import type { Networks, NewVmPlace, Restorable, RestorePoint, Sizes, Subnet } from './found.ts';

/** Subnets that Azure reserves for its own services. */
const reserved = /^(GatewaySubnet|AzureBastionSubnet|AzureFirewall(Management)?Subnet|RouteServerSubnet)$/i;

/** Reads where a new VM could be. */
export async function readNetworks({ reads }: Estate, restorable: Restorable, place: NewVmPlace): Promise<Networks> {
  const { group, point, uniqueInSubscription } = place;
  const { region } = restorable;
  const subscription = subscriptionOf(`${group}/providers/Microsoft.Compute/virtualMachines/any`);
  const [networks, vms, sizes] = await Promise.all([
    reads.virtualNetworks(subscription),
    reads.vmEntries(subscription),
    sizesOf(reads, { restorable, subscription, point }),
  ]);
  const here = networks.filter((network) => sameRegion(network.region, region));
  const subnets = (await Promise.all(here.map((network) => subnetsOf(reads, network)))).flat();
  const groupName = group.split('/').pop()?.toLowerCase();
  return {
    sizes,
    subnets: subnets.toSorted((a, b) => `${a.network}/${a.name}`.localeCompare(`${b.network}/${b.name}`, 'en')),
    taken: vms
      .filter((vm) => uniqueInSubscription || vm.resourceGroup.toLowerCase() === groupName)
      .map(({ name }) => name.toLowerCase()),
  };
}

/** Those that a VM can be in, each with its free addresses if Azure gives them. */
async function subnetsOf(
  reads: Pick<AzureReads, 'subnetAddresses'>,
  network: VirtualNetwork,
): Promise<readonly Subnet[]> {
  const read = await tried(() => reads.subnetAddresses(network.id));
  const freeIn = (id: string) => {
    const told = read.ok ? read.value.filter(({ subnetId }) => sameId(subnetId, id)) : [];
    // More than one answer for a subnet hasn't been recorded.
    const [only] = told.length === 1 ? told : [];
    return only ? Math.max(0, only.limit - only.used) : null;
  };
  return network.subnets
    .filter(({ name }) => !reserved.test(name))
    .map(({ id, name, prefix }) => ({ id, name, prefix, network: network.name, free: freeIn(id) }));
}

const maxSizes = 60;

type NewVm = {
  readonly restorable: Restorable;
  readonly subscription: string;
  readonly point: RestorePoint | null;
};

/** If the VM still exists, its current disks are counted. */
async function sizesOf(
  reads: Pick<AzureReads, 'vm' | 'vmSizes' | 'coreQuotas'>,
  { restorable: { vm, region }, subscription, point }: NewVm,
): Promise<Sizes | null> {
  const [all, now, used] = await Promise.all([
    tried(() => reads.vmSizes(subscription, region)),
    tried(() => reads.vm(vm.id)),
    tried(() => reads.coreQuotas(subscription, region)),
  ]);
  if (!all.ok) return null;
  const was = point?.size ?? null;
  const dataDisks = now.ok && now.value ? now.value.disks.filter(({ role }) => role === 'data').length : null;
  const quotas = used.ok ? used.value : null;
  const need = { was, dataDisks, encrypted: point?.encrypted !== false, quotas, zones: point?.zones ?? [] };
  const { sizes, ...rest } = fittingSizes(all.value, need);
  return { was, ...rest, others: sizes.slice(0, maxSizes), more: Math.max(0, sizes.length - maxSizes) };
}
