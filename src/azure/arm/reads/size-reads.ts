import type { VmRestoreReads } from '../../vm-restores.ts';
import { vmSizeOf } from '../parse/restore/vm-size.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import type { Ask } from '../transport/observed-call.ts';
import { everyPage } from './every-page.ts';

/** Which sizes VMs can have, and how many. Without the filter Azure lists those of every region, some 30 MB. */
export function sizeReads(clients: ClientsOf, ask: Ask): Pick<VmRestoreReads, 'vmSizes' | 'coreQuotas'> {
  return {
    vmSizes: (subscription, region) =>
      ask({ name: 'vmSizes', doing: `listing the VM sizes of ${region}` }, async () => {
        const { resourceSkus } = clients(subscription).compute();
        const filter = `location eq '${region.replaceAll("'", '')}'`;
        const all = await everyPage((options) => resourceSkus.list({ ...options, filter }));
        return all.filter(({ resourceType }) => /^virtualMachines$/i.test(resourceType ?? '')).map(vmSizeOf);
      }),
    coreQuotas: (subscription, region) =>
      ask({ name: 'coreQuotas', doing: `listing the vCPU quotas of ${region}` }, async () => {
        const { usage } = clients(subscription).compute();
        const all = await everyPage((options) => usage.list(region, options));
        return all.flatMap(({ name, currentValue: used, limit }) =>
          name?.value === undefined ? [] : [{ name: name.value, used, limit }],
        );
      }),
  };
}
