import type { VmRestoreReads } from '../../vm-restores.ts';
import { vmSizeOf } from '../parse/restore/vm-size.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import type { Ask } from '../transport/observed-call.ts';
import { everyPage } from './every-page.ts';

/** Which sizes VMs can have. Without the filter Azure lists those of every region, which are some 30 MB. */
export function sizeReads(clients: ClientsOf, ask: Ask): Pick<VmRestoreReads, 'vmSizes'> {
  return {
    vmSizes: (subscription, region) =>
      ask({ name: 'vmSizes', doing: `listing the VM sizes of ${region}` }, async () => {
        const { resourceSkus } = clients(subscription).compute();
        const filter = `location eq '${region.replaceAll("'", '')}'`;
        const all = await everyPage((options) => resourceSkus.list({ ...options, filter }));
        return all.filter(({ resourceType }) => /^virtualMachines$/i.test(resourceType ?? '')).map(vmSizeOf);
      }),
  };
}
