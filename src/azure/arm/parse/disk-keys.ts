import type { DiskKeys } from '../../facts.ts';
import { wordOrNull } from './azure-values.ts';

/** The form in which disks, the VM model and its instance view all write where a disk's keys are. */
export type KeyReferences = {
  readonly diskEncryptionKey?: { readonly secretUrl?: string; readonly sourceVault?: { readonly id?: string } };
  readonly keyEncryptionKey?: { readonly keyUrl?: string; readonly sourceVault?: { readonly id?: string } };
};

/** Where a disk's keys are. URLs keep their versions. */
export function diskKeys({ diskEncryptionKey, keyEncryptionKey }: KeyReferences): DiskKeys {
  return {
    secretUrl: wordOrNull(diskEncryptionKey?.secretUrl),
    secretVaultId: wordOrNull(diskEncryptionKey?.sourceVault?.id),
    keyUrl: wordOrNull(keyEncryptionKey?.keyUrl),
    keyVaultId: wordOrNull(keyEncryptionKey?.sourceVault?.id),
  };
}
