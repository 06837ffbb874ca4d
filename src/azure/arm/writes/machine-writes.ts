import type { CachingTypes, VirtualMachine } from '@azure/arm-compute';
import type { NewVm, TakenDisk, VmRestores } from '../../gateway.ts';
import { subject } from '../parse/azure-values.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import type { Ask } from '../transport/observed-call.ts';
import { sentWrite } from './sent-write.ts';

/** Writes that create a VM without a template. */
export function machineWrites(clients: ClientsOf, ask: Ask): Pick<VmRestores, 'putInterface' | 'makeVm'> {
  return {
    putInterface: ({ id, region, subnetId }, attempt) =>
      ask({ name: 'putInterface', doing: `making network interface ${id}` }, async () => {
        const { subscription, resourceGroup, name } = subject(id);
        const { networkInterfaces } = await clients(subscription).network();
        const address = { privateIPAllocationMethod: 'Dynamic', subnet: { id: subject(subnetId).id } };
        const body = { location: region, ipConfigurations: [{ name: 'ipconfig1', ...address }] };
        const sent = sentWrite(attempt);
        await networkInterfaces.createOrUpdate(resourceGroup, name, body, sent.options).submitted();
        return sent.receipt();
      }),

    makeVm: (vm, attempt) =>
      ask({ name: 'makeVm', doing: `making VM ${vm.id}` }, async () => {
        const { subscription, resourceGroup, name } = subject(vm.id);
        const { virtualMachines } = clients(subscription).compute();
        const sent = sentWrite(attempt);
        await virtualMachines.createOrUpdate(resourceGroup, name, vmBody(vm), sent.options).submitted();
        return sent.receipt();
      }),
  };
}

/** As in Microsoft's scripts that create a VM from restored disks (azure-docs, backup-azure-vms-automation). */
function vmBody({ region, size, os, tags, interfaceId, osDisk, dataDisks }: NewVm): VirtualMachine {
  const taken = ({ id, caching }: TakenDisk) => ({
    createOption: 'Attach',
    managedDisk: { id },
    ...(caching !== null && { caching: caching as CachingTypes }),
  });
  return {
    location: region,
    tags,
    hardwareProfile: { vmSize: size },
    storageProfile: {
      osDisk: { osType: os, ...taken(osDisk) },
      dataDisks: dataDisks.map(({ lun, ...disk }) => ({ lun, ...taken(disk) })),
    },
    networkProfile: { networkInterfaces: [{ id: interfaceId }] },
  };
}
