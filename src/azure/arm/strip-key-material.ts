/**
 * Key material in responses of Azure: a recovery point of an encrypted VM contains the disk's secret and a backup of
 * its key, and so does the settings file of a restore. Both unlock the disks, so they are removed before anything sees
 * the body.
 */
const names = /(secretdata|keybackupdata|secretbackupdata|backupsecret|backupkey)$/i;
// An escape could hide a name from the quick check, so a body with one is parsed.
const suspicious = /secretdata|keybackupdata|secretbackupdata|backupsecret|backupkey|\\u/i;

/**
 * Replaces a body that could not be read but seemed to contain key material. It isn't JSON, so that it is treated as
 * garbled.
 */
const withheld = '[withheld: not readable, may carry key material]';

/**
 * The JSON text without key material, at any depth. A text without any is returned as it is; one that cannot be read
 * but names key material is withheld as a whole.
 */
export function stripKeyMaterial(body: string): string {
  if (!suspicious.test(body)) return body;
  let found = false;
  try {
    const clean: unknown = JSON.parse(body, (name, value: unknown) => {
      if (!names.test(name)) return value;
      found = true;
      return undefined;
    });
    return found ? JSON.stringify(clean) : body;
  } catch {
    return withheld;
  }
}
