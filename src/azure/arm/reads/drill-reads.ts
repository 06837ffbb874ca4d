import type { Deletable, Drills } from '../../drills.ts';
import { groupOf, parentId, sameId } from '../../../core/arm-id.ts';
import { ownOf } from '../../../core/own-of.ts';
import { WireFailure } from '../map-fault.ts';
import { timeOrNull } from '../parse/azure-times.ts';
import { subject, tagsOf, wordOrNull } from '../parse/azure-values.ts';
import {
  subnetWaysOf,
  type NetworkWaysBody,
  type RouteTableBody,
  type SecurityGroupBody,
} from '../parse/restore/subnet-ways.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { everyPage } from './every-page.ts';
import { orNull, type Ask } from '../transport/observed-call.ts';
import { interfacePath, networkVersion } from './network-reads.ts';
import type { PlainReads } from './plain-reads.ts';

type Reading = { readonly clients: ClientsOf; readonly arm: PlainReads };

/** What is read before and after a drill. Networks without the SDK: see `networkReads`. */
export function drillReads({ clients, arm }: Reading, ask: Ask): Pick<Drills, 'subnetWays' | 'deletable' | 'tagged'> {
  return {
    subnetWays: (subnetId) =>
      ask({ name: 'subnetWays', doing: `reading the ways out of ${subnetId}` }, async () => {
        const read = (id: string) => orNull(arm(`${encodeURI(subject(id).id)}?api-version=${networkVersion}`));
        const network = (await read(parentId(subnetId))) as NetworkWaysBody | null;
        const subnet = network?.properties?.subnets?.find(({ id }) => id !== undefined && sameId(id, subnetId));
        if (!network || !subnet) return null;
        const { networkSecurityGroup, routeTable } = subnet.properties ?? {};
        const [group, table] = await Promise.all([
          part<SecurityGroupBody>(read, networkSecurityGroup?.id),
          part<RouteTableBody>(read, routeTable?.id),
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
            return orNull(readInterface(arm, id));
        }
      }),

    ...taggedReads(clients, ask),
  };
}

function taggedReads(clients: ClientsOf, ask: Ask): Pick<Drills, 'tagged'> {
  return {
    // Not filtered by the tag: Azure then leaves the tags out of its response (azure-rest-api-specs, Resources_List).
    tagged: (groupId, tag) =>
      ask({ name: 'tagged', doing: `listing what is in ${groupId}` }, async () => {
        const { subscription, resourceGroup } = groupSubject(groupId);
        const { resources } = clients(subscription).resources();
        const all = await everyPage((options) => resources.listByResourceGroup(resourceGroup, options));
        return all.flatMap(({ id, tags }) => {
          const value = ownOf(tagsOf(tags), tag);
          return id !== undefined && value !== undefined ? [{ id, value }] : [];
        });
      }),
  };
}

/** A resource group's ID; anything else is refused before it is sent. */
function groupSubject(id: string) {
  const group = groupOf(id);
  if (!group) throw new WireFailure({ kind: 'refused', code: 'NoGroup' });
  return group;
}

/** What a subnet refers to must exist: otherwise nothing is known about its outbound access. */
async function part<T>(read: (id: string) => Promise<unknown>, id: string | undefined): Promise<T | null> {
  if (id === undefined) return null;
  const found = await read(id);
  if (found === null) throw new WireFailure({ kind: 'garbled', code: 'NoPartOfSubnet' });
  return found as T;
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
  const { tags, timeCreated } = await clients(subscription).compute().virtualMachines.get(resourceGroup, name);
  return { id, tags: tagsOf(tags), holder: null, created: timeOrNull(timeCreated) };
}

async function readDisk(clients: ClientsOf, id: string): Promise<Deletable> {
  const { subscription, resourceGroup, name } = subject(id);
  const { tags, managedBy, timeCreated } = await clients(subscription).compute().disks.get(resourceGroup, name);
  return {
    id,
    tags: tagsOf(tags),
    holder: wordOrNull(managedBy),

    created: timeOrNull(timeCreated),
  };
}

type InterfaceBody = {
  readonly tags?: Record<string, string>;
  readonly properties?: {
    readonly virtualMachine?: { readonly id?: string };
  };
};

async function readInterface(arm: PlainReads, id: string): Promise<Deletable> {
  const { tags, properties } = (await arm(interfacePath(id))) as InterfaceBody;
  return { id, tags: tagsOf(tags), holder: wordOrNull(properties?.virtualMachine?.id), created: null };
}
