/** Findings on key vaults, rights, keys and secrets, in English. */
import { becauseEn } from './findings-unread.ts';

/** By code. */
export const keyFindingsEn = {
  'key-vault.found': {
    title: 'Key vault {keyVault}',
    text: 'It exists and holds {holds, select, bek {the disk key (BEK)} kek {the key that encrypts the disk key (KEK)} other {the disk key (BEK) and the key that encrypts it (KEK)}}.',
  },
  'key-vault.deleted': {
    title: 'Key vault {keyVault} is deleted',
    short: 'key vault deleted',
    text: "Key vault {keyVault} was deleted and can be recovered until {purgeAt}. Without it Azure can't copy the disk keys or start the VM.",
    fix: "1. Recover it; don't create a new one (its name is taken): az keyvault recover --name {keyVault} 2. Check again: access policies come back with it, role assignments don't.",
  },
  'key-vault.gone': {
    title: 'Key vault {keyVault} is gone',
    short: 'key vault gone',
    text: "Key vault {keyVault} no longer exists and can't be recovered, so Azure can't copy the disk keys or start the VM. Earlier recovery points have their own copy.",
    fix: "Create a key vault with this name in the VM's region, then restore the key and the secret from a recovery point.",
  },
  'key-vault.unreadable': {
    title: "Key vault {keyVault} couldn't be read",
    text: `Whether Azure Backup has access to the disk keys in key vault {keyVault} couldn't be read: ${becauseEn}.`,
    fix: 'Give Kluis its reader role there. Or try anyway: Azure checks the access itself, and if it refuses, nothing changes.',
  },
  'key-vault.missing-unclear': {
    title: "Key vault {keyVault} doesn't exist",
    short: "key vault doesn't exist",
    text: `Key vault {keyVault} doesn't exist. Whether it was deleted and can be recovered couldn't be read: ${becauseEn}.`,
    fix: 'Look for it among the deleted key vaults: az keyvault list-deleted',
  },

  'principal.found': {
    title: "Azure Backup's app is in this tenant",
    text: 'Microsoft\'s "Backup Management Service" app is registered in this tenant.',
  },
  'principal.missing': {
    title: 'Azure Backup is unknown in this tenant',
    short: 'Azure Backup unknown in this tenant',
    text: 'Microsoft\'s "Backup Management Service" app isn\'t registered in this tenant, so nobody can give it access to disk keys.',
    fix: 'Register the provider: az provider register --namespace Microsoft.RecoveryServices',
  },
  'principal.missing-proven': {
    title: 'Azure Backup not found in this tenant',
    text: 'Microsoft\'s "Backup Management Service" app wasn\'t found in this tenant. The last backup of the encrypted disks succeeded anyway, so the next one may succeed too.',
  },
  'principal.unreadable': {
    title: "Azure Backup's identity couldn't be read",
    text: `The object id of Microsoft's "Backup Management Service" in this tenant couldn't be read: ${becauseEn}. Without it, access to disk keys can't be checked.`,
    fix: '1. Set azure.backupServiceObjectId in kluis.yaml; the value is shown by: az ad sp show --id 262044b1-e2ce-469f-a196-69ab7ada62d3 --query id 2. Or give Kluis Application.Read.All.',
  },

  'rights.policies-complete': {
    title: "Azure Backup's access",
    text: 'Azure Backup can read and copy the disk keys in key vault {keyVault} (access policy).',
  },
  'rights.policies-missing': {
    title: 'Access to key vault {keyVault} is missing',
    short: 'no access to {keyVault}',
    text: "Azure Backup lacks permissions in key vault {keyVault}: {groups, select, keys {{missingKeys} on keys} secrets {{missingSecrets} on secrets} other {{missingKeys} on keys, {missingSecrets} on secrets}}. Without a copy of the disk keys a restored disk can't be unlocked, so Azure won't back up the VM.",
    fix: 'Add the missing permissions for Microsoft\'s "Backup Management Service" to the access policies. Nothing is removed, and it can be reversed.',
  },
  'rights.policies-missing-proven': {
    title: 'Access to key vault {keyVault} looks incomplete',
    short: 'access to {keyVault} looks incomplete',
    text: 'Azure Backup seems to lack permissions in key vault {keyVault}: {groups, select, keys {{missingKeys} on keys} secrets {{missingSecrets} on secrets} other {{missingKeys} on keys, {missingSecrets} on secrets}}. The last backup of the encrypted disks succeeded anyway.',
    fix: 'Add the missing permissions for Microsoft\'s "Backup Management Service", so that the next backup doesn\'t depend on it.',
  },
  'rights.policies-secrets-backup': {
    title: 'One permission in {keyVault} may be needed',
    short: 'one permission in {keyVault}',
    text: "In key vault {keyVault} only the permission to copy secrets is missing. Microsoft's pages disagree on whether it is needed with a KEK.",
    fix: 'Adding it is harmless: backup on secrets, for Microsoft\'s "Backup Management Service".',
  },
  'rights.roles-complete': {
    title: "Azure Backup's access",
    text: 'Azure Backup can read and copy the disk keys in key vault {keyVault}: role {role}, {level, select, here {given on the key vault itself} group {inherited from the resource group} subscription {inherited from the subscription} managementGroup {inherited from a management group} other {given at {scope}}}{through, select, group {, through a group} other {}}.',
  },
  'rights.roles-missing': {
    title: 'Access to key vault {keyVault} is missing',
    short: 'no access to {keyVault}',
    text: "Azure Backup lacks permissions in key vault {keyVault}: {missingActions}. Without a copy of the disk keys a restored disk can't be unlocked, so Azure won't back up the VM. (Azure Lighthouse assignments can't be seen from here.)",
    fix: 'Give Microsoft\'s "Backup Management Service" the role backup-key-reader on the key vault. It can take 10 minutes to take effect.',
  },
  'rights.roles-missing-proven': {
    title: 'Access to key vault {keyVault} looks incomplete',
    short: 'access to {keyVault} looks incomplete',
    text: "Azure Backup seems to lack permissions in key vault {keyVault}: {missingActions}. The last backup of the encrypted disks succeeded anyway; Azure Lighthouse assignments can't be seen from here.",
    fix: 'Give Microsoft\'s "Backup Management Service" the role backup-key-reader on the key vault.',
  },
  'rights.roles-denied': {
    title: 'Access to key vault {keyVault} is denied',
    short: 'access to {keyVault} is denied',
    text: "A deny assignment on key vault {keyVault} denies Azure Backup: {denied}. It overrides every role, so giving a role won't help.",
    fix: 'The owner of the deny assignment (often a managed application or a deployment stack) has to exclude "Backup Management Service".',
  },
  'rights.roles-denied-proven': {
    title: 'Access to key vault {keyVault} seems denied',
    short: 'access to {keyVault} seems denied',
    text: 'A deny assignment on key vault {keyVault} seems to deny Azure Backup: {denied}. The last backup of the encrypted disks succeeded anyway.',
    fix: 'Have "Backup Management Service" excluded from the deny assignment, so that the next backup doesn\'t depend on it.',
  },
  'rights.roles-condition': {
    title: 'Access to key vault {keyVault} under a condition',
    short: 'conditional access to {keyVault}',
    text: "Azure Backup has its permissions in key vault {keyVault} only under a condition (role {role}). Kluis can't tell whether the condition allows backups.",
    fix: 'Try anyway: Azure checks it. Or give the role again, without a condition.',
  },
  'rights.roles-unreadable': {
    title: "Roles on key vault {keyVault} couldn't be read",
    text: `Which roles Azure Backup has on key vault {keyVault} couldn't be read: ${becauseEn}.`,
    fix: 'Give Kluis its reader role there. Or try anyway: Azure checks the access itself, and if it refuses, nothing changes.',
  },

  'firewall.open': {
    title: 'Network of {keyVault}',
    text: 'The firewall allows Azure Backup.',
  },
  'firewall.trusted': {
    title: 'Network of {keyVault}',
    text: 'It is closed to the public and open to trusted Microsoft services; Azure Backup is one of them.',
  },
  'firewall.shut': {
    title: 'Firewall of {keyVault} blocks Azure Backup',
    short: 'firewall of {keyVault}',
    text: "The firewall of key vault {keyVault} allows no Microsoft services, not even trusted ones. Azure Backup can't reach the disk keys, whatever permissions it has.",
    fix: 'Allow trusted Microsoft services: az keyvault update --name {keyVault} --bypass AzureServices',
  },
  'firewall.perimeter': {
    title: '{keyVault} is in a network security perimeter',
    short: 'perimeter around {keyVault}',
    text: "Key vault {keyVault} is in a network security perimeter. Kluis can't tell whether that allows Azure Backup.",
    fix: 'Try anyway: Azure checks it, and if it refuses, nothing changes.',
  },

  'kek-version.enabled': { title: 'KEK {key}', text: 'The key is in key vault {keyVault} and enabled.' },
  'kek-version.absent': {
    title: 'KEK {key} is missing',
    short: 'KEK missing',
    text: "The version of key {key} that encrypts the disk keys of {disks} is not in key vault {keyVault}. The backup fails, and the VM won't start after its next restart.",
    fix: '1. If it was deleted, recover it: az keyvault key recover --vault-name {keyVault} --name {key} 2. Otherwise restore it from a recovery point.',
  },
  'kek-version.disabled': {
    title: 'KEK {key} is disabled',
    short: 'KEK disabled',
    text: "The version of key {key} in key vault {keyVault} that encrypts the disk keys of {disks} is disabled. Azure may refuse the backup (Microsoft doesn't say), and the VM won't start after its next restart.",
    fix: 'Enable it: az keyvault key set-attributes --vault-name {keyVault} --name {key} --version {version} --enabled true',
  },
  'kek-version.expired': {
    title: 'KEK {key} has expired',
    text: "Key {key} in key vault {keyVault} expired on {expiredAt}. It still unlocks, so the VM starts and backups work; new disks can't be encrypted with it.",
    fix: 'Plan a new key version and encrypt again with it.',
  },
  'kek-version.expires-soon': {
    title: 'KEK {key} expires within 14 days',
    text: "Key {key} in key vault {keyVault} expires on {expiredAt}. Backups continue after that, but new disks can't be encrypted with it.",
    fix: 'Make a new key version in time and encrypt again with it, or set a later date.',
  },
  'kek-version.many': {
    title: 'KEK {key} has a great many versions',
    text: "Key {key} in key vault {keyVault} has {count, number} versions. Key Vault can't copy a key with more than 500.",
    fix: 'Slow the rotation down, or move the VM to a new key before 500.',
  },
  'kek-version.others': {
    title: 'KEK {key} has more than one version',
    text: '{count, number} versions; the disks use {version}. Useful for a restore.',
  },
  'kek-version.unreadable': {
    title: "KEK {key} couldn't be read",
    text: `Whether key {key} in key vault {keyVault} exists and is enabled couldn't be read: ${becauseEn}.`,
  },
  'kek-version.versions-unreadable': {
    title: "Versions of KEK {key} couldn't be counted",
    text: `How many versions key {key} in key vault {keyVault} has couldn't be read: ${becauseEn}.`,
  },
  'secret.present': { title: 'BEK of {disks}', text: 'In key vault {keyVault}, and enabled.' },
  'secret.absent': {
    title: 'BEK of {disks} is missing',
    short: 'BEK missing',
    text: "Secret {secret}, the disk key of {disks}, is not in key vault {keyVault}. The backup fails, and the VM won't start after its next restart.",
    fix: '1. If it was deleted, recover it: az keyvault secret recover --vault-name {keyVault} --name {secret} 2. Otherwise restore it from a recovery point.',
  },
  'secret.disabled': {
    title: 'BEK of {disks} is disabled',
    short: 'BEK disabled',
    text: 'Secret {secret}, the disk key of {disks}, is disabled in key vault {keyVault}.',
    fix: 'Enable it: az keyvault secret set-attributes --vault-name {keyVault} --name {secret} --enabled true',
  },
  'secret.newest-disabled': {
    title: 'BEK of {disks} unclear',
    text: "The newest version of secret {secret} in key vault {keyVault} is disabled. {disks} may use an older one, which can't be seen without reading the secret.",
  },
  'secret.other-version': {
    title: 'BEK of {disks} has a newer version',
    text: "Secret {secret} in key vault {keyVault} has a newer version than the one in use by {disks}. Azure shows only the newest version, so Kluis can't tell whether the older one is still enabled; it has to stay enabled until the disks use the new one.",
    fix: 'Leave the older version enabled; install the ADE extension again to move the disks to the new one.',
  },
  'secret.expired': {
    title: 'BEK of {disks} has an expiry date in the past',
    text: 'Secret {secret} in key vault {keyVault} expired on {expiredAt}. For secrets that is information only: it still works.',
    fix: 'Set a later date, so that nobody deletes it as expired.',
  },
  'secret.expires-soon': {
    title: 'BEK of {disks} expires within 14 days',
    text: 'Secret {secret} in key vault {keyVault} expires on {expiredAt}. For secrets that is information only: it keeps working.',
    fix: 'Set a later date, so that nobody deletes it as expired.',
  },
  'secret.unreadable': {
    title: "BEK of {disks} couldn't be read",
    text: `Whether the disk key of {disks} is in key vault {keyVault} couldn't be read: ${becauseEn}.`,
  },
  'kek-origin.standalone': {
    title: 'KEK is a standalone key',
    text: "The KEK ({keys}) doesn't have both a start and an end date, so it isn't a certificate's: Azure Backup can copy it.",
  },
  'kek-origin.copied': {
    title: 'KEK was copied before',
    text: 'A recovery point shows that Azure Backup can copy the KEK ({keys}).',
  },
  'kek-origin.dated': {
    title: 'KEK may belong to a certificate',
    text: "The KEK ({keys}) has a start and an end date, as a certificate's key has. Azure Backup copies standalone keys only, and no recovery point shows yet that it copied this one.",
    fix: '1. Check whether it does; if so, this prints true: az keyvault key show --id {url} --query managed 2. If so, create a standalone key and encrypt the VM again with it as KEK.',
  },
  'kek-origin.unread': {
    title: 'KEK of a certificate: not checked',
    text: "Kluis can't tell whether the KEK ({keys}) belongs to a certificate: it lacks the permission {action} in the key vault. Azure Backup copies standalone keys only.",
  },

  'key-vault-settings.fine': {
    title: 'Settings of {keyVault}',
    text: 'It is in the right place, enabled for disk encryption, and has purge protection.',
  },
  'key-vault-settings.subscription': {
    title: '{keyVault} is in another subscription',
    short: 'key vault in another subscription',
    text: "Key vault {keyVault} is in another subscription than the VM. Azure Disk Encryption doesn't allow that: the VM may not start again, and a restore may fail.",
    fix: "Move the keys to a key vault in the VM's subscription and region, and encrypt again.",
  },
  'key-vault-settings.region': {
    title: '{keyVault} is in another region',
    short: 'key vault in another region',
    text: 'Key vault {keyVault} is in {region}, the VM in {vmRegion}. Azure Disk Encryption requires both in one region: a restore may fail.',
    fix: 'Move the keys to a key vault in {vmRegion}, and encrypt again.',
  },
  'key-vault-settings.no-disk-encryption': {
    title: "{keyVault} isn't enabled for disk encryption",
    text: "Key vault {keyVault} isn't enabled for disk encryption. The backup works; the VM, or a restored one, may not start.",
    fix: 'az keyvault update --name {keyVault} --enabled-for-disk-encryption true',
  },
  'key-vault-settings.no-purge-protection': {
    title: '{keyVault} has no purge protection',
    text: 'Key vault {keyVault} has no purge protection: someone with permission can destroy the KEK for good, and with it every disk.',
    fix: "Enable it (can't be undone): az keyvault update --name {keyVault} --enable-purge-protection true",
  },
} as const;
