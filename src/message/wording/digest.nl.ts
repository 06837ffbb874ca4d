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
  'digest.will-fail': '{count, plural, =0 {geen mislukt} one {# mislukt} other {# mislukken}}',
  'digest.none-known-to-fail': 'geen bekend',
  'digest.forecast-of':
    '{first}{lost, plural, =0 {} other { · # niet te herstellen}}{old, plural, =0 {} other { · # met een oud herstelpunt}}{risky, plural, =0 {} other { · # met risico}}{unread, plural, =0 {} other { · # niet volledig bekend}}',
  'digest.exposed': 'Oudste laatste goede back-up',
  'digest.exposed-vm': '{vm}: {ago} geleden',
  'digest.without': 'nog geen: {vms}',
  'digest.none': 'geen',
  'digest.none-known': 'geen bekend',
  'digest.show-drills': 'Hersteltests tonen',
  'digest.drills': 'Hersteltests',
  'digest.drills-of':
    '{due} aan de beurt, {failed, plural, =0 {geen mislukte de vorige keer} other {# de vorige keer mislukt}}',
  'digest.drills-wait': 'niet goedgekeurd: {names}',
  'digest.waiting': 'In afwachting',
  'digest.waiting-of':
    '{approvals, plural, =0 {geen goedkeuring} one {# goedkeuring} other {# goedkeuringen}} · {reviews, plural, =0 {geen beoordeling} one {# beoordeling na een noodstart} other {# beoordelingen na een noodstart}}',
  'digest.nights':
    '{lead}{half, plural, =0 {} other {, # met waarschuwingen}}, {good, number} goed{none, plural, =0 {} other {, # zonder back-up}}{unknown, plural, =0 {} other {, # onbekend}}',
  'digest.nights-failed': '{count, plural, one {# nacht} other {# nachten}} met een mislukte back-up',
  'digest.no-failed': 'Geen nacht met een mislukte back-up',
  'digest.no-failed-known': 'Geen nacht met een mislukte back-up bekend',
  'digest.sign.good': '✓ alles goed',
  'digest.sign.failed': '✗ mislukkingen',
  'digest.sign.half': '~ voltooid met waarschuwingen',
  'digest.sign.none': '– geen back-up',
  'digest.sign.unknown': '? onbekend',
  'digest.numbers': 'De cijfers',
  'digest.failed-nights': 'Nachten met mislukkingen of waarschuwingen',
  'digest.night-half': "{count, plural, one {# VM} other {# VM's}} met waarschuwingen: {vms}",
  'digest.night': "{count, plural, one {# VM} other {# VM's}}: {vms}",
  'digest.silent':
    'Wat er kort geleden in {vaults} gebeurde, is onbekend: de taken zijn een uur of langer niet gelezen.',
  'digest.show-forecast': 'Verwachting tonen',
  'digest.show-waiting': 'Goedkeuringen tonen',
} as const;
