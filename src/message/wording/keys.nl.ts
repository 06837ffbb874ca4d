/** Sleutels van schijven terugbrengen, in het Nederlands. */
export const keysNl = {
  'plan.recover-key-vault':
    'Sleutelkluis {keyVault} herstellen met alles erin; het toegangsbeleid komt mee terug, roltoewijzingen niet',
  'phase.recover-key-vault': 'Sleutelkluis {keyVault} hersteld',
  'phase.recover-key-vault-now': 'Sleutelkluis {keyVault} herstellen',
  'progress.now-recover-key-vault': 'Sleutelkluis {keyVault} wordt hersteld',
  'closing.recover-key-vault': 'Sleutelkluis {keyVault} is hersteld',
  'recovered.policies': 'Sleutelkluis {keyVault} is terug met alles erin, ook met het toegangsbeleid.',
  'recovered.roles':
    'Sleutelkluis {keyVault} is terug met alles erin. De toegang loopt via rollen, en de roltoewijzingen kwamen niet mee terug: geef ze opnieuw.',
  'failed.recover-key-vault': 'Sleutelkluis {keyVault} is NIET hersteld: {cause}',
  'ping.recover-key-vault': 'sleutelkluis {keyVault} is hersteld',
  'may.recover-key-vault': 'sleutelkluizen herstellen',
  'trouble.key-vault-purged':
    'er is niets meer te herstellen: de sleutelkluis is definitief verwijderd of de termijn is verstreken',
  'trouble.key-vault-not-shown': 'Azure nam het aan, maar toont de sleutelkluis niet',
  'trouble.tenant-unread': 'de tenant van het abonnement kon niet gelezen worden',
} as const;
