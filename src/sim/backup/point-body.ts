import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';
import type { ItemSpec, PointSpec } from '../state/state-backup.ts';
import { hexOf } from '../invented.ts';
import { itemPath } from './names.ts';

/** `isAlone`: it was requested by itself, not in a list. */
type Told = { readonly item: ItemSpec; readonly point: PointSpec; readonly isAlone: boolean };

/**
 * A recovery point. An old one of an encrypted VM contains its key material (`secretData`, `keyBackupData`), which a
 * client must never pass on.
 */
export function pointBody(call: Call, { item, point, isAlone }: Told): JsonBody {
  const recent = call.version >= '2023-01-01';
  return {
    id: `${itemPath(item.vaultId, item.container)}/recoveryPoints/${point.id}`,
    name: point.id,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints',
    properties: {
      objectType: 'IaasVMRecoveryPoint',
      recoveryPointType: point.consistency,
      recoveryPointTime: point.time,
      recoveryPointAdditionalInfo: '',
      sourceVMStorageType: 'PremiumVMOnPartialPremiumStorage',
      isSourceVMEncrypted: point.encrypted,
      ...(point.keys ? { keyAndSecret: keyAndSecret(point) } : {}),
      isInstantIlrSessionActive: false,
      recoveryPointTierDetails: point.tiers.map((tier) =>
        call.version >= '2022-02-01' ? { type: tier, status: statusOf(point, tier) } : oldTier(tier),
      ),
      isManagedVirtualMachine: true,
      virtualMachineSize: point.size,
      originalStorageAccountOption: false,
      osType: point.os,
      ...(point.zones ? { zones: point.zones } : {}),
      ...disksIn(point, isAlone),
      recoveryPointMoveReadinessInfo: {
        ArchivedRP: {
          isReadyForMove: false,
          additionalInfo:
            "We're still determining if this Recovery Point can be moved.. Please check again after some time.",
        },
      },
      ...(recent ? newer(call, point) : {}),
    },
  };
}

/** A list says how many disks a point has, a single point which ones (azure-docs, selective-disk-backup-restore). */
function disksIn({ disks }: PointSpec, isAlone: boolean): JsonBody {
  if (!disks) return {};
  const { included, excluded } = disks;
  return {
    recoveryPointDiskConfiguration: {
      numberOfDisksIncludedInBackup: included.length,
      numberOfDisksAttachedToVm: included.length + excluded.length,
      includedDiskList: isAlone ? included : null,
      excludedDiskList: isAlone ? excluded : null,
    },
  };
}

/** In 2021 tiers were numbers: 1 and 2 are recorded, status 1 means valid; 3 comes from the specification. */
const oldTiers = { InstantRP: 1, HardenedRP: 2, ArchivedRP: 3, IASnapshotRP: 4 } as const;

function oldTier(tier: PointSpec['tiers'][number]): JsonBody {
  return { type: oldTiers[tier], status: 1 };
}

function newer(call: Call, point: PointSpec): JsonBody {
  return {
    securityType: point.securityType,
    ...retention(point),
    isPrivateAccessEnabledOnAnyDisk: point.privateAccess === true,
    createdWithPolicyType: point.policyType,
    ...(call.version >= '2024-01-01' ? { threatStatus: 0 } : {}),
  };
}

/**
 * Until when it is kept, in UTC without a Z, and by which rule of the policy; the newest point has none yet (azure-cli,
 * test_backup_diskaccess_restore, 2025-05-09). What a point on demand has for a rule isn't recorded.
 */
function retention({ expires, ruleName, softDeleted }: PointSpec): JsonBody {
  if (!expires && !softDeleted) return {};
  return {
    recoveryPointProperties: {
      ...(expires ? { expiryTime: expires.replace(/Z$/, '') } : {}),
      ...(ruleName ? { ruleName } : {}),
      isSoftDeleted: softDeleted === true,
    },
  };
}

/** A snapshot that is over stays listed, as deleted, beside the copy in the vault (same recording). */
function statusOf(point: PointSpec, tier: PointSpec['tiers'][number]): string {
  if (point.invalid) return 'Invalid';
  return tier === 'InstantRP' && !hasSnapshot(point) ? 'Deleted' : (point.tierStatus ?? 'Valid');
}

/** Whether Azure Backup still has a point's snapshot, from which it then restores. */
export function hasSnapshot({ tiers, snapshotOver }: PointSpec): boolean {
  return tiers.includes('InstantRP') && !snapshotOver;
}

function keyAndSecret(point: PointSpec): JsonBody {
  const keys = point.keys;
  if (!keys) return {};
  return {
    ...(keys.keyUrl
      ? {
          kekDetails: {
            keyUrl: keys.keyUrl,
            keyVaultId: keys.keyVaultId ?? '',
            keyBackupData: material(`key ${keys.keyUrl}`),
          },
        }
      : {}),
    bekDetails: {
      secretUrl: keys.secretUrl,
      secretVaultId: keys.secretVaultId,
      secretData: material(`secret ${keys.secretUrl}`),
    },
    encryptionMechanism: 'SinglePass',
  };
}

/** Looks like key material and can be searched for: it begins with a word that must never appear outside. */
function material(words: string): string {
  return Buffer.from(`SIMULATED-KEY-MATERIAL ${words} ${hexOf(words).repeat(8)}`).toString('base64');
}
