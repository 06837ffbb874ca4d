/**
 * How a VM's disks are encrypted, from three places, any of which may say nothing: the disk itself (single pass, also
 * when the VM is off), the VM's model (dual pass, with an Entra application) and its instance view (only while it is
 * running).
 */
import type { AttachedDisk, DiskFacts, DiskKeys, VmFacts } from '../azure/gateway.ts';
import { keyOfId } from '../core/arm-id.ts';
import type { AssessedDisk, EncryptionKind, EncryptionSource } from './findings/assessment.ts';
import type { DiskReading, Read } from './reading.ts';

/** One disk with everything found about it. `conflict`: two places contradict each other. */
export type DiskPicture = Omit<AssessedDisk, 'lun' | 'unfit'> & {
  readonly attached: AttachedDisk;
  readonly facts: DiskFacts | null;
  readonly read: Read<DiskFacts | null> | null;
  readonly source: EncryptionSource | null;
  readonly keys: readonly DiskKeys[];
  readonly conflict: boolean;
};

/**
 * The VM's encryption with each disk. `extensionWithoutSettings`: the ADE extension is installed, but no disk says so.
 */
export type EncryptionPicture = {
  readonly kind: EncryptionKind;
  readonly readFrom: EncryptionSource | null;
  readonly disks: readonly DiskPicture[];
  readonly extensionWithoutSettings: boolean;
  /** It was encrypted with an Entra application. */
  readonly entraApp: boolean;
};

/** Assesses a VM's disks. Works without the disks too (then from model and view), with less certainty. */
export function encryptionOf(vm: VmFacts, disks: readonly DiskReading[]): EncryptionPicture {
  const reads = new Map(disks.map(({ id, disk }) => [keyOfId(id), disk]));
  const dualPass = vm.disks.some((attached) => attached.modelAde !== null);
  const pictures = vm.disks.map((attached) => {
    const read = attached.id === null ? null : (reads.get(keyOfId(attached.id)) ?? null);
    return pictureOf({ vm, attached, read, dualPass });
  });
  const anyAde = pictures.some((disk) => disk.keys.length > 0);
  const extensionWithoutSettings = !anyAde && vm.extensions.some((extension) => isAde(extension.type));
  const kind = kindOfVm(vm, pictures, extensionWithoutSettings);
  const readFrom = kind === 'confidential' ? 'security-profile' : sourceOf(pictures, kind);
  const entraApp = dualPass || pictures.some(({ facts }) => isOfEntraApp(facts));
  return { kind, readFrom, disks: pictures, extensionWithoutSettings, entraApp };
}

/**
 * Whether a disk's own settings are those of Azure Disk Encryption with an Entra application: the specification of
 * Microsoft.Compute calls that version 1.0.
 */
export function isOfEntraApp(disk: Pick<DiskFacts, 'ade'> | null): boolean {
  return disk?.ade?.version === '1.0';
}

/** Whether any disk is encrypted by Azure Disk Encryption. */
export function hasAde(picture: EncryptionPicture): boolean {
  return picture.disks.some((disk) => disk.keys.length > 0);
}

type Seen = { vm: VmFacts; attached: AttachedDisk; read: Read<DiskFacts | null> | null; dualPass: boolean };

function pictureOf(seen: Seen): DiskPicture {
  const { attached, read } = seen;
  const facts = read?.ok ? read.value : null;
  const found = keysOf(attached, facts);
  const conflict = contradicts(seen, facts);
  const [first] = found.keys;
  return {
    name: attached.name,
    role: attached.role,
    sizeGiB: facts?.sizeGiB ?? attached.sizeGiB,
    kind: conflict ? 'unknown' : kindOfDisk(seen, facts, found.keys),
    secretVaultId: first?.secretVaultId ?? null,
    keyVaultId: first?.keyVaultId ?? null,
    attached,
    facts,
    read,
    source: found.keys.length > 0 ? found.source : facts ? 'disk' : null,
    keys: found.keys,
    conflict,
  };
}

function keysOf(
  attached: AttachedDisk,
  facts: DiskFacts | null,
): { source: EncryptionSource; keys: readonly DiskKeys[] } {
  if (facts?.ade && facts.ade.keys.length > 0) return { source: 'disk', keys: facts.ade.keys };
  if (attached.modelAde) return { source: 'model', keys: [attached.modelAde] };
  return { source: 'view', keys: attached.viewAde };
}

// Dual-pass ADE writes its settings only in the VM's model, so there a disk that says nothing contradicts nothing.
function contradicts({ attached, dualPass }: Seen, facts: DiskFacts | null): boolean {
  if (!facts || dualPass || attached.encryptionState === null) return false;
  const state = attached.encryptionState.toLowerCase();
  if (facts.ade === null) return attached.viewAde.length > 0 && state === 'encryptionstate/encrypted';
  return state === 'encryptionstate/notencrypted';
}

function kindOfDisk({ vm, attached }: Seen, facts: DiskFacts | null, keys: readonly DiskKeys[]): EncryptionKind {
  if (keys.length > 0) return keys.every((key) => key.keyUrl !== null) ? 'ade-kek' : 'ade-bek';
  if (attached.unmanaged) return 'platform';
  if (!facts || facts.ade !== null) return 'unknown';
  if (vm.encryptionAtHost) return 'host';
  return facts.diskEncryptionSetId !== null || /customer/i.test(facts.encryptionType ?? '') ? 'cmk' : 'platform';
}

// The most demanding kind comes first: one BEK-only disk decides for the whole VM.
const order: readonly EncryptionKind[] = ['ade-bek', 'ade-kek', 'unknown', 'host', 'cmk', 'platform'];

function kindOfVm(vm: VmFacts, disks: readonly DiskPicture[], withoutSettings: boolean): EncryptionKind {
  if (isConfidential(vm)) return 'confidential';
  if (withoutSettings || disks.length === 0) return 'unknown';
  return order.find((kind) => disks.some((disk) => disk.kind === kind)) ?? 'unknown';
}

function sourceOf(disks: readonly DiskPicture[], kind: EncryptionKind): EncryptionSource | null {
  if (kind === 'host') return 'security-profile';
  return disks.find((disk) => disk.kind === kind)?.source ?? null;
}

/** Whether this is a confidential VM. */
export function isConfidential(vm: VmFacts): boolean {
  return /^confidentialvm$/i.test(vm.securityType ?? '');
}

/**
 * Whether an extension's type is Azure Disk Encryption, on Windows or Linux, with or without its publisher as prefix.
 */
export function isAde(type: string): boolean {
  return /(^|\.)AzureDiskEncryption(ForLinux)?$/i.test(type);
}
