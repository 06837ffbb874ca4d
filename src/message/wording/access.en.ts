/** Key vault access: what is missing, what a grant does, why it is not offered, in English. */
export const accessEn = {
  'access.why':
    "Azure Backup can't read or copy this VM's disk keys in key vault {keyVault}. Without a copy a restored disk can't be unlocked, so Azure won't back up the VM.",
  'access.why-copy':
    "Azure Backup can read this VM's disk keys in key vault {keyVault}, but can't copy them. Without that copy a restored disk can't be unlocked, so Azure won't back up the VM.",
  'access.why-none':
    "Azure Backup has no access to key vault {keyVault}, which holds this VM's disk keys. Without a copy of the keys a restored disk can't be unlocked, so Azure won't back up the VM.",
  'access.why-none-kek':
    "Azure Backup has no access to key vault {keyVault}, which holds the key (KEK) that encrypts this VM's disk keys. Without a copy of it a restored disk can't be unlocked, so Azure won't back up the VM.",
  'access.missing-keys': '{rights} on keys',
  'access.missing-secrets': '{rights} on secrets',
  'access.has': '{missing} (has {present})',
  'access.has-none': '{missing} (has none)',

  'obstacle.by-hand': 'Run the commands below, or ask the owner of key vault {keyVault} to run them. Then check again.',
  'obstacle.grant-identity':
    'Kluis has no identity that can give access to key vault {keyVault}. Run the commands below, or ask the owner of the key vault to run them. Then check again.',
  'obstacle.lock': "Key vault {keyVault} has a read-only lock, so access can't be granted.",
  'obstacle.firewall':
    "Granting access isn't enough: the firewall of key vault {keyVault} also blocks Azure Backup. Allow trusted Microsoft services there first.",
  'obstacle.denied':
    "Granting access won't help: a deny assignment on key vault {keyVault} overrides every role. Its owner has to remove it.",
  'obstacle.role-missing':
    "The role that Kluis would assign on key vault {keyVault} doesn't exist in this subscription. An administrator has to create it once, from manifest/azure/backup-key-reader-role.json.",
  'obstacle.role-unreadable':
    "Kluis can't read whether the role it would assign on key vault {keyVault} exists. Run the commands below, then check again.",
  'obstacle.other-subscription':
    "Key vault {keyVault} is in another subscription. Azure Disk Encryption doesn't allow that, so Kluis doesn't offer to give access.",
  'obstacle.other-tenant':
    "Key vault {keyVault} belongs to another tenant, whose Azure Backup service isn't the one backing up this VM. Kluis doesn't offer to give access.",

  'access.command-note': 'These commands do the same. You need permission to change the key vault.',
  'access.add-to-code':
    'If Terraform or Bicep manages {keyVault}, add the access there too, or the next deployment will remove it.',
  'access.done-title': 'Access to {keyVault} given; in effect by {at}',
  'access.done-short': 'Access given; in effect by {at}',
  'access.next': 'Back up {vm}…',
  'access.unblocked': 'Also unblocked: {vms}.',
  'access.next-freed-many': 'Check the {count, number} VMs this unblocks',
  'access.added': 'Permissions added',
  'access.added-role': 'Role added',
  'access.there': 'Permissions, already there',
  'access.there-role': 'Role, already there',
  'access.undo-with': 'To undo it',
} as const;
