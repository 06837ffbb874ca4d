import type { JsonBody } from '../json.ts';
import type { AdeKeys, DiskSpec } from '../state/state-compute.ts';
import { diskId } from '../ids.ts';
import { offsetTime } from '../times.ts';
import { guidOf } from '../invented.ts';

/** A managed disk as Compute returns it. */
export function diskBody(disk: DiskSpec): JsonBody {
  return {
    name: disk.name,
    id: diskId(disk),
    type: 'Microsoft.Compute/disks',
    location: disk.location,
    tags: disk.tags ?? {},
    sku: { name: disk.sku, tier: tierOf(disk.sku) },
    ...(disk.managedBy ? { managedBy: disk.managedBy } : {}),
    properties: {
      ...(disk.os ? { osType: disk.os, hyperVGeneration: 'V2' } : {}),
      creationData: disk.restoredFrom
        ? { createOption: 'Restore', sourceResourceId: disk.restoredFrom }
        : { createOption: disk.os ? 'FromImage' : 'Empty' },
      diskSizeGB: disk.sizeGiB,
      diskSizeBytes: disk.sizeGiB * 1024 ** 3,
      diskIOPSReadWrite: 500,
      diskMBpsReadWrite: 100,
      ...(disk.ade ? { encryptionSettingsCollection: settings(disk.ade) } : {}),
      encryption: {
        type: disk.encryptionType,
        ...(disk.diskEncryptionSetId ? { diskEncryptionSetId: disk.diskEncryptionSetId } : {}),
      },
      ...(disk.maxShares ? { maxShares: disk.maxShares } : {}),
      ...(disk.dataAccessAuthMode ? { dataAccessAuthMode: disk.dataAccessAuthMode } : {}),
      ...(disk.trustedLaunch ? { securityProfile: { securityType: 'TrustedLaunch' } } : {}),
      networkAccessPolicy: 'AllowAll',
      publicNetworkAccess: 'Enabled',
      timeCreated: offsetTime(disk.created),
      provisioningState: 'Succeeded',
      diskState: disk.managedBy ? 'Attached' : 'Unattached',
      uniqueId: guidOf(diskId(disk)),
    },
  };
}

/** Where a disk's keys are, as Compute writes it in disks, VM models and instance views alike. */
export function encryptionKeys(keys: AdeKeys): JsonBody {
  return {
    diskEncryptionKey: { sourceVault: { id: keys.secretVaultId }, secretUrl: keys.secretUrl },
    ...(keys.keyUrl && keys.keyVaultId
      ? { keyEncryptionKey: { sourceVault: { id: keys.keyVaultId }, keyUrl: keys.keyUrl } }
      : {}),
  };
}

function settings(ade: AdeKeys & { settingsVersion: string }): JsonBody {
  return {
    enabled: true,
    encryptionSettings: [encryptionKeys(ade)],
    encryptionSettingsVersion: ade.settingsVersion,
  };
}

function tierOf(sku: string): string {
  if (sku.startsWith('Premium')) return 'Premium';
  return sku.startsWith('Ultra') ? 'Ultra' : 'Standard';
}
