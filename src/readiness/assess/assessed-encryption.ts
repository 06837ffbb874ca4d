import type { AssessedDisk, AssessedEncryption } from '../findings/assessment.ts';
import { isShared, isTooLarge } from '../disk-kind.ts';
import type { DiskPicture, EncryptionPicture } from '../encryption.ts';

/** The part of the picture of a VM's disks that is kept in an assessment. */
export function assessedEncryption({ kind, readFrom, disks, entraApp }: EncryptionPicture): AssessedEncryption {
  return { kind, readFrom, disks: disks.map(assessedDisk), ...(entraApp && { entraApp }) };
}

function assessedDisk(disk: DiskPicture): AssessedDisk {
  const { name, role, sizeGiB, kind, secretVaultId, keyVaultId, attached } = disk;
  return { name, role, lun: attached.lun, unfit: unfitOf(disk), sizeGiB, kind, secretVaultId, keyVaultId };
}

function unfitOf(disk: DiskPicture): AssessedDisk['unfit'] {
  if (isShared(disk)) return 'shared';
  return isTooLarge(disk) ? 'too-large' : null;
}
