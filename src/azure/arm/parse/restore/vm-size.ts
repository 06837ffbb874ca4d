import type { ResourceSku } from '@azure/arm-compute';
import type { VmSize } from '../../../vm-restores.ts';
import { listOf, required, wordOrNull } from '../azure-values.ts';

/** A VM size as the product sees it. Each capability is a text: a number, `True` or `False`, or a list with commas. */
export function vmSizeOf({ name, family, capabilities, restrictions, locationInfo }: ResourceSku): VmSize {
  const told = new Map(listOf(capabilities).map((one) => [one.name?.toLowerCase(), wordOrNull(one.value)]));
  const word = (capability: string) => told.get(capability.toLowerCase()) ?? null;
  const tempMiB = number(word('MaxResourceVolumeMB'));
  return {
    name: required(name, 'name'),
    family: wordOrNull(family),
    vCpus: number(word('vCPUs')),
    memoryGiB: number(word('MemoryGB')),
    maxDataDisks: number(word('MaxDataDiskCount')),
    premiumDisks: flag(word('PremiumIO')),
    generations: words(word('HyperVGenerations')),
    architecture: word('CpuArchitectureType'),
    controllers: words(word('DiskControllerTypes')),
    tempDisk: tempMiB === null ? null : tempMiB > 0,
    confidential: word('ConfidentialComputingType'),
    trustedLaunch: flag(word('TrustedLaunchDisabled')) !== true,
    // A size restricted only in some zones is available for a VM without one.
    isAvailable: !listOf(restrictions).some(({ type }) => type === 'Location'),
    zones: zonesOf({ locationInfo, restrictions }),
  };
}

/** Its zones, without those closed to the subscription (azure-rest-api-specs, `ResourceSkuRestrictions`). */
function zonesOf({ locationInfo, restrictions }: Pick<ResourceSku, 'locationInfo' | 'restrictions'>) {
  const told = listOf(locationInfo).flatMap(({ zones }) => zones ?? []);
  const closed = listOf(restrictions).flatMap(({ type, restrictionInfo }) =>
    type === 'Zone' ? listOf(restrictionInfo?.zones) : [],
  );
  return listOf(locationInfo).length === 0 ? null : told.filter((zone) => !closed.includes(zone));
}

function number(text: string | null): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

function flag(text: string | null): boolean | null {
  return text === null ? null : /^true$/i.test(text);
}

function words(text: string | null): readonly string[] {
  return (text ?? '').split(',').flatMap((one) => wordOrNull(one.trim()) ?? []);
}
