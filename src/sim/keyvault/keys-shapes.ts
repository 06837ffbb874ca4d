import type { JsonBody } from '../json.ts';
import type { KeysShape } from '../state/state-settings.ts';

const fields = ['SecretUrl', 'SecretData', 'KeyUrl', 'KeyBackupData', 'KeyVaultSecretBackupData'];

/** The keys of one disk in one of these forms; absent: without the fields that it lacks. */
export function inForm(all: JsonBody, form: KeysShape | undefined): JsonBody {
  if (form === undefined) return all;
  if (form === 'small')
    return Object.fromEntries(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(fields.map((name) => [name, all[name] ?? (form === 'nulls' ? null : '')]));
}
