import type { VirtualMachine } from '@azure/arm-compute';
import type { Deletable, Drills } from '../../drills.ts';
import { parentId, sameId, type ArmId } from '../../../core/arm-id.ts';
import { ownOf } from '../../../core/own-of.ts';
import { WireFailure } from '../map-fault.ts';
import { timeOrNull } from '../parse/azure-times.ts';
import { groupSubject, listOf, subject, tagsOf, wordOrNull } from '../parse/azure-values.ts';
import { subnetWaysOf } from '../parse/restore/subnet-ways.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { everyPage } from './every-page.ts';
import { orNull, type Ask } from '../transport/observed-call.ts';

/** What is read before and after a drill. */
export function drillReads(clients: ClientsOf, ask: Ask): Pick<Drills, 'subnetWays' | 'deletable' | 'tagged'> {
  return {
    subnetWays: (subnetId) =>
      ask({ name: 'subnetWays', doing: `reading the egress paths of ${subnetId}` }, async () => {
        const at = subject(parentId(subnetId));
        const { virtualNetworks } = await clients(at.subscription).network();
        const network = await orNull(virtualNetworks.get(at.resourceGroup, at.name));
        const subnet = network?.subnets?.find(({ id }) => id !== undefined && sameId(id, subnetId));
        if (!network || !subnet) return null;
        const [group, table] = await Promise.all([
          part(subnet.networkSecurityGroup?.id, async ({ subscription, resourceGroup, name }) =>
            (await clients(subscription).network()).networkSecurityGroups.get(resourceGroup, name),
          ),
          part(subnet.routeTable?.id, async ({ subscription, resourceGroup, name }) =>
            (await clients(subscription).network()).routeTables.get(resourceGroup, name),
          ),
        ]);
        return subnetWaysOf({ network, subnet, group, table });
      }),

    deletable: (id) =>
      ask({ name: 'deletable', doing: `reading ${id}` }, async () => {
        switch (deletableType(id)) {
          case 'vm':
            return orNull(readVm(clients, id));
          case 'disk':
            return orNull(readDisk(clients, id));
          case 'interface':
            return orNull(readInterface(clients, id));
        }
      }),

    ...taggedReads(clients, ask),
  };
}

function taggedReads(clients: ClientsOf, ask: Ask): Pick<Drills, 'tagged'> {
  return {
    // Not filtered by the tag: Azure then leaves the tags out of its response (azure-rest-api-specs, Resources_List).
    tagged: (groupId, asked) =>
      ask({ name: 'tagged', doing: `listing what is in ${groupId}` }, async () => {
        const { subscription, resourceGroup } = groupSubject(groupId);
        const { resources } = clients(subscription).resources();
        const all = await everyPage((options) => resources.listByResourceGroup(resourceGroup, options));
        return all.flatMap(({ id, tags }) => {
          const found = Object.fromEntries(asked.flatMap((tag) => named(tagsOf(tags), tag)));
          return id !== undefined && Object.keys(found).length > 0 ? [{ id, tags: found }] : [];
        });
      }),
  };
}

/** A tag's value under the name that was asked for: Azure ignores the case of names. */
function named(tags: Readonly<Record<string, string>>, tag: string): [string, string][] {
  const found = Object.entries(tags).find(([name]) => name.toLowerCase() === tag.toLowerCase());
  return found ? [[tag, found[1]]] : [];
}

/** What a subnet refers to must exist: otherwise nothing is known about its outbound access. */
async function part<T>(id: string | undefined, read: (at: ArmId) => Promise<T>): Promise<T | null> {
  if (id === undefined) return null;
  const found = await orNull(read(subject(id)));
  if (found === null) throw new WireFailure({ kind: 'garbled', code: 'NoPartOfSubnet' });
  return found;
}

const types: Readonly<Record<string, 'vm' | 'disk' | 'interface'>> = {
  'microsoft.compute/virtualmachines': 'vm',
  'microsoft.compute/disks': 'disk',
  'microsoft.network/networkinterfaces': 'interface',
};

/** Which of the three types it is; anything else is refused before it is sent. */
export function deletableType(id: string): 'vm' | 'disk' | 'interface' {
  const { provider, type } = subject(id);
  const found = ownOf(types, `${provider}/${type}`.toLowerCase());
  if (found === undefined) throw new WireFailure({ kind: 'refused', code: 'NotDeletable' });
  return found;
}

async function readVm(clients: ClientsOf, id: string): Promise<Deletable> {
  const { subscription, resourceGroup, name } = subject(id);
  const vm = await clients(subscription).compute().virtualMachines.get(resourceGroup, name);
  return { id, tags: tagsOf(vm.tags), holder: null, has: attachedTo(vm), created: timeOrNull(vm.timeCreated) };
}

/** Everything that is attached to a VM. What has no ID counts too: it is certainly none that Kluis recorded. */
function attachedTo({ storageProfile, networkProfile }: VirtualMachine): readonly string[] {
  const { osDisk, dataDisks } = storageProfile ?? {};
  const disks = [...(osDisk ? [osDisk] : []), ...listOf(dataDisks)];
  return [
    ...disks.map(({ managedDisk, vhd, name }) => managedDisk?.id ?? vhd?.uri ?? name ?? '?'),
    ...listOf(networkProfile?.networkInterfaces).map(({ id }) => id ?? '?'),
    ...listOf(networkProfile?.networkInterfaceConfigurations).map(({ name }) => name),
  ];
}

async function readDisk(clients: ClientsOf, id: string): Promise<Deletable> {
  const { subscription, resourceGroup, name } = subject(id);
  const { tags, managedBy, timeCreated } = await clients(subscription).compute().disks.get(resourceGroup, name);
  return {
    id,
    tags: tagsOf(tags),
    holder: wordOrNull(managedBy),
    has: [],
    created: timeOrNull(timeCreated),
  };
}

async function readInterface(clients: ClientsOf, id: string): Promise<Deletable> {
  const { subscription, resourceGroup, name } = subject(id);
  const { networkInterfaces } = await clients(subscription).network();
  const { tags, virtualMachine, ipConfigurations } = await networkInterfaces.get(resourceGroup, name);
  const has = listOf(ipConfigurations).flatMap(({ publicIPAddress }) =>
    publicIPAddress ? [publicIPAddress.id ?? '?'] : [],
  );
  return { id, tags: tagsOf(tags), holder: wordOrNull(virtualMachine?.id), has, created: null };
}
