import type { sightingsEn } from './sightings.en.ts';

/** Alerts about problems other than a failed backup, in Dutch. */
export const sightingsNl: Record<keyof typeof sightingsEn, string> = {
  'sighted.schedule-missed.one': '{name} miste de geplande back-up',
  'sighted.schedule-missed.many': "{count, plural, other {# VM's}} misten hun geplande back-up",
  'sighted.schedule-missed.why': 'Er begon geen back-up binnen 3 uur na de tijd in het beleid.',
  'sighted.schedule-missed.fix':
    'Maak nu een back-up en controleer in de Azure-portal of {count, plural, one {het beleid van {vm}} other {hun beleid}} nog de tijden heeft die je verwacht.',
  'sighted.job-endless.one': 'Een taak voor {name} zit vast',
  'sighted.job-endless.many': "Taken voor {count, plural, other {# VM's}} zitten vast",
  'sighted.job-endless.why':
    '{count, plural, one {Die duurt} other {Ze duren}} veel langer dan gewoonlijk, en intussen begint er geen back-up.',
  'sighted.job-endless.fix':
    'Bekijk {count, plural, one {de taak} other {elke taak}} en annuleer die als Azure dat nog toestaat. Herstart daarna de VM-agent van {count, plural, one {{vm}} other {elke VM}} en maak opnieuw een back-up.',
  'sighted.vm-gone.one': '{name} is weg; de beveiliging staat nog aan',
  'sighted.vm-gone.many': "{count, plural, other {# VM's}} zijn weg; de beveiliging staat nog aan",
  'sighted.vm-gone.why':
    "Azure kent {count, plural, one {deze VM niet meer: die is} other {deze VM's niet meer: ze zijn}} verwijderd of naar een andere resourcegroep verplaatst.",
  'sighted.vm-gone.fix':
    "1. Per ongeluk verwijderd: herstel {count, plural, one {de VM} other {de VM's}} uit de herstelpunten in {vault}. 2. Verplaatst: beveilig {count, plural, one {de VM} other {de VM's}} opnieuw op de nieuwe plek; de oude herstelpunten blijven. 3. Bewust verwijderd: stop de back-ups; de herstelpunten blijven tot iemand ze verwijdert.",
  'sighted.protection-stopped.one': 'De back-ups van {name} zijn gestopt',
  'sighted.protection-stopped.many': "De back-ups van {count, plural, other {# VM's}} zijn gestopt",
  'sighted.protection-stopped.why': 'Er komen geen nieuwe herstelpunten; eventuele eerdere blijven.',
  'sighted.protection-stopped.fix': 'Hervat ze, tenzij het de bedoeling was.',
  'sighted.soft-deleted.one': 'De back-ups van {name} zijn verwijderd',
  'sighted.soft-deleted.many': "De back-ups van {count, plural, other {# VM's}} zijn verwijderd",
  'sighted.soft-deleted.why': 'Voorlopig verwijderen bewaart ze nog enkele dagen, daarna zijn ze definitief weg.',
  'sighted.soft-deleted.fix': 'Haal ze nu terug en hervat daarna de back-ups.',
  'sighted.backups-deleted.one': 'De back-ups van {name} zijn definitief weg',
  'sighted.backups-deleted.many': "De back-ups van {count, plural, other {# VM's}} zijn definitief weg",
  'sighted.backups-deleted.why':
    '{count, plural, one {Het beveiligde item staat} other {De beveiligde items staan}} niet meer in de Recovery Services-kluis, ook niet voorlopig verwijderd.',
  'sighted.backups-deleted.fix':
    "{count, plural, one {Bestaat de VM nog, beveilig die dan} other {Beveilig de VM's die nog bestaan}} direct opnieuw: de verloren back-ups zijn niet te herstellen.",
  'sighted.soft-delete-off.one': 'Voorlopig verwijderen op {name} is uitgezet',
  'sighted.soft-delete-off.many': 'Voorlopig verwijderen is uitgezet',
  'sighted.soft-delete-off.why': 'Back-ups die daar worden verwijderd, zijn direct weg.',
  'sighted.soft-delete-off.fix': 'Zet het weer aan:',
  'sighted.immutability-off.one': 'Onveranderbaarheid van {name} is uitgezet',
  'sighted.immutability-off.many': 'Onveranderbaarheid is uitgezet',
  'sighted.immutability-off.why': 'Herstelpunten kunnen daar voortijdig worden verwijderd.',
  'sighted.immutability-off.fix': 'Zet die weer aan:',
  'sighted.guard-off.one': 'De Resource Guard van {name} is verwijderd',
  'sighted.guard-off.many': 'De Resource Guard is verwijderd',
  'sighted.guard-off.why': 'Eén persoon kan daar nu in zijn eentje de beveiliging stoppen en back-ups verwijderen.',
  'sighted.guard-off.fix': 'Voeg de Resource Guard weer toe:',
  'sighted.azure-away.one': '{name} reageert niet; back-ups worden niet bewaakt',
  'sighted.azure-away.many': '{count, plural, other {#}} reageren niet; back-ups worden niet bewaakt',
  'sighted.azure-away.why':
    'Geen enkele Recovery Services-kluis is te lezen. Back-ups kunnen intussen ongezien lopen of mislukken.',
  'sighted.azure-away.fix':
    'Bekijk de Azure-status. Is Azure in orde, laat een beheerder dan uitzoeken of het aan het netwerk of aan de aanmelding van Kluis ligt: npm run doctor',
  'sighted.vault-unread.one':
    'Kluis kan {name} niet lezen{reason, select, denied {: geen machtiging} refused {: Azure weigert het} missing {: niet gevonden} answered {: Azure antwoordde {answer}} silent {: geen antwoord} other {}}',
  'sighted.vault-unread.many':
    '{reason, select, denied {Geen machtiging: } refused {Azure weigert: } missing {Niet gevonden: } answered {Fout van Azure: } silent {Geen antwoord: } other {Kluis kan }}{count, plural, other {# Recovery Services-kluizen}}{reason, select, several { niet lezen} other { niet te lezen}}',
  'sighted.vault-unread.why': 'Back-ups daar kunnen ongezien lopen of mislukken.',
  'sighted.vault-unread.fix':
    '{reason, select, denied {1. Is kluis-operate de rol kluis-reader kwijt, wijs die dan opnieuw toe: {command} 2. Heeft die de rol nog, zoek dan een weigeringstoewijzing: in de Azure-portal, bij Toegangsbeheer (IAM) van {count, plural, one {{vault}} other {elke Recovery Services-kluis}}.} refused {Azure noemt geen machtiging. Controleer de netwerkinstellingen van {count, plural, one {{vault}} other {elke Recovery Services-kluis}} en lees in de details wat Azure zegt.} missing {Open {count, plural, one {{vault}} other {elke Recovery Services-kluis}} in de Azure-portal. Staat die er nog, wacht dan: Azure is die misschien aan het verplaatsen.} other {Bekijk de Azure-status. Is Azure in orde, laat een beheerder dan uitzoeken wat Kluis bij {count, plural, one {{vault}} other {elk daarvan}} tegenhoudt: npm run doctor}}',
  'sighted.drill-failed.one': 'Hersteltest van {name} is mislukt',
  'sighted.drill-failed.many': "Hersteltests van {count, plural, other {# VM's}} zijn mislukt",
  'sighted.drill-failed.why':
    "Tot een hersteltest slaagt, weet niemand of herstel van {count, plural, one {deze VM} other {deze VM's}} lukt.",
  'sighted.drill-failed.fix':
    'Verhelp de oorzaak op de kaart van {count, plural, one {de hersteltest en start de hersteltest van {vm}} other {elke hersteltest en start die}} opnieuw.',
  'sighted.drill-left.one': 'Hersteltests lieten iets achter in {name}',
  'sighted.drill-left.many': 'Hersteltests lieten iets achter in {count, plural, other {# resourcegroepen}}',
  'sighted.drill-left.why': 'Het kost geld tot iemand het verwijdert.',
  'sighted.drill-left.fix':
    'Op de kaart van de hersteltest staat waarom Kluis het niet kon verwijderen: verhelp dat en verwijder dan wat er nog is. Is het niet van een hersteltest die Kluis kent, bekijk het dan zelf:',
  'sighted.missed-times': '{count, plural, one {één keer gemist} other {# keer gemist}}',
  'sighted.doer': 'door {who}, {at}',
  'sighted.doer-unread': 'wie het deed is onbekend: Kluis kan het activiteitenlogboek van Azure niet lezen',
  'sighted.doer-unnamed': 'het activiteitenlogboek van Azure, dat 90 dagen teruggaat, noemt niemand',
  'sighted.doer-unnamed-since': 'het activiteitenlogboek van Azure noemt niemand sinds {at}, toen het nog in orde was',
  'sighted.place': 'Recovery Services-kluis',
  'sighted.over': 'Opgelost: “{was}”',
  'sighted.way.restore': '{vm} herstellen…',
  'sighted.way.stop': 'Back-ups van {vm} stoppen…',
  'sighted.way.resume': 'Back-ups van {vm} hervatten…',
  'sighted.way.undelete': 'Back-ups van {vm} terughalen…',
  'sighted.way.drill-again': '{vm} opnieuw testen',
  'sighted.way.see-left': 'Tonen wat er in {vm} nog is',
  'sighted.way.show-job': 'Taak van {vm} bekijken',
  'sighted.moved': 'Dit is niet meer het geval',
  'sighted.note-came': '{count, plural, other {{vms} ook}}',
  'sighted.note-went': '{count, plural, other {Opgelost: {vms}}}',
  'sighted.note-closed': '{count, plural, one {{vm}: opgelost} other {Alles is opgelost}}. Het duurde {took}.',
  'sighted.note-moved': 'Dit is niet meer het geval.',
};
