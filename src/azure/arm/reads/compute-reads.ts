import type { AzureReads } from '../../gateway.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { everyPage } from './every-page.ts';
import { type Ask, orNull } from '../transport/observed-call.ts';
import { groupSubject, subject } from '../parse/azure-values.ts';
import { diskFacts, groupDisk } from '../parse/disk-facts.ts';
import { vmEntryOf } from '../parse/vm-entry.ts';
import { listedVms } from '../parse/listed-vms.ts';
import { vmFacts } from '../parse/vm-facts.ts';

type ComputeReads = Pick<AzureReads, 'vmEntries' | 'vm' | 'vms' | 'disk' | 'disks' | 'disksOfGroup'>;

const vmTypes = ['Microsoft.Compute/virtualMachines', 'Microsoft.ClassicCompute/virtualMachines'];
const onlyVms = vmTypes.map((type) => `resourceType eq '${type}'`).join(' or ');
const expand = 'createdTime';

/** Reads of virtual machines and disks. */
export function computeReads(clients: ClientsOf, ask: Ask): ComputeReads {
  return {
    vmEntries: (subscription) =>
      ask({ name: 'vmEntries', doing: `listing the VMs of ${subscription}` }, async () => {
        const { resources } = clients(subscription).resources();
        const found = await everyPage((options) => resources.list({ ...options, filter: onlyVms, expand }));
        return found.map(vmEntryOf);
      }),

    vm: (id) =>
      ask({ name: 'vm', doing: `reading VM ${id}` }, async () => {
        const { subscription, resourceGroup, name } = subject(id);
        const { virtualMachines } = clients(subscription).compute();
        const vm = await orNull(virtualMachines.get(resourceGroup, name, { expand: 'instanceView' }));
        return vm && vmFacts(vm);
      }),

    // Azure lists instance views only for VMs of a scale set; for all others model and state are separate lists.
    vms: (subscription) =>
      ask({ name: 'vms', doing: `listing the VMs of ${subscription} with their state` }, async () => {
        const { virtualMachines } = clients(subscription).compute();
        // One after the other: if Azure doesn't answer the first, it isn't asked for the second.
        const models = await everyPage((options) => virtualMachines.listAll(options));
        const states = await everyPage((options) => virtualMachines.listAll({ ...options, statusOnly: 'true' }));
        return listedVms(models, states);
      }),

    ...diskReads(clients, ask),
  };
}

function diskReads(clients: ClientsOf, ask: Ask): Pick<ComputeReads, 'disk' | 'disks' | 'disksOfGroup'> {
  return {
    disk: (id) =>
      ask({ name: 'disk', doing: `reading disk ${id}` }, async () => {
        const { subscription, resourceGroup, name } = subject(id);
        const disk = await orNull(clients(subscription).compute().disks.get(resourceGroup, name));
        return disk && diskFacts(disk);
      }),

    disks: (subscription) =>
      ask({ name: 'disks', doing: `listing the disks of ${subscription}` }, async () => {
        const { disks } = clients(subscription).compute();
        return (await everyPage((options) => disks.list(options))).map(diskFacts);
      }),

    disksOfGroup: (groupId) =>
      ask({ name: 'disksOfGroup', doing: `listing the disks in ${groupId}` }, async () => {
        const { subscription, resourceGroup } = groupSubject(groupId);
        const { disks } = clients(subscription).compute();
        const all = await orNull(everyPage((options) => disks.listByResourceGroup(resourceGroup, options)));
        return (all ?? []).map(groupDisk);
      }),
  };
}
