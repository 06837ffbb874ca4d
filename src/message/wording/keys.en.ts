/** Bringing back the keys of disks, in English. */
export const keysEn = {
  'plan.recover-key-vault':
    "Recover key vault {keyVault} with everything in it; its access policies come back with it, its role assignments don't",
  'phase.recover-key-vault': 'Key vault {keyVault} recovered',
  'phase.recover-key-vault-now': 'Recovering key vault {keyVault}',
  'progress.now-recover-key-vault': 'Recovering key vault {keyVault}',
  'closing.recover-key-vault': 'Key vault {keyVault} is recovered',
  'recovered.policies': 'Key vault {keyVault} is back with everything in it, and with its access policies.',
  'recovered.roles':
    "Key vault {keyVault} is back with everything in it. Access to it is given by roles, and the role assignments that it had didn't come back: give them again.",
  'failed.recover-key-vault': 'Key vault {keyVault} was NOT recovered: {cause}',
  'ping.recover-key-vault': 'key vault {keyVault} is recovered',
  'may.recover-key-vault': 'recover key vaults',
  'trouble.key-vault-purged': 'it is no longer there to recover: it was purged, or its retention ended',
  'trouble.key-vault-not-shown': "Azure accepted it, but doesn't show the key vault",
  'trouble.tenant-unread': "the tenant of its subscription couldn't be read",
} as const;
