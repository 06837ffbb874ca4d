import type { Disk } from '@azure/arm-compute';
import type { GroupDisk } from '../../disk-restores.ts';
import type { DiskFacts } from '../../facts.ts';
import { timeOrNull } from './azure-times.ts';
import { idOf, listOf, numberOrNull, tagsOf, wordOrNull } from './azure-values.ts';
import { diskKeys } from './disk-keys.ts';

/** A managed disk as the product sees it. */
export function diskFacts(disk: Disk): DiskFacts {
  const { id, name } = idOf(disk.id);
  return {
    id,
    name,
    sizeGiB: numberOrNull(disk.diskSizeGB),
    sku: wordOrNull(disk.sku?.name),
    ade: adeOf(disk),
    encryptionType: wordOrNull(disk.encryption?.type),
    diskEncryptionSetId: wordOrNull(disk.encryption?.diskEncryptionSetId),
    maxShares: disk.maxShares ?? 1,
    dataAccessAuthMode: wordOrNull(disk.dataAccessAuthMode),
    securityType: wordOrNull(disk.securityProfile?.securityType),
    managedBy: wordOrNull(disk.managedBy),
    os: wordOrNull(disk.osType),
  };
}

/** The same by what shows where it comes from. */
export function groupDisk(disk: Disk): GroupDisk {
  const { id, name } = idOf(disk.id);
  return {
    ...{ id, name },
    tags: tagsOf(disk.tags),
    created: timeOrNull(disk.timeCreated),
    holder: wordOrNull(disk.managedBy),
    source: wordOrNull(disk.creationData?.sourceResourceId),
    os: wordOrNull(disk.osType),
  };
}

function adeOf({ encryptionSettingsCollection: settings }: Disk): DiskFacts['ade'] {
  if (!settings?.enabled) return null;
  return {
    version: wordOrNull(settings.encryptionSettingsVersion),
    keys: listOf(settings.encryptionSettings).map(diskKeys),
  };
}
