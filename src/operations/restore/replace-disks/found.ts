import type { VmFacts } from '../../../azure/gateway.ts';
import type { Estate } from '../../dialogs/estate.ts';
import type { RestorePorts } from '../restore-disks/found.ts';
import { restorePorts } from '../restore-disks/ports.ts';

/**
 * The disks that a VM has now, by ID, and whether it is deallocated; null: it is gone, or has other disks than these.
 */
export type Current = { readonly disks: readonly string[]; readonly deallocated: boolean } | null;

/** What the dialog reads. */
export type ReplacePorts = Pick<RestorePorts, 'find' | 'destinations' | 'check'> & {
  readonly current: (vmId: string) => Promise<Current>;
};

/** The ports of the dialog. */
export function replacePorts(estate: Estate): ReplacePorts {
  return { ...restorePorts(estate), current: async (vmId) => currentOf(await estate.reads.vm(vmId)) };
}

function currentOf(vm: VmFacts | null): Current {
  const disks = vm?.disks.flatMap(({ id }) => id ?? []) ?? [];
  // Azure replaces managed disks only.
  if (!vm || disks.length === 0 || disks.length !== vm.disks.length) return null;
  return { disks, deallocated: /^PowerState\/deallocated$/i.test(vm.powerState ?? '') };
}
