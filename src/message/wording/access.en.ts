/** Key vault access: what is missing, what a grant does, why it is not offered, in English. */
export const accessEn = {
  'access.why':
    "Azure Backup may not read and copy this VM's disk keys in key vault {keyVault}. Without a copy a restored disk could not be unlocked, so Azure refuses the backup.",
  'access.why-copy':
    "Azure Backup may read this VM's disk keys in key vault {keyVault}, but not copy them. Without a copy a restored disk could not be unlocked, so Azure refuses the backup.",
  'access.why-none':
    "Azure Backup has no rights at all in key vault {keyVault}, where this VM's disk keys lie. Without a copy of the keys a restored disk could not be unlocked, so Azure refuses the backup.",
  'access.missing-keys': '{rights} on keys',
  'access.missing-secrets': '{rights} on secrets',
  'access.has': '{missing} (has {present})',
  'access.has-none': '{missing} (has none)',
  'access.missing-actions': 'in {keyVault}: {actions}',
  'access.fix-policy':
    'The fix adds {count, plural, one {this right} other {these # rights}} for Microsoft\'s own "Backup Management Service".',
  'access.fix-role':
    'The fix gives Microsoft\'s own "Backup Management Service" the role {role} on key vault {keyVault}: read and copy keys and secrets, nothing else.',
  'access.reach': 'It covers every key and secret in {keyVault}.',
  'access.reach-frees': 'It covers every key and secret in {keyVault}, and frees {vms} as well.',
  'access.undo': 'It removes nothing, and one command undoes it.',
  'access.after': 'The rest goes on by itself once the access is in force. Nothing changed so far.',

  'obstacle.by-hand':
    'Run the commands below, or have them run by whoever owns key vault {keyVault}; then check again.',
  'obstacle.grant-identity':
    'Kluis has no identity that may give access in key vault {keyVault}. Run the commands below, or have them run by whoever owns the key vault; then check again.',
  'obstacle.lock':
    'A read-only lock stands on key vault {keyVault}, so no access can be given. Whoever owns the lock must take it off first.',
  'obstacle.firewall':
    'Access alone does not help: the firewall of key vault {keyVault} shuts out Azure Backup too. Allow trusted Microsoft services there first.',
  'obstacle.denied':
    'Access does not help: a deny assignment on key vault {keyVault} stands above every role. Whoever owns it must take it off first.',
  'obstacle.role-missing':
    'The role that Kluis would give on key vault {keyVault} does not exist in this subscription. An administrator makes it once, from manifest/azure/backup-key-reader-role.json.',
  'obstacle.role-unreadable':
    'Kluis may not read whether the role that it would give on key vault {keyVault} exists. Run the commands below; then check again.',
  'obstacle.other-subscription':
    'Key vault {keyVault} is in another subscription. Azure Disk Encryption does not allow that, so no access is offered.',
  'obstacle.other-tenant':
    'Key vault {keyVault} belongs to another tenant, where Azure Backup is not the one that backs up this VM. No access is offered.',

  'access.command-note': 'These commands do the same. Your own right to change the key vault is needed.',
  'access.add-to-code':
    'If Terraform or Bicep owns {keyVault}, add the access there too, or the next deployment takes it away.',
  'access.done-title': 'Azure Backup has access to key vault {keyVault}',
  'access.added': 'Added',
  'access.undo-with': 'To undo it',
} as const;
