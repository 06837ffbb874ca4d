import type { readinessEn } from './readiness.en.ts';

/** The card that answers `/backup vm`: looking, verdicts, what the buttons mean, in Dutch. */
export const readinessNl: Record<keyof typeof readinessEn, string> = {
  'card.details': 'Details',
  'card.details-hide': 'Details verbergen',
  'card.simulated': 'Gesimuleerde Azure: niets hiervan is echt',
  'finding.unworded': 'Uitslag van controle {code}',

  'looking.title': '{vm} wordt gecontroleerd…',
  'looking.many': "{count, plural, one {# VM wordt} other {# VM's worden}} gecontroleerd…",
  'looking.starting': 'Start: {vm} wordt nog één keer gecontroleerd…',
  'looking.starting-text': 'Tot die tijd wordt er niets gewijzigd.',
  'looking.subtitle': 'De VM, de schijven, de sleutels en de mogelijke Recovery Services-kluizen worden gelezen.',
  'looking.slow': 'Azure reageert traag. De controle loopt nog…',

  'ready.title': '{vm} is klaar voor een back-up',
  'ready.title-warnings':
    '{vm} is klaar voor een back-up, met {count, plural, one {# aandachtspunt} other {# aandachtspunten}}',
  'ready.title-unknown':
    'Back-up van {vm} kan waarschijnlijk; {count, plural, one {# controle lukte niet} other {# controles lukten niet}}',
  'ready.title-unread': '{vm} kon niet worden gecontroleerd',
  'blocked.title-azure': 'Back-up van {vm} niet mogelijk: {reason}',
  'blocked.title-rule': '{vm}: geblokkeerd door jullie regel, niet door Azure',
  'protected.title': '{vm} is beveiligd',
  'protected.title-warnings': '{vm} is beveiligd, met {count, plural, one {# aandachtspunt} other {# aandachtspunten}}',
  'protected.title-no-backup': '{vm} is beveiligd, maar er is nog geen back-up gelukt',
  'protected.title-points-unread': '{vm} is beveiligd; de herstelpunten konden niet worden gelezen',
  'protected.title-fails-tonight': '{vm}: de back-up van vannacht gaat mislukken',
  'protected.title-fails-next': '{vm}: de volgende back-up gaat mislukken',
  'protected.title-stopped': 'De beveiliging van {vm} is gestopt; de back-ups blijven bewaard',
  'protected.title-elsewhere': '{vm} is beveiligd op een plek die Kluis niet kan lezen',
  'protected.title-deleted':
    '{vm}: back-ups verwijderd, {days, plural, =-1 {maar nog terug te halen} =0 {binnen een dag definitief weg} one {over # dag definitief weg} other {over # dagen definitief weg}}',
  'protected.title-other-vm': 'Deze {vm} heeft GEEN back-up; een eerdere VM met die naam wel',
  'protected.title-running': 'Van {vm} wordt al een back-up gemaakt',

  'ready.title-encrypting': '{vm} wordt nog versleuteld: wacht en controleer opnieuw',
  'ready.title-off': '{vm} staat uit: back-up wordt alleen crashconsistent',
  'access.title-copy': '{vm}: Azure Backup mag de schijfsleutels niet kopiëren',
  'access.title-none': '{vm}: Azure Backup heeft toegang nodig tot {keyVaults}',
  'access.title-keys': '{vm}: Azure Backup kan niet bij de schijfsleutels',
  'access.short': 'geen toegang tot {keyVaults}',
  'blocked.title-short': 'Back-up van {vm} niet mogelijk',
  'blocked.title-keys-gone': 'Herstart {vm} NIET: de schijfsleutels zijn weg',
  'blocked.title-key-vault-deleted': 'Herstart {vm} NIET: de sleutelkluis is verwijderd',
  'protected.title-last': '{vm} is beveiligd: laatste back-up {ago} geleden',
  'protected.other-vm':
    '{points, plural, one {# herstelpunt} other {# herstelpunten}} in {vault} {points, plural, one {hoort} other {horen}} bij een eerdere VM met deze naam.',
  'details.facts': 'Feiten',
  'corner.not-protected': 'nog niet beveiligd',

  'vm.running': 'aan',
  'vm.stopped': 'gestopt',
  'vm.deallocated': 'gestopt (toewijzing ongedaan gemaakt)',
  'vm.starting': 'start op',
  'vm.stopping': 'sluit af',
  'vm.power-unknown': 'aan of uit is onbekend',

  'fact.vault': 'Back-ups gaan naar',
  'fact.last-good': 'Laatste goede back-up',
  'fact.next': 'Volgende back-up',
  'fact.points': 'Herstelpunten',
  'fact.newest': 'Nieuwste',
  'fact.deleted-in': 'Verwijderd in',
  'fact.earlier': 'Van de eerdere VM',
  'fact.tonight': 'Back-up vannacht',
  'fact.outlook': 'Verwachting',
  'fact.missing': 'Ontbreekt',
  'fact.disks': 'Schijven',
  'fact.only-disks': 'Alleen voor',
  'fact.disk-keys': 'Schijfsleutels',
  'fact.agent': 'VM-agent',
  'fact.size': 'Grootte',

  'value.last-good': '{at}, {ago} geleden',
  'value.last-good-points':
    '{at}, {ago} geleden; {points, plural, one {# herstelpunt beschikbaar} other {# herstelpunten beschikbaar}}',
  'value.not-read': 'kon niet worden gelezen',
  'value.never': 'nog geen',
  'value.tonight-yes': 'lukt naar verwachting',
  'value.tonight-no': 'mislukt naar verwachting: {reason}',
  'value.tonight-unknown': 'onduidelijk: {reason}',
  'value.next': '{at} · {policy}',
  'value.hour-off': '{at}, na het verzetten van de klok misschien een uur anders',
  'value.points-until': '{count, plural, one {# herstelpunt} other {# herstelpunten}} tot {until}',
  'value.points-deleted': '{count, plural, one {# herstelpunt} other {# herstelpunten}}, nog terug te halen',
  'value.points': '{count, plural, one {# herstelpunt} other {# herstelpunten}}, nieuwste {newest}',

  'ready.after':
    '{retention, plural, one {De eerste back-up wordt # dag bewaard.} other {De eerste back-up wordt # dagen bewaard.}} Geen goedkeuring nodig. Er is nog niets gewijzigd.',
  'protected.follow':
    '"Volgen" toont hier de lopende back-up; er wordt niets nieuws gestart. Het herstelpunt dat nu wordt gemaakt, telt nog niet mee.',
  'protected.after':
    '{retention, plural, one {Een back-up die nu wordt gemaakt, blijft # dag bewaard.} other {Een back-up die nu wordt gemaakt, blijft # dagen bewaard.}} Er is nog niets gewijzigd.',
  'protected.unencrypted-point':
    'De laatste goede back-up is gemaakt voordat de schijven werden versleuteld. Die bewijst dus niet dat Azure Backup bij de sleutels kan.',
  'nothing-changed': 'Er is nog niets gewijzigd.',
  'held.title': 'Back-up van {vm} geblokkeerd door jullie regels',
  'held.title-channel': 'Back-up van {vm} kan niet vanuit dit kanaal worden gestart',
  'no-approval': 'Geen goedkeuring nodig.',
  'needs-approval': 'Eén goedkeuring nodig.',
  attempts: 'Vandaag: {used, number} van 9 pogingen gebruikt.',
  'attempts-left': 'Vandaag: {used, number} van 9 pogingen gebruikt; Azure raadt hooguit 3 per dag aan.',
  'try-anyway':
    'Een controle die niet lukte, houdt je niet tegen: Azure controleert zelf; bij een weigering verandert er niets.',
  'irreversible.title': "{count, plural, one {{vm}} other {# VM's}} beveiligen? Dit is niet terug te draaien",
  irreversible: '{vault} is onveranderbaar (vergrendeld), dus niemand kan deze back-up vóór {until} verwijderen.',
  'checked-by-itself': 'Kluis controleert automatisch opnieuw om {at}.',
  'keep-note': 'De back-up wordt {days, plural, one {# dag} other {# dagen}} bewaard.',

  'keys-gone.title': 'Schijfsleutels ontbreken',
  'keys-gone.disks':
    'Niet in {keyVaults}: {count, plural, =0 {} one {de KEK {keks} en } other {de KEKs {keks}, en }}de schijfsleutels (BEK) van {disks}. Back-ups mislukken, en na een herstart start de VM niet meer op.',
  'keys-gone.keks':
    'Niet in {keyVaults}: de {count, plural, one {KEK {keks}} other {KEKs {keks}}}. Back-ups mislukken, en na een herstart start de VM niet meer op.',
  'keys-gone.recover': '1. Zijn ze verwijderd? Herstel ze:',
  'keys-gone.restore': '2. Herstel ze anders uit een herstelpunt.',

  'rule.ways': 'Wat je kunt doen, het snelste eerst',
  'rule.way-exception': 'Bij uitzondering toch een back-up maken',
  'rule.way-exception-note': 'nog niet mogelijk',
  'rule.way-change': 'De regel wijzigen',
  'rule.way-change-note': 'een beheerder, in kluis.yaml: encryption.requireKek',
  'rule.way-kek': 'Een KEK (sleutel die de schijfsleutel versleutelt) toevoegen',
  'rule.way-kek-note': 'de eigenaar van de VM; reken op een herstart',
  'rule.no-decrypt':
    'Niet eerst ontsleutelen: de schijven zijn dan tijdelijk onbeschermd, en bij een Linux-systeemschijf kan het niet.',
  'answer.not-started': 'Er is niets gestart: {vm} is nog niet beveiligd, dus de back-up kan nergens heen.',
  'answer.not-started-because': 'Er is niets gestart: {why}.',
  'answer.not-started-unknown': 'Er is niets gestart: van {vm} kan nu geen back-up worden gemaakt.',
  'answer.no-backup-ready': '{vm} heeft geen back-up (klaar om te beveiligen)',
  'answer.no-backup': '{vm} heeft geen back-up',
  'answer.no-backup-because': '{vm} heeft geen back-up: {why}',
  'answer.no-key-vault': 'Geen sleutelkluis nodig: schijven niet in de VM versleuteld',
  'answer.has-access': 'Azure Backup heeft toegang tot {keyVaults}',
  'answer.no-access': 'Azure Backup heeft geen toegang tot {keyVaults}',
};
