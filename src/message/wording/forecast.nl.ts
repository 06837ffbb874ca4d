/** `backup forecast`, in Dutch. */
export const forecastNl = {
  'help.forecast': 'welke back-ups vannacht mislukken, en wat niet te herstellen is',
  'forecast.what': "beveiligde VM's",
  'forecast.none': 'Geen VM is beveiligd',
  'forecast.fails-tonight': '{count, plural, one {# back-up mislukt} other {# back-ups mislukken}} vannacht',
  'forecast.clear': "Niets blokkeert de back-ups van vannacht ({count, plural, one {# VM} other {# VM's}})",
  'forecast.clear-read':
    "Deels onbekend: niets blokkeert de {count, plural, one {ene gelezen VM} other {# gelezen VM's}}",
  'forecast.clear-but': "Back-ups lukken; {count, plural, one {# VM is} other {# VM's zijn}} niet te herstellen",
  'forecast.clear-but-some':
    "Back-ups lukken; ten minste {count, plural, one {# VM is} other {# VM's zijn}} niet te herstellen",
  'forecast.all-unread': "Onbekend: {count, plural, one {# VM kon} other {# VM's konden}} niet volledig worden gelezen",
  'forecast.lost-too': "{count, plural, one {# VM is} other {# VM's zijn}} vandaag niet te herstellen",
  'forecast.old-too': "{count, plural, one {# VM heeft} other {# VM's hebben}} alleen oude herstelpunten",
  'forecast.risky': "{count, plural, one {# VM loopt} other {# VM's lopen}} risico",
  'forecast.restorable':
    "{count, plural, one {Deze is} other {Alle # beveiligde VM's zijn}} vandaag te herstellen{keys, plural, =0 {} one {, waarvan # met de schijfsleutels} other {, waarvan # met de schijfsleutels}}",
  'forecast.count': "{count, plural, one {# beveiligde VM} other {# beveiligde VM's}}",
  'forecast.next': 'eerstvolgende back-up {at}',
  'forecast.lost': 'Vandaag niet te herstellen ({count, number})',
  'forecast.old': 'Nieuwste herstelpunt te oud ({count, number})',
  'forecast.at-risk': 'Met risico ({count, number})',
  'forecast.check-many': "{count, plural, one {# VM} other {# VM's}} controleren{left, plural, =0 {} other { (nog #)}}",
  'forecast.gone': 'De VM is verwijderd of verplaatst. Stop de back-ups; de herstelpunten blijven',
  'forecast.stop': 'Stoppen…',
  'forecast.beyond':
    "Niet gecontroleerd: te veel VM's voor één verwachting. De VM's die je noemt gaan voor, zoals een resourcegroep: backup forecast rg-naam",
  'forecast.nameless': 'De Recovery Services-kluis vermeldt niet welke VM dit is',
  'forecast.no-identity': 'Kluis heeft geen herstelidentiteit: een beheerder stelt KLUIS_RESTORE_CLIENT_ID in',
  'forecast.no-point': 'Er is geen herstelpunt dat te herstellen is',
  'forecast.old-point': 'Laatste herstelpunt {at} ({ago}; beleid: {every})',
  'forecast.every-Daily': 'dagelijks',
  'forecast.every-Weekly': 'wekelijks',
  'forecast.every-Hourly': 'meermaals per dag',
  'forecast.every-Unknown': 'onbekend',
  'forecast.used-up': 'Azure herstelt een VM hooguit {about} keer binnen 24 uur, en zo vaak is dat al gebeurd',
  'forecast.guarded':
    'Resource Guard {about} beschermt herstelacties, en niemand heeft Kluis er al toegang door gegeven',
  'forecast.keys-shut': 'De sleutels moeten terug naar sleutelkluis {about}, en daar komt de herstelidentiteit niet in',
  'forecast.keys-taken': 'De sleutels moeten terug naar sleutelkluis {about}, waar andere sleutels hun namen hebben',
  'forecast.points-unread': 'De herstelpunten konden niet worden gelezen',
  'forecast.restores-unread':
    'Hoe vaak er vandaag uit {about} is hersteld, kon niet worden gelezen; of Azure meer toestaat, is dus onbekend',
  'forecast.guard-unread': 'Of een Resource Guard de herstelacties van {about} beschermt, kon niet worden gelezen',
  'forecast.no-right':
    'De herstelidentiteit mist machtigingen om uit {about} te herstellen: een beheerder wijst daar kluis-restore-disks toe',
  'forecast.no-right-group':
    "De herstelidentiteit mist machtigingen op de VM's in resourcegroep {about}: een beheerder wijst daar kluis-restore-source toe",
  'forecast.no-right-staging':
    'De herstelidentiteit mist machtigingen op elk opslagaccount in {about} waarlangs een herstel kan: een beheerder wijst kluis-restore-staging op één ervan toe',
  'forecast.no-right-target':
    'De herstelidentiteit kan naar geen enkele resourcegroep in {about} herstellen: een beheerder wijst kluis-restore-target op één ervan toe',
  'forecast.no-account':
    'Geen opslagaccount in {about} kan een herstel voorbereiden: nodig is een account voor algemeen gebruik, achter een firewall alleen als de Recovery Services-kluis een door het systeem toegewezen identiteit heeft',
  'forecast.no-second-region':
    'Recovery Services-kluis {about} bewaart geen kopieën in een tweede regio, zoals de regel vraagt: dat stel je in vóór de eerste back-up',
  'forecast.second-region-unread':
    'Of Recovery Services-kluis {about} kopieën in een tweede regio heeft, kon niet worden gelezen',
  'forecast.schedule-unread':
    'Het schema van beleid {about} kon niet worden gelezen, dus de leeftijd van het nieuwste herstelpunt is niet te beoordelen',
  'forecast.right-unread': 'De machtigingen van de herstelidentiteit in {about} konden niet worden gelezen',
  'forecast.right-staging-unread':
    'De machtigingen van de herstelidentiteit op de opslagaccounts in {about} konden niet worden gelezen',
  'forecast.right-target-unread':
    'De machtigingen van de herstelidentiteit op de resourcegroepen in {about} konden niet worden gelezen',
  'forecast.accounts-unread': 'De opslagaccounts in {about} konden niet worden gelezen',
  'forecast.keys-unread': 'Of de sleutels er nog zijn, kon niet worden gelezen',
  'forecast.ade':
    "{count, plural, one {# VM gebruikt} other {# VM's gebruiken}} nog Azure Disk Encryption, {days, plural, =0 {en dat is gestopt} other {dat op 15 september 2028 stopt}}.",
  'forecast.ade-by-owner': "Azure Disk Encryption stopt op 15 september 2028: VM's per eigenaar",
  'forecast.no-owner': 'geen eigenaar in de tags',
  'forecast.other-owners': 'andere eigenaren',
  'forecast.ade-unknown': "{count, plural, one {Nog # VM kon} other {Nog # VM's konden}} niet worden gelezen.",
  'forecast.ade-unlisted': '{count, plural, one {# abonnement kon} other {# abonnementen konden}} niet worden gelezen.',
  'forecast.ade-after':
    'Herstelpunten van voor de overstap blijven ermee versleuteld: vanaf die dag ontgrendelt Azure zulke schijven niet meer na een herstart, dus een VM die daaruit hersteld is, start mogelijk niet.',
  'scheduled.given-up.forecast': 'De verwachting van vandaag is niet gelukt',
  'scheduled.given-up.digest': 'Het overzicht van vandaag is niet gelukt',
  'scheduled.given-up.secrets': 'Verlopende geheimen zijn vandaag niet gecontroleerd',
  'scheduled.given-up-text':
    '{tries, number} pogingen waren nooit klaar. Kluis probeert het morgen opnieuw; in de log staat voor de beheerder waar het bleef steken.',
  'daily.fresh': 'Nieuw vandaag',
  'daily.nothing-new': 'Niets nieuws vandaag',
  'daily.still': 'Nog open, voor het eerst gemeld op {day}',
  'daily.mended': '{count, plural, one {# probleem} other {# problemen}} uit de vorige verwachting opgelost',
  'daily.more': '{count, plural, one {# oorzaak} other {# oorzaken}} meer',
  'daily.open': 'Hele verwachting tonen',
  'daily.late': 'Te laat: had om {at} moeten komen. {read}',
} as const;
