/** Findings on key vaults, rights, keys and secrets, in English. */
import { becauseEn } from './findings-unread.ts';

/** By code. */
export const keyFindingsEn = {
  'key-vault.found': {
    title: 'Key vault {keyVault}',
    text: 'Key vault {keyVault} is there; it holds {holds, select, bek {the disk key (BEK)} kek {the key around the disk key (KEK)} other {the disk key (BEK) and the key around it (KEK)}}.',
  },
  'key-vault.deleted': {
    title: 'Key vault {keyVault} is deleted',
    text: 'Key vault {keyVault} was deleted and can be recovered until {purgeAt}. Without it Azure can neither copy the disk keys nor start the VM.',
    fix: '1. Recover it, do not make a new one (its name is taken): az keyvault recover --name {keyVault} 2. Check again: access policies come back with it, role assignments do not.',
  },
  'key-vault.gone': {
    title: 'Key vault {keyVault} is gone',
    text: 'Key vault {keyVault} no longer exists and cannot be recovered, so Azure cannot copy the disk keys. Recovery points that were made before keep their own copy.',
    fix: "Make a key vault of this name in the VM's region, then put key and secret back from a recovery point.",
  },
  'key-vault.unreadable': {
    title: 'Key vault {keyVault} could not be read',
    text: `Whether Azure Backup has access to the disk keys in key vault {keyVault} could not be read: ${becauseEn}.`,
    fix: 'Give the bot its reader role there. Or try anyway: Azure checks the access itself and refuses without side effects.',
  },
  'key-vault.missing-unclear': {
    title: 'Key vault {keyVault} is not there',
    text: `Key vault {keyVault} is not there. Whether it was deleted and can be recovered could not be read: ${becauseEn}.`,
    fix: 'Look for it among the deleted ones: az keyvault list-deleted',
  },

  'principal.found': {
    title: 'Azure Backup is known here',
    text: 'Microsoft\'s own application "Backup Management Service" is registered in this tenant.',
  },
  'principal.missing': {
    title: 'Azure Backup is unknown in this tenant',
    text: 'Microsoft\'s application "Backup Management Service" is not registered in this tenant, so nobody can give it access to disk keys.',
    fix: 'Register the provider: az provider register --namespace Microsoft.RecoveryServices',
  },
  'principal.missing-proven': {
    title: 'Azure Backup not found in this tenant',
    text: 'Microsoft\'s application "Backup Management Service" was not found in this tenant. The last backup of the encrypted disks succeeded all the same, so this does not stop the next one for certain.',
  },
  'principal.unreadable': {
    title: 'Who Azure Backup is here could not be read',
    text: `The object id of Microsoft's "Backup Management Service" in this tenant could not be read: ${becauseEn}. Without it, access to disk keys cannot be checked.`,
    fix: '1. Set azure.backupServiceObjectId in kluis.yaml; the value is shown by: az ad sp show --id 262044b1-e2ce-469f-a196-69ab7ada62d3 --query id 2. Or give the bot Application.Read.All.',
  },

  'rights.policies-complete': {
    title: 'Access to key vault {keyVault}',
    text: 'Azure Backup can read and copy the disk keys in key vault {keyVault} (access policy).',
  },
  'rights.policies-missing': {
    title: 'Access to key vault {keyVault} is missing',
    text: 'Azure Backup lacks rights in key vault {keyVault}: {groups, select, keys {{missingKeys} on keys} secrets {{missingSecrets} on secrets} other {{missingKeys} on keys, {missingSecrets} on secrets}}. Without a copy of the disk keys a restored disk could not be unlocked, so Azure refuses the backup.',
    fix: 'Add the missing rights for Microsoft\'s "Backup Management Service" to the access policies. It removes nothing, and can be undone.',
  },
  'rights.policies-missing-proven': {
    title: 'Access to key vault {keyVault} looks incomplete',
    text: 'Azure Backup seems to lack rights in key vault {keyVault}: {groups, select, keys {{missingKeys} on keys} secrets {{missingSecrets} on secrets} other {{missingKeys} on keys, {missingSecrets} on secrets}}. The last backup of the encrypted disks succeeded all the same.',
    fix: 'Add the missing rights for Microsoft\'s "Backup Management Service", so that the next backup does not depend on it.',
  },
  'rights.policies-secrets-backup': {
    title: 'One right in {keyVault} that may be needed',
    text: "In key vault {keyVault} only the right to copy secrets is missing. Microsoft's pages disagree on whether it is needed beside a KEK.",
    fix: 'Adding it is harmless: backup on secrets, for Microsoft\'s "Backup Management Service".',
  },
  'rights.roles-complete': {
    title: 'Access to key vault {keyVault}',
    text: 'Azure Backup can read and copy the disk keys in key vault {keyVault}: role {role}, {level, select, here {given on the key vault itself} group {inherited from the resource group} subscription {inherited from the subscription} managementGroup {inherited from a management group} other {given at {scope}}}{through, select, group {, through a group} other {}}.',
  },
  'rights.roles-missing': {
    title: 'Access to key vault {keyVault} is missing',
    text: 'Azure Backup lacks rights in key vault {keyVault}: {missingActions}. Without a copy of the disk keys a restored disk could not be unlocked, so Azure refuses the backup. (Assignments by Azure Lighthouse cannot be seen from here.)',
    fix: 'Give Microsoft\'s "Backup Management Service" the role backup-key-reader on the key vault. It takes up to 10 minutes to be in force.',
  },
  'rights.roles-missing-proven': {
    title: 'Access to key vault {keyVault} looks incomplete',
    text: 'Azure Backup seems to lack rights in key vault {keyVault}: {missingActions}. The last backup of the encrypted disks succeeded all the same; assignments by Azure Lighthouse cannot be seen from here.',
    fix: 'Give Microsoft\'s "Backup Management Service" the role backup-key-reader on the key vault.',
  },
  'rights.roles-denied': {
    title: 'Access to key vault {keyVault} is denied',
    text: 'A deny assignment on key vault {keyVault} takes from Azure Backup: {denied}. It stands above every role, so giving a role does not help.',
    fix: 'Whoever made the deny assignment (often a managed application or a deployment stack) must exclude "Backup Management Service".',
  },
  'rights.roles-denied-proven': {
    title: 'Access to key vault {keyVault} looks denied',
    text: 'A deny assignment on key vault {keyVault} seems to take from Azure Backup: {denied}. The last backup of the encrypted disks succeeded all the same.',
    fix: 'Have "Backup Management Service" excluded from the deny assignment, so that the next backup does not depend on it.',
  },
  'rights.roles-condition': {
    title: 'Access to key vault {keyVault} under a condition',
    text: 'Azure Backup has its rights in key vault {keyVault} only under a condition (role {role}). Whether the condition holds for a backup is not known here.',
    fix: 'Try anyway: Azure checks it. Or give the role once more, without a condition.',
  },
  'rights.roles-unreadable': {
    title: 'Roles on key vault {keyVault} could not be read',
    text: `Which roles Azure Backup has on key vault {keyVault} could not be read: ${becauseEn}.`,
    fix: 'Give the bot its reader role there. Or try anyway: Azure checks the access itself and refuses without side effects.',
  },

  'firewall.open': {
    title: 'Network of {keyVault}',
    text: 'The firewall of key vault {keyVault} lets Azure Backup in.',
  },
  'firewall.trusted': {
    title: 'Network of {keyVault}',
    text: 'Key vault {keyVault} is closed to the public and lets in trusted Microsoft services; Azure Backup is one of them.',
  },
  'firewall.shut': {
    title: 'Firewall of {keyVault} shuts Azure Backup out',
    text: 'The firewall of key vault {keyVault} admits no Microsoft services, not even trusted ones. Azure Backup cannot reach the disk keys, whatever rights it has.',
    fix: 'Allow trusted Microsoft services: az keyvault update --name {keyVault} --bypass AzureServices',
  },
  'firewall.perimeter': {
    title: '{keyVault} is in a network security perimeter',
    text: 'Key vault {keyVault} is in a network security perimeter. Whether that lets Azure Backup in cannot be seen from here.',
    fix: 'Try anyway: Azure checks it and refuses without side effects.',
  },

  'kek-version.enabled': { title: 'KEK {key}', text: 'Key {key} in key vault {keyVault} is there and enabled.' },
  'kek-version.absent': {
    title: 'KEK {key} is missing',
    text: 'The version of key {key} that wraps the disk keys of {disks} is not in key vault {keyVault}. Azure cannot copy what is not there, and the VM will not start again without it.',
    fix: '1. If it was deleted, recover it: az keyvault key recover --vault-name {keyVault} --name {key} 2. Else put it back from a recovery point.',
  },
  'kek-version.disabled': {
    title: 'KEK {key} is disabled',
    text: 'The version of key {key} in key vault {keyVault} that wraps the disk keys of {disks} is disabled. Azure may refuse the backup (Microsoft does not say), and the VM does not start again without it.',
    fix: 'Enable it: az keyvault key set-attributes --vault-name {keyVault} --name {key} --version {version} --enabled true',
  },
  'kek-version.expired': {
    title: 'KEK {key} has expired',
    text: 'Key {key} in key vault {keyVault} expired on {expiredAt}. It still unlocks, so the VM starts and backups work; new disks can no longer be wrapped with it.',
    fix: 'Plan a new key version and encrypt again with it.',
  },
  'kek-version.many': {
    title: 'KEK {key} has very many versions',
    text: 'Key {key} in key vault {keyVault} has {count, number} versions. Key Vault cannot copy a key with more than 500.',
    fix: 'Slow the rotation down, or move the VM to a new key before 500.',
  },
  'kek-version.others': {
    title: 'KEK {key} has more than one version',
    text: 'Key {key} has {count, number} versions; the disks use {version}. Good to know for a restore.',
  },
  'kek-version.unreadable': {
    title: 'KEK {key} could not be read',
    text: `Whether key {key} in key vault {keyVault} is there and enabled could not be read: ${becauseEn}.`,
  },
  'kek-version.versions-unreadable': {
    title: 'Versions of KEK {key} could not be counted',
    text: `How many versions key {key} in key vault {keyVault} has could not be read: ${becauseEn}.`,
  },
  'secret.present': { title: 'BEK of {disks}', text: 'The disk key is in key vault {keyVault} and enabled.' },
  'secret.absent': {
    title: 'BEK of {disks} is missing',
    text: 'Secret {secret}, the disk key of {disks}, is not in key vault {keyVault}. Azure cannot copy what is not there, and the VM will not start again without it.',
    fix: '1. If it was deleted, recover it: az keyvault secret recover --vault-name {keyVault} --name {secret} 2. Else put it back from a recovery point.',
  },
  'secret.disabled': {
    title: 'BEK of {disks} is disabled',
    text: 'Secret {secret}, the disk key of {disks}, is disabled in key vault {keyVault}.',
    fix: 'Enable it: az keyvault secret set-attributes --vault-name {keyVault} --name {secret} --enabled true',
  },
  'secret.newest-disabled': {
    title: 'BEK of {disks} unclear',
    text: 'The newest version of secret {secret} in key vault {keyVault} is disabled. {disks} may use an older one, which cannot be seen without reading the secret.',
  },
  'secret.other-version': {
    title: 'BEK of {disks} has a newer version',
    text: 'Secret {secret} in key vault {keyVault} has a newer version than the one that {disks} use. Azure shows the newest version only, so whether the older one is still enabled is not known; it must be until the disks use the new one.',
    fix: 'Leave the older version enabled; push the ADE extension again to move the disks on.',
  },
  'secret.expired': {
    title: 'BEK of {disks} has an expiry date in the past',
    text: 'Secret {secret} in key vault {keyVault} expired on {expiredAt}. For secrets that is information only: it still works.',
    fix: 'Set a later date, so that nobody deletes it as expired.',
  },
  'secret.unreadable': {
    title: 'BEK of {disks} could not be read',
    text: `Whether the disk key of {disks} is in key vault {keyVault} could not be read: ${becauseEn}.`,
  },
  'kek-origin.unread': {
    title: 'KEK of a certificate: not looked at',
    text: 'Whether the KEK ({keys}) belongs to a certificate could not be read: only the right {action} in the key vault would tell, and the bot does not have it. Azure Backup copies standalone keys only.',
  },

  'key-vault-settings.fine': {
    title: 'Settings of {keyVault}',
    text: 'Key vault {keyVault} is in the right place and set for disk encryption and purge protection.',
  },
  'key-vault-settings.subscription': {
    title: '{keyVault} is in another subscription',
    text: 'Key vault {keyVault} is in another subscription than the VM. Azure Disk Encryption does not allow that: the VM may not start again, and a restore may fail.',
    fix: "Move the keys to a key vault in the VM's subscription and region, and encrypt again.",
  },
  'key-vault-settings.region': {
    title: '{keyVault} is in another region',
    text: 'Key vault {keyVault} is in {region}, the VM in {vmRegion}. Azure Disk Encryption wants both in one region: a restore may fail.',
    fix: 'Move the keys to a key vault in {vmRegion}, and encrypt again.',
  },
  'key-vault-settings.no-disk-encryption': {
    title: '{keyVault} is not set for disk encryption',
    text: 'Key vault {keyVault} is not enabled for disk encryption. The backup works; the VM, or a restored one, may not start.',
    fix: 'az keyvault update --name {keyVault} --enabled-for-disk-encryption true',
  },
  'key-vault-settings.no-purge-protection': {
    title: '{keyVault} has no purge protection',
    text: 'Key vault {keyVault} has no purge protection: somebody with the right can destroy the KEK for good, and with it every disk.',
    fix: 'Switch it on (cannot be undone): az keyvault update --name {keyVault} --enable-purge-protection true',
  },
} as const;
