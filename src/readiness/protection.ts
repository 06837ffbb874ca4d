/** Whether and where a VM is protected, from backupStatus and the items of the Recovery Services vaults. */
import type {
  BackupStatus,
  ItemRef,
  JobFacts,
  PolicyFacts,
  ProtectedItem,
  RecoveryPoint,
  VmFacts,
} from '../azure/gateway.ts';
import { keyOfId, parseArmId, sameId } from '../core/arm-id.ts';
import { attemptsOn } from './attempts.ts';
import type { ProtectionKind } from './findings/assessment.ts';
import type { VaultReading, VmReading, VmSurroundings } from './reading.ts';

/**
 * The protection with the facts behind it. `earlierVm`: all that is there belongs to an earlier VM of this name. The
 * point that a running backup is making does not count. `attempts`: on-demand backups since 00:00 UTC, null where not
 * known.
 */
export type ProtectionPicture = {
  readonly kind: ProtectionKind;
  readonly vaultId: string | null;
  readonly vaultName: string | null;
  readonly ref: ItemRef | null;
  readonly item: ProtectedItem | null;
  readonly policy: PolicyFacts | null;
  readonly policyName: string | null;
  readonly lastPoint: RecoveryPoint | null;
  readonly points: number | null;
  readonly running: JobFacts | null;
  readonly earlierVm: boolean;
  readonly attempts: number | null;
};

/** Judges what was read. Protection in a vault that the bot may not read is `elsewhere`. */
export function protectionOf(reading: VmReading, around: VmSurroundings): ProtectionPicture {
  const known = around.vaultReadings.filter((vault) => vault.item.ok && vault.item.value !== null);
  const holder = known.find((vault) => !itemOf(vault)?.softDeleted) ?? known[0] ?? null;
  const item = holder ? itemOf(holder) : null;
  const status = around.status.ok ? around.status.value : null;
  const kind = item ? kindOfItem(item) : kindWithoutItem(status, around.vaultReadings);
  const vaultId = holder?.vaultId ?? (kind === 'none' ? null : (status?.vaultId ?? null));
  const policy = policyOf(holder, item);
  const running = runningJob(reading, around, item);
  const points = around.protection?.points?.ok ? finished(around.protection.points.value, running) : null;
  const lastPoint = newest(points ?? []);
  return {
    kind,
    vaultId,
    vaultName: vaultId === null ? null : (parseArmId(vaultId)?.name ?? vaultId),
    ref: item?.ref ?? null,
    item,
    policy,
    policyName: policy?.name ?? item?.policyName ?? (kind === 'none' ? null : (status?.policyName ?? null)),
    lastPoint,
    points: points === null ? null : points.length,
    running,
    earlierVm: isOfEarlierVm({ item, lastPoint: points ? lastPoint : ofItem(item) }, vmOf(reading)),
    attempts: attemptsToday({ reading, around, item, policy }),
  };
}

/**
 * Whether a backup has succeeded since the disks were encrypted: the newest recovery point is one of encrypted disks.
 */
export function isProven({ kind, item, lastPoint, earlierVm }: ProtectionPicture): boolean {
  if (earlierVm || kind !== 'protected' || item?.lastBackupStatus?.toLowerCase() !== 'completed') return false;
  return lastPoint?.encrypted === true;
}

/**
 * Azure keeps the item of a VM that was moved, or deleted and made again under its old name: its points are the old
 * VM's. The item does not say which VM of a name it means, but its newest point is then older than the VM.
 */
export function isOfEarlierVm(
  { item, lastPoint }: { readonly item: ProtectedItem | null; readonly lastPoint: Pick<RecoveryPoint, 'time'> | null },
  vm: Pick<VmFacts, 'id' | 'created'> | null,
): boolean {
  if (item === null || vm === null) return false;
  if (item.vmId !== '' && !sameId(item.vmId, vm.id)) return true;
  return lastPoint !== null && vm.created !== null && lastPoint.time < vm.created;
}

