/** The file with the keys that a restore of disks leaves in its staging account. Pure, and none of it is stored. */
import { z } from 'zod';
import { jsonOrNull } from '../../../core/json.ts';
import { sameUrl } from './needs.ts';
import type { Need } from '../../parts/restore-key-and-secret.ts';

/** A field that the disk doesn't have may be missing, null or empty. */
const field = z
  .string()
  .nullish()
  .transform((text) => text?.trim() || undefined);
const details = z
  .object({
    ...{ secreturl: z.string().min(1), secretdata: field },
    ...{ keyurl: field, keybackupdata: field, keyvaultsecretbackupdata: field },
  })
  .transform((told) => ({
    ...{ secretUrl: told.secreturl, keyUrl: told.keyurl ?? null, value: told.secretdata },
    ...{ keyBackup: told.keybackupdata, secretBackup: told.keyvaultsecretbackupdata },
  }));
type Details = z.infer<typeof details>;
/** The keys of a restore's disks, by disk. */
export type BackedUpKeys = readonly Details[];

/** Deep enough for any list in an object of lists. */
const maxDepth = 6;

/**
 * The content of such a file by disk; null: it isn't JSON. Where it has the keys of data disks isn't documented, so
 * anything counts that has the fields documented for the OS disk, in any case: Microsoft's script, the only public
 * reader of such a file, ignores it.
 */
export function backedUpKeys(text: string): BackedUpKeys | null {
  const json = jsonOrNull(text);
  return json === null ? null : within(json, 0);
}

function within(json: unknown, depth: number): Details[] {
  if (typeof json !== 'object' || json === null || depth > maxDepth) return [];
  const own = details.safeParse(
    Object.fromEntries(Object.entries(json).map(([name, one]) => [name.toLowerCase(), one])),
  );
  return own.success ? [own.data] : Object.values(json).flatMap((one) => within(one, depth + 1));
}

/** The backup of a key, base64; null: there is none. */
export function backupOfKey(all: BackedUpKeys, { url }: Pick<Need, 'url'>): string | null {
  const own = all.filter(({ keyUrl }) => keyUrl !== null && sameUrl(keyUrl, url));
  return own.find(({ keyBackup }) => keyBackup)?.keyBackup ?? null;
}

/** A secret's value, and its backup, base64; null: missing. */
export function backupOfSecret(all: BackedUpKeys, { url }: Pick<Need, 'url'>) {
  const own = all.filter(({ secretUrl }) => sameUrl(secretUrl, url));
  return {
    value: own.find(({ value }) => value)?.value ?? null,
    backup: own.find(({ secretBackup }) => secretBackup)?.secretBackup ?? null,
  };
}
