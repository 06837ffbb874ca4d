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
  'digest.will-fail': '{count, plural, =0 {none will fail} other {# will fail}}',
  'digest.none-known-to-fail': 'none known to fail',
  'digest.forecast-of':
    "{first}{lost, plural, =0 {} other { · # can't be restored}}{old, plural, =0 {} other { · # with an old recovery point}}{risky, plural, =0 {} other { · # at risk}}{unread, plural, =0 {} other { · # not known in full}}",
  'digest.exposed': 'Oldest last good backup',
  'digest.exposed-vm': '{vm}: {ago} ago',
  'digest.without': 'none yet: {vms}',
  'digest.none': 'none',
  'digest.none-known': 'none known',
  'digest.show-drills': 'Show the drills',
  'digest.drills': 'Restore drills',
  'digest.drills-of': '{due} due, {failed, plural, =0 {none failed last time} other {# failed last time}}',
  'digest.drills-wait': 'not allowed: {names}',
  'digest.waiting': 'Waiting',
  'digest.waiting-of':
    '{approvals, plural, =0 {no approval} one {# approval} other {# approvals}} · {reviews, plural, =0 {no review} one {# review after break-glass} other {# reviews after break-glass}}',
  'digest.nights':
    '{lead}{half, plural, =0 {} other {, # with warnings}}, {good, number} fine{none, plural, =0 {} other {, # without a backup}}{unknown, plural, =0 {} other {, # not known}}',
  'digest.nights-failed': '{count, plural, one {# night with failures} other {# nights with failures}}',
  'digest.no-failed': 'No night with failures',
  'digest.no-failed-known': 'No night with failures known',
  'digest.signs': '✓ all good · ✗ failures · ~ completed with warnings · – no backup · ? not known',
  'digest.numbers': 'The numbers',
  'digest.failed-nights': 'Nights with failures or warnings',
  'digest.night-half': '{count, plural, one {# VM} other {# VMs}} with warnings: {vms}',
  'digest.night': '{count, plural, one {# VM} other {# VMs}}: {vms}',
  'digest.silent': "Recent events in {vaults} are unknown: its jobs haven't been read for an hour or more.",
  'digest.show-forecast': 'Show forecast',
  'digest.show-waiting': 'Show approvals',
} as const;
