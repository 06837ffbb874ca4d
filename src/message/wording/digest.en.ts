/** `backup digest`, in English. */
export const digestEn = {
  'help.digest': 'everything on one card, with a month of nights',
  'digest.failed':
    '{count, plural, one {# VM backup} other {# VM backups}} failed{fails, plural, =0 {} other {; # will fail next}}',
  'digest.unread': 'No failure is known, but not everything could be read',
  'digest.good': '{count, plural, one {The protected VM is} other {All # protected VMs are}} backed up',
  'digest.protected': 'Protected',
  'digest.protected-of': '{protected, plural, one {# VM} other {# VMs}}',
  'digest.unprotected': 'Not protected',
  'digest.unprotected-of':
    '{open, number}{stopped, plural, =0 {} other { · # stopped}}{unknown, plural, =0 {} other { · # not known}}',
  'digest.failed-lately': 'Failed in 24 h',
  'digest.forecast': 'Forecast',
  'digest.forecast-of':
    "{fails, plural, =0 {none will fail} other {# will fail}}{lost, plural, =0 {} other { · # can't be restored}}{old, plural, =0 {} other { · # with an old recovery point}}{risky, plural, =0 {} other { · # at risk}}{unread, plural, =0 {} other { · # not read in full}}",
  'digest.exposed': 'Oldest last good backup',
  'digest.exposed-vm': '{vm}: {ago} ago',
  'digest.without': 'none yet: {vms}',
  'digest.none': 'none',
  'digest.show-drills': 'Show the drills',
  'digest.drills': 'Restore drills',
  'digest.drills-of': '{due} due, {failed, plural, =0 {none failed last time} other {# failed last time}}',
  'digest.drills-wait': 'not allowed: {names}',
  'digest.waiting': 'Waiting',
  'digest.waiting-of':
    '{approvals, plural, =0 {no approval} one {# approval} other {# approvals}} · {reviews, plural, =0 {no review} one {# review after break-glass} other {# reviews after break-glass}}',
  'digest.nights':
    'The last {nights, number} nights: {failed, plural, =0 {no failures} one {# with failures} other {# with failures}}, {half, plural, =0 {} other {# with warnings, }}{good, number} good{none, plural, =0 {} other {, # without backups}}.',
  'digest.nights-unknown': '{count, plural, one {# night is} other {# nights are}} not known in full.',
  'digest.signs': '✓ all good · ✗ failures · ~ completed with warnings · – no backup · ? not known',
  'digest.numbers': 'The numbers',
  'digest.calendar': 'The calendar',
  'digest.failed-nights': 'Nights with failures or warnings',
  'digest.night-half': '{count, plural, one {# VM} other {# VMs}} with warnings: {vms}',
  'digest.night': '{count, plural, one {# VM} other {# VMs}}: {vms}',
  'digest.silent': "Recent events in {vaults} are unknown: its jobs haven't been read for an hour or more.",
  'digest.show-forecast': 'Show forecast',
  'digest.show-waiting': 'Show approvals',
} as const;
