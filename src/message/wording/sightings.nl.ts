import type { sightingsEn } from './sightings.en.ts';

/** Alerts of what is wrong other than a failed backup, in Dutch. */
export const sightingsNl: Record<keyof typeof sightingsEn, string> = {
  'sighted.schedule-missed.one': '{name} miste de geplande back-up',
  'sighted.schedule-missed.many': "{count, plural, other {# VM's}} misten hun geplande back-up",
  'sighted.schedule-missed.why': 'Er begon geen back-up binnen 3 uur na de tijd in het beleid.',
  'sighted.schedule-missed.fix':
    'Maak nu een back-up en controleer in de Azure-portal of het beleid van {vm} nog de tijden noemt die je verwacht.',
  'sighted.job-endless.one': 'Een taak van {name} komt niet tot een eind',
  'sighted.job-endless.many': "Taken van {count, plural, other {# VM's}} komen niet tot een eind",
  'sighted.job-endless.why': 'Die duurt veel langer dan gewoonlijk, en intussen begint er geen back-up.',
  'sighted.job-endless.fix':
    'Bekijk de taak: annuleer die zolang Azure dat toestaat, herstart dan de VM-agent van {vm} en maak opnieuw een back-up.',
  'sighted.vm-gone.one': '{name} is weg; de beveiliging staat nog aan',
  'sighted.vm-gone.many': "{count, plural, other {# VM's}} zijn weg; de beveiliging staat nog aan",
  'sighted.vm-gone.why':
    'Azure heeft geen VM onder de beveiligde ID: die is verwijderd of naar een andere groep verplaatst.',
  'sighted.vm-gone.fix':
    '1. Per ongeluk verwijderd: herstel de VM uit de herstelpunten in {vault}. 2. Verplaatst: beveilig de VM opnieuw op de nieuwe plek; de oude herstelpunten blijven. 3. Zo bedoeld: stop de beveiliging in {vault} in de Azure-portal en bepaal hoelang de herstelpunten blijven.',
  'sighted.protection-stopped.one': 'De back-ups van {name} zijn gestopt',
  'sighted.protection-stopped.many': "De back-ups van {count, plural, other {# VM's}} zijn gestopt",
  'sighted.protection-stopped.why': 'Er komen geen nieuwe herstelpunten; de bestaande blijven.',
  'sighted.protection-stopped.fix': 'Hervat ze, tenzij het de bedoeling was.',
  'sighted.soft-deleted.one': 'De back-ups van {name} zijn verwijderd',
  'sighted.soft-deleted.many': "De back-ups van {count, plural, other {# VM's}} zijn verwijderd",
  'sighted.soft-deleted.why': 'Voorlopig verwijderen bewaart ze nog enkele dagen, daarna zijn ze definitief weg.',
  'sighted.soft-deleted.fix': 'Maak de verwijdering nu ongedaan en hervat daarna de back-ups.',
  'sighted.backups-deleted.one': 'De back-ups van {name} zijn definitief weg',
  'sighted.backups-deleted.many': "De back-ups van {count, plural, other {# VM's}} zijn definitief weg",
  'sighted.backups-deleted.why':
    'Het beveiligde item staat niet meer in de Recovery Services-kluis, ook niet voorlopig verwijderd.',
  'sighted.backups-deleted.fix': 'Bestaat de VM nog, beveilig die dan direct opnieuw: er kan niets worden hersteld.',
  'sighted.soft-delete-off.one': 'Voorlopig verwijderen staat uit: {name}',
  'sighted.soft-delete-off.many': 'Voorlopig verwijderen staat uit',
  'sighted.soft-delete-off.why': 'Back-ups die daar worden verwijderd, zijn direct weg.',
  'sighted.soft-delete-off.fix': 'Zet het weer aan:',
  'sighted.immutability-off.one': 'Onveranderbaarheid staat uit: {name}',
  'sighted.immutability-off.many': 'Onveranderbaarheid staat uit',
  'sighted.immutability-off.why': 'Herstelpunten kunnen daar voortijdig worden verwijderd.',
  'sighted.immutability-off.fix': 'Zet het weer aan:',
  'sighted.guard-off.one': 'De Resource Guard is weggehaald: {name}',
  'sighted.guard-off.many': 'De Resource Guard is weggehaald',
  'sighted.guard-off.why': 'Eén persoon kan daar nu alleen de beveiliging stoppen en back-ups verwijderen.',
  'sighted.guard-off.fix': 'Zet de Resource Guard terug:',
  'sighted.azure-away.one': '{name} antwoordt niet: niets wordt gevolgd',
  'sighted.azure-away.many': '{count, plural, other {#}} antwoorden niet: niets wordt gevolgd',
  'sighted.azure-away.why':
    'Geen enkele Recovery Services-kluis is te lezen. Back-ups kunnen intussen ongezien lopen of mislukken.',
  'sighted.azure-away.fix':
    'Kijk naar de Azure-status en draai dan npm run doctor: die zegt of het netwerk of de aanmelding van Kluis de oorzaak is.',
  'sighted.missed-times': '{count, plural, one {één keer gemist} other {# keer gemist}}',
  'sighted.doer': 'door {who}, {at}',
  'sighted.doer-unread': 'door wie is onbekend: Kluis kan het activiteitenlogboek van Azure niet lezen',
  'sighted.doer-unnamed': 'het activiteitenlogboek van Azure noemt niemand',
  'sighted.place': 'Recovery Services-kluis',
  'sighted.over-one': '{name} is weer in orde',
  'sighted.over-many': '{count, plural, other {#}} zijn weer in orde',
  'sighted.moved': 'Dit is niet meer het geval',
  'sighted.note-came': '{count, plural, other {{vms} ook}}',
  'sighted.note-went': '{count, plural, one {{vms} is} other {{vms} zijn}} weer in orde',
  'sighted.note-closed': 'Alles is weer in orde. Het duurde {took}.',
  'sighted.note-moved': 'Dit is niet meer het geval.',
};
