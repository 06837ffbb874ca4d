import type { Disk } from '@azure/arm-compute';
import type { DiskFacts } from '../../facts.ts';
import { idOf, listOf, numberOrNull, wordOrNull } from './azure-values.ts';
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
  };
}

function adeOf({ encryptionSettingsCollection: settings }: Disk): DiskFacts['ade'] {
  if (!settings?.enabled) return null;
  return {
    version: wordOrNull(settings.encryptionSettingsVersion),
    keys: listOf(settings.encryptionSettings).map(diskKeys),
  };
}
