/** Checks 21 and 22: the number, size and kinds of the disks, against what Azure Backup supports. */
import { takesDisk } from '../../azure/gateway.ts';
import { parseArmId } from '../../core/arm-id.ts';
import { adeRestoredWhole } from '../ade-limits.ts';
import { dataDisks, isChoiceOf } from '../chosen-disks.ts';
import { isTooLarge, sizeLimit } from '../disk-kind.ts';
import { hasAde, type DiskPicture } from '../encryption.ts';
import {
  blocked,
  type Finding,
  type FindingDraft,
  noAnswer,
  passed,
  unread,
  unsettled,
  warned,
} from '../findings/finding.ts';
import type { Picture } from '../pictures/picture.ts';

/** "Maximum of 256 TB combined for all disks in a VM" (support matrix for Azure VM backup, "Data disk size"). */
const largestSumGiB = 262_144;
const maxDisks = 32;

/** Whether the disks that somebody chose from are still those of the VM. */
export function checkDiskChoice({ reading, encryption }: Picture): readonly Finding[] {
  const now = dataDisks(encryption.disks.map(({ name, role, attached: { lun } }) => ({ name, role, lun })));
  return reading.chosen && !isChoiceOf(reading.chosen, now) ? [blocked({ code: 'disk-choice.changed' })] : [];
}

/** Number and size of the disks that are backed up. One finding per disk that is too large, one for the number. */
export function checkDiskSizes({ encryption, traits }: Picture): readonly Finding[] {
  const ade = hasAde(encryption);
  const taken = encryption.disks.filter(({ attached }) => takesDisk(traits.choice, attached.lun));
  const sizes = taken.map(({ sizeGiB }) => sizeGiB ?? 0);
  const params = { count: taken.length, largest: Math.max(0, ...sizes), limit: maxDisks };
  const found = taken.filter(isTooLarge).map((disk): Finding => {
    const code = disk.keys.length > 0 ? 'disk-size.too-large-ade' : 'disk-size.too-large';
    const sizeGiB = disk.sizeGiB ?? 0;
    const params = {
      disk: disk.name,
      diskId: disk.attached.id ?? disk.name,
      sizeGiB,
      limit: sizeLimit(disk),
      role: disk.role,
    };
    return blocked({ code, subject: disk.name, params });
  });
  if (params.count > maxDisks) found.push(blocked({ code: 'disk-size.too-many', params }));
  else if (ade && params.count > adeRestoredWhole.disks) found.push(warned({ code: 'disk-size.many-ade', params }));
  const sumGiB = sizes.reduce((sum, size) => sum + size, 0);
  if (sumGiB > largestSumGiB) {
    found.push(blocked({ code: 'disk-size.too-large-together', params: { sumGiB, limit: largestSumGiB } }));
  }
  const unknown = taken.filter(({ sizeGiB }) => sizeGiB === null).map(({ name }) => name);
  if (unknown.length > 0) {
    found.push(unsettled({ code: 'disk-size.unknown', params: { disks: unknown }, aside: true }));
  }
  return found.length > 0 ? found : [passed({ code: 'disk-size.within', params })];
}

/**
 * Kinds that Azure Backup refuses, or Standard policies do. Not checked, since no rule of Azure Backup was found: data
 * disks with a `securityProfile`; and turning a VM into Trusted Launch under a Standard policy, which supports Trusted
 * Launch since api-version 2025-01-01 (backup-azure-vms-enhanced-policy.md of 2025-06-11).
 */
export function checkDiskKinds({ traits, protection, encryption, vm }: Picture): readonly Finding[] {
  const found: Finding[] = [];
  if (traits.unmanaged.length > 0) {
    const params = { disks: traits.unmanaged, vm: vm.name, group: vm.resourceGroup };
    found.push(blocked({ code: 'disk-kind.unmanaged', params }));
  }
  if (traits.entraAccess.length > 0) {
    found.push(blocked({ code: 'disk-kind.entra-access', params: { disks: traits.entraAccess } }));
  }
  found.push(...sharedDisks({ traits, protection, vm }));
  if (traits.choosesOfAde && protection.policy?.kind === 'Standard') {
    found.push(blocked({ code: 'disk-kind.choice-ade', params: { policy: protection.policy.name } }));
  }
  if (traits.enhancedOnly.length > 0) {
    found.push(passed({ code: 'disk-kind.enhanced-only', params: { disks: traits.enhancedOnly } }));
  }
  found.push(...unreadKinds(encryption.disks));
  return found.length > 0 ? found : [passed({ code: 'disk-kind.usual' })];
}

/**
 * Azure Backup supports no shared disk, under any policy; an Enhanced one can leave it out (support matrix of
 * 2026-01-28), also for a VM with Azure Disk Encryption (azure-docs, selective-disk-backup-restore, "Limitations").
 */
function sharedDisks({ traits, protection, vm }: Pick<Picture, Looked>): readonly Finding[] {
  const inBackup = traits.sharedInBackup;
  if (traits.shared.length === 0) return [];
  if (inBackup.length === 0) return [passed({ code: 'disk-kind.shared-left-out', params: { disks: traits.shared } })];
  const disks = inBackup.map(({ name }) => name);
  const luns = inBackup.map(({ attached }) => String(attached.lun ?? '?'));
  const vault = parseArmId(protection.vaultId ?? '');
  const place = { vault: vault?.name ?? '', vaultGroup: vault?.resourceGroup ?? '' };
  const ref = { container: protection.ref?.container ?? '', item: protection.ref?.item ?? '' };
  const state = protection.ref ? 'protected' : 'open';
  const params = { disks, luns, vmId: vm.id, state, ...ref, ...place };
  return [blocked({ code: 'disk-kind.shared', params })];
}

type Looked = 'traits' | 'protection' | 'vm';

/**
 * Only the disk itself has its kind: the VM's model and view may show the encryption of one that can't be read, not its
 * kind.
 */
function unreadKinds(disks: readonly DiskPicture[]): readonly Finding[] {
  const missing = disks.filter(({ attached, facts }) => !attached.unmanaged && facts === null);
  if (missing.length === 0) return [];
  const draft: FindingDraft = {
    code: 'disk-kind.unreadable',
    params: { disks: missing.map(({ name }) => name) },
    ...(missing.every(({ kind }) => kind === 'unknown') ? { aside: true } : {}),
  };
  const fault = missing.map(({ read }) => read).find((read) => read?.ok === false)?.fault;
  return [
    fault
      ? unread(draft, fault, 'Microsoft.Compute/disks/read')
      : unsettled({ ...draft, params: { ...draft.params, why: 'missing', action: '', ...noAnswer } }),
  ];
}
