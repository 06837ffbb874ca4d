/** Which sizes a VM of restored disks can have. Pure. */
import type { CoreQuota, VmSize } from '../../azure/gateway.ts';
import { roomFor, type Room } from './core-quota.ts';

/** What a VM needs of its size. `was`: the one that it had; `dataDisks` null: not known. */
type Need = {
  readonly was: string | null;
  readonly dataDisks: number | null;
  readonly encrypted: boolean;
  /** The zones that the VM is pinned to; empty: none, or unknown. */
  readonly zones: readonly string[];
  /** Null: they could not be read. */
  readonly quotas: readonly CoreQuota[] | null;
};

/** What decides between sizes that fit. `maxDataDisks` null: Azure did not say. `room`: whether its quotas have it. */
export type FittingSize = Pick<VmSize, 'name' | 'vCpus' | 'memoryGiB' | 'maxDataDisks'> & { readonly room: Room };

/**
 * The sizes of a region that fit, the ones most like `was` first and `was` not among them. `hasWas`: whether it can be
 * had there still; null: it is not known which it was.
 */
type Fitting = {
  readonly sizes: readonly FittingSize[];
  readonly hasWas: boolean | null;
  readonly wasRoom: Room;
  /** Those with too little memory for Azure Disk Encryption; null: the disks are not encrypted by it. */
  readonly tooSmallForAde: readonly string[] | null;
};

/** Where the one that it had is gone from the region, only what fits disks of any kind is taken for fitting. */
const unlike = {
  family: null,
  vCpus: null,
  memoryGiB: null,
  maxDataDisks: null,
  premiumDisks: true,
  generations: ['V1', 'V2'],
  architecture: 'x64',
  controllers: ['SCSI'],
  tempDisk: null,
  confidential: null,
  trustedLaunch: true,
};

/** Chooses them. */
export function fittingSizes(all: readonly VmSize[], need: Need): Fitting {
  const isWas = ({ name }: VmSize) => name.toLowerCase() === need.was?.toLowerCase();
  const had = all.find(isWas);
  const like = had ?? { ...unlike, name: need.was ?? '' };
  const sizes = all
    .filter((one) => isAvailable(one, need) && !isWas(one) && fits(one, like, need))
    .toSorted((a, b) => distance(a, like) - distance(b, like) || a.name.localeCompare(b.name, 'en', { numeric: true }));
  return {
    sizes: sizes.map((one) => {
      const { name, vCpus, memoryGiB, maxDataDisks } = one;
      return { name, vCpus, memoryGiB, maxDataDisks, room: roomFor(one, need.quotas) };
    }),
    wasRoom: had ? roomFor(had, need.quotas) : 'unknown',
    hasWas: need.was === null ? null : had !== undefined && isAvailable(had, need),
    tooSmallForAde: need.encrypted ? all.filter(isSmall).map(({ name }) => name) : null,
  };
}

/** Whether the subscription may use it where the VM has to be. */
function isAvailable(size: VmSize, { zones }: Need): boolean {
  return size.isAvailable && zones.every((zone) => size.zones === null || size.zones.includes(zone));
}

type Like = Omit<VmSize, 'isAvailable' | 'zones'>;

/** What Azure left unsaid of a size fits nothing. */
function fits(size: VmSize, like: Like, { dataDisks, encrypted }: Need): boolean {
  const disks = dataDisks ?? like.maxDataDisks;
  return (
    (size.maxDataDisks ?? 0) >= (disks ?? 0) &&
    (size.premiumDisks === true || like.premiumDisks === false) &&
    like.generations.every((generation) => size.generations.includes(generation)) &&
    (size.architecture ?? 'x64') === (like.architecture ?? 'x64') &&
    controllersOf(like).some((controller) => controllersOf(size).includes(controller)) &&
    // A VM with a temporary disk is not resized to a size without one, nor the other way (azure-docs, no-temp-disk).
    (like.tempDisk === null || size.tempDisk === like.tempDisk) &&
    size.confidential === like.confidential &&
    (size.trustedLaunch || !like.trustedLaunch) &&
    (!encrypted || (isOfAdeSeries(size.name) && !isSmall(size)))
  );
}

/** Sizes from before there was a choice name none, and have SCSI. */
function controllersOf({ controllers }: Like): readonly string[] {
  return controllers.length === 0 ? ['SCSI'] : controllers;
}

/**
 * Whether Azure Disk Encryption can be used in a size of that name: in no Basic, A-series, or v6 and later, and also in
 * none with less than 2 GB of memory (azure-docs, disk-encryption-overview).
 */
export function isOfAdeSeries(name: string): boolean {
  return !/^Basic_|^Standard_A\d|_v([6-9]|\d\d+)$/i.test(name);
}

function isSmall({ memoryGiB }: VmSize): boolean {
  return (memoryGiB ?? 0) < 2;
}

/** Twice the processors, twice the memory and another series each count one. */
function distance(size: Like, like: Like): number {
  const apart = (a: number | null, b: number | null) => (a && b ? Math.abs(Math.log2(a / b)) : 0);
  const series = ({ name }: Like) => /^[^_]+_([a-z]+)/i.exec(name)?.[1];
  const isOther = series(size) !== series(like);
  return apart(size.vCpus, like.vCpus) + apart(size.memoryGiB, like.memoryGiB) + Number(isOther);
}
