/**
 * The table speaks to a reader who has its companion pages at hand. A person in a chat doesn't, so these pointers are
 * replaced by what is written there (the secret's tags and the rights of Backup in a key vault: Microsoft's pages on
 * restoring key and secret, and on backing up encrypted VMs).
 */
const secretTags =
  'DiskEncryptionKeyEncryptionAlgorithm = RSA-OAEP, ' +
  'DiskEncryptionKeyFileName = <secret name>.BEK (Linux: LinuxPassPhraseFileName), ' +
  'DiskEncryptionKeyEncryptionKeyURL = OsDiskKeyAndSecretDetails.KeyUrl, MachineName = <vm>';

const dataActions = [
  'Microsoft.KeyVault/vaults/keys/read',
  'Microsoft.KeyVault/vaults/keys/backup/action',
  'Microsoft.KeyVault/vaults/secrets/getSecret/action',
  'Microsoft.KeyVault/vaults/secrets/backup/action',
  'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
].join(', ');

const pointers: Readonly<Record<'en' | 'nl', readonly (readonly [pointer: string, text: string])[]>> = {
  en: [
    ['the four tags in encrypted-vm-rules.md', `the four tags ${secretTags}`],
    ['the five data actions in encrypted-vm-rules.md', `the five data actions ${dataActions}`],
    ['in archive-tier-support.md', "in Microsoft's article archive-tier-support"],
    ['look that one up here as well', 'it says what is really wrong'],
    [
      'deal with the soft-deleted items as above',
      'wait until the soft-deleted items are purged (or turn soft delete off where that is still allowed)',
    ],
  ],
  nl: [
    ['de vier tags uit encrypted-vm-rules.md', `de vier tags ${secretTags}`],
    ['de vijf data-acties uit encrypted-vm-rules.md', `de vijf data-acties ${dataActions}`],
    ['in archive-tier-support.md', 'in het Microsoft-artikel archive-tier-support'],
    ['zoek ook die hier op', 'die zegt wat er echt mis is'],
  ],
};

/** `text` with every pointer to a companion page replaced by what that page says. */
export function spellOut(text: string, locale: 'en' | 'nl'): string {
  return pointers[locale].reduce((spelled, [pointer, meant]) => spelled.replaceAll(pointer, () => meant), text);
}
