import type { Estate } from '../../dialogs/estate.ts';

/**
 * The disks that a VM has now, by ID, and whether it is deallocated; null: it is gone, or has other disks than these.
 */
export type Current = { readonly disks: readonly string[]; readonly deallocated: boolean } | null;

/** Reads it. */
export async function readCurrent({ reads }: Estate, vmId: string): Promise<Current> {
  const vm = await reads.vm(vmId);
  const disks = vm?.disks.flatMap(({ id }) => id ?? []) ?? [];
  // Azure replaces managed disks only.
  if (!vm || disks.length === 0 || disks.length !== vm.disks.length) return null;
  return { disks, deallocated: /^PowerState\/deallocated$/i.test(vm.powerState ?? '') };
}
