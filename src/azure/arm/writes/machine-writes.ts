import type { CachingTypes, VirtualMachine } from '@azure/arm-compute';
import type { NewVm, TakenDisk, VmRestores } from '../../gateway.ts';
import { subject } from '../parse/azure-values.ts';
import { interfacePath } from '../reads/network-reads.ts';
import { armHost, clientsPerSubscription, type Line } from '../transport/arm-clients.ts';
import type { Ask } from '../transport/observed-call.ts';
import { plainWrites } from './plain-writes.ts';
import { sentWrite } from './sent-write.ts';

/** Writes that create a VM without a template. The interface without the SDK: see `networkReads`. */
export function machineWrites(line: Line, ask: Ask): Pick<VmRestores, 'putInterface' | 'makeVm'> {
  const arm = plainWrites(line, `https://${armHost}`);
  const clients = clientsPerSubscription(line);
  return {
    putInterface: ({ id, region, subnetId }, attempt) =>
      ask({ name: 'putInterface', doing: `making network interface ${id}` }, async () => {
        const address = { privateIPAllocationMethod: 'Dynamic', subnet: { id: subject(subnetId).id } };
        const body = {
          location: region,
          properties: { ipConfigurations: [{ name: 'ipconfig1', properties: address }] },
        };
        const sent = sentWrite(attempt);
        await arm({ method: 'PUT', host: armHost, path: interfacePath(id), body }, sent);
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
