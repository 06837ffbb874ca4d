/** Bringing back the keys of disks, in Dutch. */
export const keysNl = {
  'plan.recover-key-vault':
    'Sleutelkluis {keyVault} herstellen met alles erin; het toegangsbeleid komt mee terug, roltoewijzingen niet',
  'phase.recover-key-vault': 'Sleutelkluis {keyVault} hersteld',
  'phase.recover-key-vault-now': 'Sleutelkluis {keyVault} herstellen',
  'progress.now-recover-key-vault': 'Sleutelkluis {keyVault} wordt hersteld',
  'closing.recover-key-vault': 'Sleutelkluis {keyVault} is hersteld',
  'recovered.policies': 'Sleutelkluis {keyVault} is terug met alles erin, ook met het toegangsbeleid.',
  'recovered.roles':
    'Sleutelkluis {keyVault} is terug met alles erin, maar zonder de roltoewijzingen die toegang gaven: voeg ze opnieuw toe.',
  'failed.recover-key-vault': 'Sleutelkluis {keyVault} is NIET hersteld: {cause}',
  'ping.recover-key-vault': 'sleutelkluis {keyVault} is hersteld',
  'may.recover-key-vault': 'sleutelkluizen herstellen',
  'trouble.key-vault-purged':
    'er is niets meer te herstellen: de sleutelkluis is definitief verwijderd of de termijn is verstreken',
  'trouble.key-vault-not-shown': 'Azure nam het aan, maar toont de sleutelkluis niet',
  'trouble.tenant-unread': 'de tenant van het abonnement kon niet gelezen worden',
  'note.waits-for-person': 'wacht op iemand',
  'plan.restore-key-and-secret':
    '{count, plural, =0 {In de sleutelkluizen van de schijven} other {In sleutelkluis {keyVaults}}}: de sleutels en geheimen van de schijven terugbrengen die weg of uitgeschakeld zijn; wat er is, blijft zoals het is',
  'plan.point-disks-to-keys': 'De herstelde schijven laten verwijzen naar geheimen die op een nieuw adres terugkwamen',
  'phase.restore-key-and-secret': 'Sleutels van de schijven op hun plaats',
  'phase.restore-key-and-secret-now': 'Sleutels van de schijven controleren',
  'phase.point-disks-to-keys': 'Schijven verwijzen naar hun sleutels',
  'phase.point-disks-to-keys-now': 'Schijven naar hun sleutels laten verwijzen',
  'progress.now-keys': 'De sleutels van {vm} komen op hun plaats',
  'progress.now-point': 'De schijven van {vm} gaan naar hun sleutels verwijzen',
  'closing.keys-in-place': 'De sleutels van {vm} zijn op hun plaats',
  'closing.disks-with-keys': 'De schijven van {vm} zijn hersteld, met hun sleutels',
  'failed.keys': 'Sleutels van {vm} NIET teruggezet: {cause}',
  'failed.point': 'Schijven van {vm} verwijzen niet naar hun sleutels: {cause}',
  'ping.waits': 'het herstel van {vm} wacht op iemand: {why}',
  'ping.goes-on': 'het herstel van {vm} gaat verder',
  'ping.keys': 'de sleutels van {vm} zijn op hun plaats',
  'ping.point': 'de schijven van {vm} zijn hersteld, met hun sleutels',
  'keys.key': 'Sleutel',
  'keys.secret': 'Geheim',
  'keys.recovered': '{name} hersteld in {keyVault}',
  'keys.restored': '{name} teruggezet in {keyVault}',
  'keys.new-version': '{name}: nieuwe versie in {keyVault}, zoals bij het herstelpunt',
  'keys.earlier': 'Een eerder herstel had de sleutels van deze schijven al teruggezet.',
  'keys.untouched': 'De sleutels van deze schijven waren er allemaal; in geen sleutelkluis is iets gewijzigd.',
  'keys.pointed': 'Verwijzen naar hun sleutels',
  'keys.pointed-disks': '{count, plural, one {# schijf} other {# schijven}}',
  'may.restore-key-and-secret': 'sleutels en geheimen terugzetten',
  'may.point-disks-to-keys': 'schijven naar hun sleutels laten verwijzen',
  'in-the-way.title': 'Wacht: {why}',
  'in-the-way.firewall': 'de firewall van {place} laat Kluis niet toe',
  'in-the-way.access': 'Kluis mist toegang tot {place}',
  'in-the-way.key-vault': 'sleutelkluis {place} is weg',
  'in-the-way.key-disabled': 'een sleutel in {place} is uitgeschakeld',
  'in-the-way.secret-disabled': 'een geheim in {place} is uitgeschakeld',
  'in-the-way.staging': 'Kluis kan {place} niet lezen',
  'in-the-way.firewall-text':
    'De schijven zijn hersteld. Om hun sleutels terug te zetten moet Kluis door de firewall van sleutelkluis {place} kunnen; het is geen vertrouwde Microsoft-service.',
  'in-the-way.access-text':
    'De schijven zijn hersteld. Om hun sleutels terug te zetten heeft de herstelidentiteit haar machtigingen in sleutelkluis {place} nodig.',
  'in-the-way.key-vault-text':
    'De schijven zijn hersteld, maar sleutelkluis {place}, waar hun sleutels horen, {gone, select, deleted {is verwijderd. Herstel die: de inhoud en het toegangsbeleid komen mee terug, roltoewijzingen niet.} purged {is definitief verwijderd en niet te herstellen. Maak een nieuwe met dezelfde naam, regio en resourcegroep, want daar verwijzen de schijven naar. Kluis zet daarin de sleutels en geheimen van het herstelpunt terug; wat er verder in stond is weg.} other {is weg. Of die te herstellen is kon niet gelezen worden: zoek tussen de verwijderde. Staat hij daar niet bij, maak dan een nieuwe met dezelfde naam, regio en resourcegroep.}}',
  'in-the-way.key-disabled-text':
    'De schijven zijn hersteld, maar ze hebben sleutel {name} in sleutelkluis {place} nodig, en iemand heeft die uitgeschakeld. Kluis laat een sleutel die er is zoals hij is.',
  'in-the-way.secret-disabled-text':
    'De schijven zijn hersteld, maar ze hebben geheim {name} in sleutelkluis {place} nodig, en iemand heeft dat uitgeschakeld. Kluis laat een geheim dat er is zoals het is.',
  'in-the-way.staging-text':
    'De schijven zijn hersteld. Wat erbij hoort staat in opslagaccount {place}, dat de herstelidentiteit niet kan lezen.',
  'in-the-way.by-itself':
    'Kluis blijft controleren en gaat verder zodra het kan; het wacht sinds {since} en geeft het na een dag op.',
  'trouble.restored-unread': 'wat het herstel heeft gemaakt kon niet gelezen worden',
  'trouble.settings-garbled': 'het instellingenbestand van het herstel is niet te lezen, dus is er niets teruggezet',
  'trouble.settings-of-other-vm':
    'het instellingenbestand van het herstel is van een andere VM, dus is er niets teruggezet',
  'trouble.keys-garbled': 'het bestand met de sleutels van het herstel is niet te lezen',
  'trouble.keys-not-copied': 'het herstelpunt heeft geen kopie van een sleutel die weg is',
  'trouble.keys-not-shown': 'Azure heeft een sleutel of geheim aanvaard, maar toont het niet',
  'trouble.key-name-taken': 'een andere sleutel of een ander geheim heeft nu die naam; er is niets overschreven',
  'trouble.key-vault-unplanned':
    'bij het herstelpunt stonden de sleutels in een andere sleutelkluis dan de goedgekeurde',
  'trouble.obstacle-stays': 'een dag gewacht',
  'trouble.disks-not-shown': 'Azure heeft het aanvaard, maar de schijven tonen het niet',
} as const;