// If the points themselves were not read, the item says when the newest was made.
function ofItem(item: ProtectedItem | null): Pick<RecoveryPoint, 'time'> | null {
  return item?.lastRecoveryPoint ? { time: item.lastRecoveryPoint } : null;
}

function vmOf({ vm }: VmReading): VmFacts | null {
  return vm.ok ? vm.value : null;
}

// While a backup runs its snapshot is listed already, but nobody knows yet whether it becomes a backup.
function finished(points: readonly RecoveryPoint[], running: JobFacts | null): readonly RecoveryPoint[] {
  const since = running?.operation === 'Backup' ? running.startTime : null;
  return since ? points.filter((point) => point.time < since) : points;
}

function itemOf(vault: VaultReading): ProtectedItem | null {
  return vault.item.ok ? vault.item.value : null;
}

/** Whether what a vault holds of a VM is protected: one whose backups are suspended or paused makes none either. */
export function kindOfItem(item: ProtectedItem): 'protected' | 'stopped' | 'soft-deleted' {
  if (item.softDeleted) return 'soft-deleted';
  return /stopped|suspended|paused/i.test(item.protectionState) ? 'stopped' : 'protected';
}

function kindWithoutItem(status: BackupStatus | null, vaults: readonly VaultReading[]): ProtectionKind {
  switch (status?.status) {
    case 'NotProtected':
    case 'ProtectionFailed':
      return 'none';
    case 'Protecting':
      return 'protecting';
    case 'Protected':
      return isClosed(status.vaultId, vaults) ? 'elsewhere' : 'unknown';
    default:
      return 'unknown';
  }
}

// A vault that Azure names but that answers 403 or 404 to the bot is somebody else's.
function isClosed(vaultId: string | null, vaults: readonly VaultReading[]): boolean {
  if (vaultId === null) return true;
  const vault = vaults.find((one) => keyOfId(one.vaultId) === keyOfId(vaultId));
  return !vault || (!vault.item.ok && ['forbidden', 'missing'].includes(vault.item.fault.kind));
}

function policyOf(holder: VaultReading | null, item: ProtectedItem | null): PolicyFacts | null {
  if (!holder?.policies.ok || item?.policyId == null) return null;
  const id = item.policyId;
  return holder.policies.value.find((policy) => sameId(policy.id, id)) ?? null;
}

function newest(points: readonly RecoveryPoint[]): RecoveryPoint | null {
  return points.reduce<RecoveryPoint | null>((best, point) => (best && best.time >= point.time ? best : point), null);
}

function runningJob(reading: VmReading, around: VmSurroundings, item: ProtectedItem | null): JobFacts | null {
  if (!around.protection?.running.ok) return null;
  const mine = around.protection.running.value.filter((job) => isOf(job, reading, item));
  const running = mine.filter((job) => job.status.toLowerCase() === 'inprogress');
  return running.find((job) => job.operation === 'Backup') ?? running[0] ?? null;
}

type Day = { reading: VmReading; around: VmSurroundings; item: ProtectedItem | null; policy: PolicyFacts | null };

function attemptsToday({ reading, around, item, policy }: Day): number | null {
  if (!around.protection?.today.ok) return null;
  const backups = around.protection.today.value.filter((job) => isOf(job, reading, item) && job.operation === 'Backup');
  return attemptsOn(backups, policy, reading.readAt);
}

// Two VMs may share a name; the container's name holds the group too. Azure writes it with and without its prefix.
function isOf(job: JobFacts, reading: VmReading, item: ProtectedItem | null): boolean {
  const container = job.containerName?.toLowerCase().replace(/^iaasvmcontainer;/, '');
  const mine = item?.ref.container.toLowerCase().replace(/^iaasvmcontainer;/, '');
  if (container && mine && container.includes(';')) return container === mine;
  return job.vmName.toLowerCase() === (parseArmId(reading.vmId)?.name ?? '').toLowerCase();
}
