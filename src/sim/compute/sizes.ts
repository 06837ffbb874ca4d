import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';
import { page } from '../http/paging.ts';
import { ok, type Reply } from '../http/reply.ts';

/** A VM size, with what decides which disks fit it. */
type SizeSpec = {
  readonly name: string;
  readonly family: string;
  readonly vCpus: number;
  readonly memoryGiB: number;
  readonly dataDisks: number;
  readonly premium: boolean;
  readonly generations: string;
  readonly tempMiB: number;
  readonly architecture?: 'Arm64';
  readonly controllers?: string;
  readonly confidential?: 'SNP';
  readonly regions?: readonly string[];
  readonly restricted?: true;
  /** The zones in which the subscription may not use it. */
  readonly closedZones?: string[];
};

type Rest = Partial<SizeSpec>;

function size(name: string, [vCpus, memoryGiB, dataDisks]: [number, number, number], rest: Rest = {}): SizeSpec {
  return {
    name,
    family: familyOf(name),
    vCpus,
    memoryGiB,
    dataDisks,
    premium: true,
    generations: 'V1,V2',
    tempMiB: 0,
    ...rest,
  };
}

/** As `az vm list-skus` prints them: `standardDASv5Family`, `standardAv2Family`, from v6 on `StandardDsv6Family`. */
function familyOf(name: string): string {
  const [, letters = '', features = '', version] = /^Standard_([A-Z]+)\d+([a-z]*)(?:_v(\d+))?$/.exec(name) ?? [];
  if (letters === 'B') return 'standardBSFamily';
  if (Number(version) >= 6) return `Standard${letters}${features}v${version}Family`;
  return `standard${letters}${features.toUpperCase()}${version ? `v${version}` : ''}Family`;
}

/**
 * Some of a region's hundreds of sizes; the numbers are from their pages in azure-docs. One is restricted for the
 * subscription, as when capacity runs out, another one in a zone.
 */
const SIZES: readonly SizeSpec[] = [
  size('Standard_D2s_v5', [2, 8, 4]),
  size('Standard_D4s_v5', [4, 16, 8]),
  size('Standard_D8s_v5', [8, 32, 16]),
  size('Standard_D16s_v5', [16, 64, 32]),
  size('Standard_D32s_v5', [32, 128, 32]),
  size('Standard_D4as_v5', [4, 16, 8], { closedZones: ['3'] }),
  size('Standard_E4s_v5', [4, 32, 8]),
  size('Standard_E8s_v5', [8, 64, 16], { restricted: true }),
  size('Standard_D4ds_v5', [4, 16, 8], { tempMiB: 153_600 }),
  size('Standard_D4_v5', [4, 16, 8], { premium: false }),
  size('Standard_D4ps_v5', [4, 16, 8], { generations: 'V2', architecture: 'Arm64' }),
  size('Standard_D4s_v6', [4, 16, 12], { generations: 'V2', controllers: 'NVMe' }),
  size('Standard_DC4as_v5', [4, 16, 8], { generations: 'V2', confidential: 'SNP' }),
  size('Standard_DS1_v2', [1, 3.5, 4], { tempMiB: 7168 }),
  size('Standard_A4_v2', [4, 8, 8], { premium: false, generations: 'V1', tempMiB: 40_960 }),
  size('Standard_B2ms', [2, 8, 4], { tempMiB: 16_384 }),
  size('Standard_B1ls', [1, 0.5, 2], { tempMiB: 4096 }),
  size('Standard_D64s_v5', [64, 256, 32], { regions: ['westeurope'] }),
];

/** A size of a region; undefined: there is none of that name. */
export function sizeIn(location: string, name: string): SizeSpec | undefined {
  return sizesIn(location).find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** The families of the sizes of a region. */
export function familiesIn(location: string): readonly string[] {
  return [...new Set(sizesIn(location).map(({ family }) => family))];
}

function sizesIn(location: string): readonly SizeSpec[] {
  return SIZES.filter(({ regions }) => !regions || regions.includes(location));
}

/**
 * A region's SKUs, as `az vm list-skus` prints them and Microsoft's example of `ResourceSkus_List` shows: sizes of VMs
 * among others, each capability a text. The location filter is the only one that Azure has.
 */
export function listSkus(call: Call): Reply {
  const [, location = ''] = /^location eq '([^']*)'$/i.exec(call.query.get('$filter') ?? '') ?? [];
  const region = location.toLowerCase();
  const regions = ['westeurope', 'northeurope', 'eastus'].filter((one) => region === '' || one === region);
  const skus = regions.flatMap((one) => [diskSku(one), ...sizesIn(one).map((size) => sizeSku(one, size))]);
  return ok(page<JsonBody>(call, skus, (sku) => sku));
}

function diskSku(location: string): JsonBody {
  const locationInfo = [{ location, zones: [], zoneDetails: [] }];
  return {
    resourceType: 'disks',
    name: 'Premium_LRS',
    tier: 'Premium',
    size: 'P30',
    locations: [location],
    locationInfo,
  };
}

function sizeSku(location: string, spec: SizeSpec): JsonBody {
  const restriction = {
    type: 'Location',
    values: [location],
    restrictionInfo: { locations: [location] },
    reasonCode: 'NotAvailableForSubscription',
  };
  return {
    resourceType: 'virtualMachines',
    name: spec.name,
    tier: 'Standard',
    size: spec.name.replace(/^Standard_/, ''),
    family: spec.family,
    locations: [location],
    locationInfo: [{ location, zones: ['1', '2', '3'], zoneDetails: [] }],
    capabilities: capabilitiesOf(spec),
    restrictions: [...(spec.restricted ? [restriction] : []), ...zoneRestrictions(location, spec)],
  };
}

function zoneRestrictions(location: string, { closedZones }: SizeSpec): JsonBody[] {
  if (!closedZones) return [];
  const restrictionInfo = { locations: [location], zones: closedZones };
  return [{ type: 'Zone', values: [location], restrictionInfo, reasonCode: 'NotAvailableForSubscription' }];
}

function capabilitiesOf(spec: SizeSpec): JsonBody[] {
  const told = {
    MaxResourceVolumeMB: String(spec.tempMiB),
    OSVhdSizeMB: '1047552',
    vCPUs: String(spec.vCpus),
    HyperVGenerations: spec.generations,
    MemoryGB: String(spec.memoryGiB),
    MaxDataDiskCount: String(spec.dataDisks),
    CpuArchitectureType: spec.architecture ?? 'x64',
    PremiumIO: spec.premium ? 'True' : 'False',
    VMDeploymentTypes: 'IaaS',
    ...(spec.controllers ? { DiskControllerTypes: spec.controllers } : {}),
    ...(spec.confidential ? { ConfidentialComputingType: spec.confidential } : {}),
    EncryptionAtHostSupported: 'True',
  };
  return Object.entries(told).map(([name, value]) => ({ name, value }));
}
