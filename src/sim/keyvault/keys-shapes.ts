import type { JsonBody } from '../json.ts';

/**
 * A form of a restore's file with the keys: `nulls` and `empty` for what a disk doesn't have, as the settings file of
 * the same restore has nulls (azure-powershell issue 25943) and Compute has an empty text for a missing KEK; `small`:
 * names in small letters, which Microsoft's script reads as well.
 */
export type KeysShape = 'nulls' | 'empty' | 'small';

const fields = ['SecretUrl', 'SecretData', 'KeyUrl', 'KeyBackupData', 'KeyVaultSecretBackupData'];

/** The keys of one disk in one of these forms; absent: without the fields that it lacks. */
export function inForm(all: JsonBody, form: KeysShape | undefined): JsonBody {
  if (form === undefined) return all;
  if (form === 'small')
    return Object.fromEntries(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(fields.map((name) => [name, all[name] ?? (form === 'nulls' ? null : '')]));
}
