/** The file with the keys that a restore of disks leaves in its staging account. Pure, and none of it is stored. */
import { z } from 'zod';
import { jsonOrNull } from '../../core/json.ts';
import { sameUrl } from './needs.ts';
import type { Need } from './plan.ts';

const details = z.looseObject({
  SecretUrl: z.string(),
  SecretData: z.string().optional(),
  KeyUrl: z.string().optional(),
  KeyBackupData: z.string().optional(),
  KeyVaultSecretBackupData: z.string().optional(),
});
type Details = z.infer<typeof details>;
/** The keys of a restore's disks, by disk. */
export type BackedUpKeys = readonly Details[];

/** Deep enough for any list in an object of lists. */
const maxDepth = 6;

/**
 * The content of such a file by disk; null: it isn't JSON. Where it has the keys of data disks isn't documented, so
 * anything counts that has the fields documented for the OS disk.
 */
export function backedUpKeys(text: string): BackedUpKeys | null {
  const json = jsonOrNull(text);
  return json === null ? null : within(json, 0);
}

function within(json: unknown, depth: number): Details[] {
  if (typeof json !== 'object' || json === null || depth > maxDepth) return [];
  const own = details.safeParse(json);
  return own.success ? [own.data] : Object.values(json).flatMap((one) => within(one, depth + 1));
}

/** The backup of a key, base64; null: there is none. */
export function backupOfKey(all: readonly Details[], { url }: Pick<Need, 'url'>): string | null {
  return all.find(({ KeyUrl }) => KeyUrl !== undefined && sameUrl(KeyUrl, url))?.KeyBackupData ?? null;
}

/** A secret's value, and its backup, base64; null: missing. */
export function backupOfSecret(all: readonly Details[], { url }: Pick<Need, 'url'>) {
  const found = all.find(({ SecretUrl }) => sameUrl(SecretUrl, url));
  return { value: found?.SecretData ?? null, backup: found?.KeyVaultSecretBackupData ?? null };
}
