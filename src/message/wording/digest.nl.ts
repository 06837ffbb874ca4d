/** `backup digest`, in Dutch. */
export const digestNl = {
  'help.digest': 'alles op één kaart, met een maand aan nachten',
  'digest.failed':
    '{count, plural, one {# back-up} other {# back-ups}} mislukt{fails, plural, =0 {} one {; # mislukt de volgende keer} other {; # mislukken de volgende keer}}',
  'digest.unread': 'Geen mislukking bekend, maar niet alles was te lezen',
  'digest.good': "{count, plural, one {Van de beveiligde VM} other {Van alle # beveiligde VM's}} is een back-up",
  'digest.protected': 'Beveiligd',
  'digest.protected-of': "{protected, plural, one {# VM} other {# VM's}}",
  'digest.unprotected': 'Niet beveiligd',
  'digest.unprotected-of':
    '{open, number}{stopped, plural, =0 {} other { · # gestopt}}{unknown, plural, =0 {} other { · # onbekend}}',
  'digest.failed-lately': 'Mislukt in 24 u',
  'digest.forecast': 'Verwachting',
  'digest.forecast-of':
    '{fails, plural, =0 {geen mislukt} one {# mislukt} other {# mislukken}}{lost, plural, =0 {} other { · # niet te herstellen}}{old, plural, =0 {} other { · # met een oud herstelpunt}}{risky, plural, =0 {} other { · # met risico}}{unread, plural, =0 {} other { · # niet volledig gelezen}}',
  'digest.exposed': 'Oudste laatste goede back-up',
  'digest.exposed-vm': '{vm}: {ago} geleden',
  'digest.without': 'nog geen: {vms}',
  'digest.none': 'geen',
  'digest.show-drills': 'Hersteltests tonen',
  'digest.drills': 'Hersteltests',
  'digest.drills-of':
    '{due} aan de beurt, {failed, plural, =0 {geen mislukte de vorige keer} other {# de vorige keer mislukt}}',
  'digest.drills-wait': 'niet toegestaan: {names}',
  'digest.waiting': 'In afwachting',
  'digest.waiting-of':
    '{approvals, plural, =0 {geen goedkeuring} one {# goedkeuring} other {# goedkeuringen}} · {reviews, plural, =0 {geen beoordeling} one {# beoordeling na een noodstart} other {# beoordelingen na een noodstart}}',
  'digest.nights':
    'De laatste {nights, number} nachten: {failed, plural, =0 {geen met mislukkingen} one {# met mislukkingen} other {# met mislukkingen}}, {half, plural, =0 {} other {# met waarschuwingen, }}{good, number} goed{none, plural, =0 {} other {, # zonder back-ups}}.',
  'digest.nights-unknown': '{count, plural, one {# nacht is} other {# nachten zijn}} niet volledig bekend.',
  'digest.signs': '✓ alles goed · ✗ mislukkingen · ~ voltooid met waarschuwingen · – geen back-up · ? onbekend',
  'digest.numbers': 'De cijfers',
  'digest.calendar': 'De kalender',
  'digest.failed-nights': 'Nachten met mislukkingen of waarschuwingen',
  'digest.night-half': "{count, plural, one {# VM} other {# VM's}} met waarschuwingen: {vms}",
  'digest.night': "{count, plural, one {# VM} other {# VM's}}: {vms}",
  'digest.silent':
    'Wat er kort geleden in {vaults} gebeurde, is onbekend: de taken zijn een uur of langer niet gelezen.',
  'digest.show-forecast': 'Verwachting tonen',
  'digest.show-waiting': 'Goedkeuringen tonen',
} as const;
