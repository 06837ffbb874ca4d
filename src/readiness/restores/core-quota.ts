/** Whether the vCPU quotas of a region have room for one more VM. Pure. */
import type { CoreQuota, VmSize } from '../../azure/gateway.ts';

/** The quota that a VM would exceed: that of a family by Azure's name, or `cores` for the whole region. */
export type Shortage = { readonly of: string; readonly needs: number; readonly left: number };

/** `unknown`: a quota or the size could not be read. */
export type Room = 'enough' | 'unknown' | Shortage;

const regional = 'cores';

/**
 * Azure creates a VM only if its vCPUs fit both the quota of its family and that of the region (azure-docs, "vCPU
 * quotas"). The case of family names varies.
 */
export function roomFor(
  { vCpus, family }: Pick<VmSize, 'vCpus' | 'family'>,
  quotas: readonly CoreQuota[] | null,
): Room {
  if (vCpus === null || quotas === null) return 'unknown';
  const named = (name: string | null) => quotas.find((one) => one.name.toLowerCase() === name?.toLowerCase());
  const both = [named(family), named(regional)];
  const short = both.find((quota) => quota && quota.used + vCpus > quota.limit);
  if (short) return { of: short.name, needs: vCpus, left: Math.max(0, short.limit - short.used) };
  return both.includes(undefined) ? 'unknown' : 'enough';
}
