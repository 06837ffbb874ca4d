import type { readinessEn } from './readiness.en.ts';

/** The card that answers `/backup vm`: looking, verdicts, what the buttons mean, in Dutch. */
export const readinessNl: Record<keyof typeof readinessEn, string> = {
  'card.details': 'Details',
  'card.details-hide': 'Details verbergen',
  'card.simulated': 'Gesimuleerd Azure: niets hiervan is echt',
  'finding.unworded': 'Uitslag van controle {code}',

  'looking.title': 'Bezig met kijken naar {vm}…',
  'looking.many': "Bezig met kijken naar {count, plural, one {# VM} other {# VM's}}…",
  'looking.subtitle': 'De VM, haar schijven, haar sleutels en de Recovery Services-kluizen die haar kunnen opnemen.',
  'looking.slow': 'Azure antwoordt traag. Er wordt nog gekeken; er gaat niets verloren.',

  'ready.title': '{vm} is klaar voor back-up',
  'ready.title-warnings':
    '{vm} is klaar voor back-up, met {count, plural, one {één ding om te weten} other {# dingen om te weten}}',
  'ready.title-unknown':
    'Van {vm} kan waarschijnlijk een back-up worden gemaakt: {count, plural, one {één controle lukte niet} other {# controles lukten niet}}',
  'ready.title-unread':
    '{vm} kon niet worden bekeken: {count, plural, one {één controle lukte niet} other {# controles lukten niet}}',
  'access.title':
    'Van {vm} kan nog geen back-up worden gemaakt: {count, plural, one {één ding} other {# dingen}} te verhelpen',
  'blocked.title-azure': 'Van {vm} wordt GEEN back-up gemaakt. Azure zou weigeren',
  'blocked.title-rule': 'Van {vm} wordt GEEN back-up gemaakt. Jullie regel houdt het tegen; Azure zou het toestaan',
  'blocked.title-protected-azure': '{vm} is beveiligd, maar Azure zou een back-up nu weigeren',
  'blocked.title-protected-rule':
    '{vm} is beveiligd, maar jullie regel houdt een back-up nu tegen; Azure zou die toestaan',
  'protected.title': '{vm} is beveiligd',
  'protected.title-warnings':
    '{vm} is beveiligd, met {count, plural, one {één ding om te weten} other {# dingen om te weten}}',
  'protected.title-no-backup': '{vm} is beveiligd, maar er is nog geen back-up gelukt',
  'protected.title-points-unread': '{vm} is beveiligd; de herstelpunten waren niet te lezen',
  'protected.title-fails-tonight': '{vm} is beveiligd, maar de back-up van vannacht gaat mislukken',
  'protected.title-fails-next': '{vm} is beveiligd, maar de volgende back-up gaat mislukken',
  'protected.title-stopped': 'De beveiliging van {vm} is gestopt; de back-ups blijven bewaard',
  'protected.title-elsewhere': '{vm} is beveiligd in een Recovery Services-kluis die Kluis niet mag lezen',
  'protected.title-deleted':
    '{vm}: back-ups verwijderd, {days, plural, =-1 {maar nog niet weg} =0 {binnen een dag voorgoed weg} one {over # dag voorgoed weg} other {over # dagen voorgoed weg}}',
  'protected.title-other-vm':
    'Deze {vm} heeft GEEN back-up: {points, plural, one {# herstelpunt} other {# herstelpunten}} in {vault} van een eerdere VM met deze naam',
  'protected.title-running': 'Er loopt al een back-up van {vm}',

  'corner.not-protected': 'nog niet beveiligd',
  'corner.unknown': 'beveiliging niet bekend',
  'corner.protected': 'beveiligd',
  'corner.stopped': 'beveiliging gestopt',
  'corner.soft-deleted': 'voorlopig verwijderd',
  'corner.no-own-backup': 'geen eigen back-up',
  'corner.running': 'back-up loopt',

  'vm.running': 'actief',
  'vm.stopped': 'gestopt',
  'vm.deallocated': 'gestopt (toewijzing ongedaan gemaakt)',
  'vm.starting': 'start op',
  'vm.stopping': 'sluit af',
  'vm.power-unknown': 'aan of uit is onbekend',
  'vm.passed': '{count, plural, one {# andere controle in orde} other {# andere controles in orde}}',

  'fact.vault': 'Back-ups gaan naar',
  'fact.last-good': 'Laatste goede back-up',
  'fact.next': 'Volgende back-up',
  'fact.points': 'Herstelpunten',
  'fact.newest': 'Het nieuwste van',
  'fact.deleted-in': 'Verwijderd in',
  'fact.earlier': 'Van de eerdere VM',
  'fact.tonight': 'Lukt het vannacht',
  'fact.missing': 'Ontbreekt',
  'fact.disks': 'Schijven',
  'fact.only-disks': 'Alleen voor',
  'fact.disk-keys': 'Schijfsleutels',
  'fact.agent': 'VM-agent',
  'fact.size': 'Grootte',

  'value.last-good': '{at}, {ago} geleden',
  'value.last-good-points':
    '{at}, {ago} geleden; {points, plural, one {# herstelpunt is veilig} other {# herstelpunten zijn veilig}}',
  'value.not-read': 'niet te lezen',
  'value.never': 'nog geen',
  'value.tonight-yes': 'Ja, voor zover Kluis kan zien',
  'value.tonight-no': 'Nee: {reason}',
  'value.tonight-unknown': 'Onbekend: {reason}',
  'value.next': '{at} · {policy}',
  'value.hour-off': '{at}, na het verzetten van de klok misschien een uur anders',
  'value.points-until': '{count, plural, one {# herstelpunt} other {# herstelpunten}} tot {until}',
  'value.points-deleted': '{count, plural, one {# herstelpunt} other {# herstelpunten}}, nog terug te halen',
  'value.points': '{count, plural, one {# herstelpunt} other {# herstelpunten}}, het nieuwste van {newest}',

  'ready.after':
    '{retention, plural, one {De eerste back-up wordt # dag bewaard.} other {De eerste back-up wordt # dagen bewaard.}} Geen goedkeuring nodig. Er is nog niets gewijzigd.',
  'protected.follow':
    '"Volgen" laat hier zien hoe de lopende back-up verdergaat; het begint niets nieuws. Het herstelpunt dat nu gemaakt wordt, telt nog niet mee.',
  'protected.after':
    '{retention, plural, one {Een back-up die nu wordt gemaakt, blijft # dag bewaard.} other {Een back-up die nu wordt gemaakt, blijft # dagen bewaard.}} Er is nog niets gewijzigd.',
  'protected.unencrypted-point':
    'De laatste goede back-up is van voor de versleuteling van de schijven en bewijst dus niets over de toegang tot de sleutels.',
  'nothing-changed': 'Er is nog niets gewijzigd.',
  'held.title': '{vm} wordt NIET geback-upt: jullie regels houden het tegen',
  'no-approval': 'Geen goedkeuring nodig.',
  'needs-approval': 'Eén goedkeuring nodig.',
  attempts: 'Vandaag: {used, number} van 9 pogingen gebruikt.',
  'attempts-left': 'Vandaag: {used, number} van 9 pogingen gebruikt; 3 per dag is het advies.',
  'try-anyway':
    'Wat niet gecontroleerd kon worden, houdt je niet tegen: Azure controleert zelf, en weigert zonder gevolgen.',
  irreversible:
    'Dit kan niet ongedaan worden gemaakt: {vault} is vergrendeld als onveranderlijk. Wat nu wordt opgeslagen, blijft tot {until} en kan door niemand eerder worden verwijderd.',
  'checked-by-itself': 'Kluis controleert vanzelf opnieuw om {at}.',
  'keep-note': 'De back-up wordt {days, plural, one {# dag} other {# dagen}} bewaard.',

  'rule.ways': 'Hoe het verder kan, het snelste eerst',
  'rule.way-exception': 'Een back-up maken van de VM zoals ze is, als uitzondering',
  'rule.way-exception-note': 'de VM blijft ongewijzigd; uitzonderingen komen met de goedkeuringen',
  'rule.way-change': 'De regel wijzigen',
  'rule.way-change-note': 'een beheerder, in kluis.yaml: encryption.requireKek',
  'rule.way-kek': 'Een KEK (sleutel om de schijfsleutel) toevoegen',
  'rule.way-kek-note': 'de eigenaar van de VM; reken op een herstart',
  'rule.no-decrypt':
    'Eerst ontsleutelen (de manier van 2017) laat de schijven intussen open, en kan niet bij een systeemschijf van Linux.',
  'answer.not-started': 'Er is niets gestart: {vm} is nog niet beveiligd, dus er is geen plek voor een back-up.',
  'answer.not-started-because': 'Er is niets gestart: {why}.',
  'answer.not-started-unknown': 'Er is niets gestart: van {vm} kan zo nu geen back-up gemaakt worden.',
  'answer.no-backup-ready': '{vm} heeft geen back-up (klaar om te beveiligen)',
  'answer.no-backup': '{vm} heeft geen back-up',
  'answer.no-backup-because': '{vm} heeft geen back-up: {why}',
  'answer.no-key-vault': 'Geen sleutelkluis nodig: de schijven zijn niet in de VM versleuteld',
  'answer.has-access': 'Azure Backup heeft toegang tot {keyVaults}',
  'answer.no-access': 'Azure Backup mist toegang tot {keyVaults}',
};
