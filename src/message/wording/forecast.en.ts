/** `backup forecast`, in English. */
export const forecastEn = {
  'help.forecast': "which backups will fail tonight, and what can't be restored",
  'forecast.what': 'protected VMs',
  'forecast.none': 'No VM is protected',
  'forecast.fails-tonight': '{count, plural, one {# VM backup} other {# VM backups}} will fail tonight',
  'forecast.clear': "Nothing blocks tonight's backups ({count, plural, one {# VM} other {# VMs}})",
  'forecast.clear-read':
    'Unknown for some: nothing blocks the {count, plural, one {one VM that was} other {# VMs that were}} read',
  'forecast.clear-but': "Backups will run; {count, plural, one {# VM} other {# VMs}} can't be restored",
  'forecast.clear-but-some': "Backups will run; at least {count, plural, one {# VM} other {# VMs}} can't be restored",
  'forecast.all-unread': "Can't tell: {count, plural, one {# VM} other {# VMs}} couldn't be read in full",
  'forecast.lost-too': "{count, plural, one {# VM} other {# VMs}} can't be restored today",
  'forecast.old-too': '{count, plural, one {# VM has} other {# VMs have}} only old recovery points',
  'forecast.risky': '{count, plural, one {# VM is} other {# VMs are}} at risk',
  'forecast.restorable':
    '{count, plural, one {The VM can} other {All # protected VMs can}} be restored today{keys, plural, =0 {} one {, # of them with its disk keys} other {, # of them with their disk keys}}',
  'forecast.count': '{count, plural, one {# protected VM} other {# protected VMs}}',
  'forecast.next': 'next backup due {at}',
  'forecast.lost': "Can't be restored today ({count, number})",
  'forecast.old': 'Newest recovery point too old ({count, number})',
  'forecast.at-risk': 'At risk ({count, number})',
  'forecast.check-many': 'Check {count, plural, one {# VM} other {# VMs}}{left, plural, =0 {} other { (# left)}}',
  'forecast.gone': 'The VM was deleted or moved. Stop the backups; the recovery points stay',
  'forecast.stop': 'Stop…',
  'forecast.beyond':
    'Not checked: too many VMs for one forecast. Those that you name are checked first, such as a resource group: backup forecast rg-name',
  'forecast.nameless': "The Recovery Services vault doesn't say which VM this is",
  'forecast.no-identity': 'Kluis has no restore identity: an administrator sets KLUIS_RESTORE_CLIENT_ID',
  'forecast.no-point': 'It has no recovery point that can be restored',
  'forecast.old-point': 'Last recovery point {at} ({ago}; policy: {every})',
  'forecast.every-Daily': 'daily',
  'forecast.every-Weekly': 'weekly',
  'forecast.every-Hourly': 'several a day',
  'forecast.every-Unknown': 'not known',
  'forecast.used-up': 'Azure restores a VM at most {about} times within 24 hours, and it was restored as often',
  'forecast.guarded': 'Resource Guard {about} protects restores, and nobody has given Kluis access through it yet',
  'forecast.keys-shut':
    "Its keys have to be restored to key vault {about}, and the restore identity can't get in there",
  'forecast.keys-taken': 'Its keys have to be restored to key vault {about}, where other keys have their names',
  'forecast.points-unread': "Its recovery points couldn't be read",
  'forecast.restores-unread':
    "Today's restores from {about} couldn't be read, so it's not known whether Azure allows more",
  'forecast.guard-unread': "Whether a Resource Guard protects the restores of {about} couldn't be read",
  'forecast.no-right':
    'The restore identity lacks permissions to restore from {about}: an administrator assigns it kluis-restore-disks there',
  'forecast.no-right-group':
    'The restore identity lacks permissions on the VMs in resource group {about}: an administrator assigns it kluis-restore-source there',
  'forecast.no-right-staging':
    'The restore identity lacks permissions on every storage account in {about} that can stage a restore: an administrator assigns it kluis-restore-staging on one',
  'forecast.no-right-target':
    'The restore identity can restore to no resource group in {about}: an administrator assigns it kluis-restore-target on one',
  'forecast.no-account':
    'No storage account in {about} can stage a restore: it has to be a general-purpose account, and one behind a firewall only if the Recovery Services vault has a system-assigned identity',
  'forecast.no-second-region':
    'Recovery Services vault {about} keeps no copies in a second region, as your rule asks: that is set before its first backup',
  'forecast.second-region-unread':
    "Whether Recovery Services vault {about} has copies in a second region couldn't be read",
  'forecast.schedule-unread':
    "The schedule of policy {about} couldn't be read, so the age of its newest recovery point can't be judged",
  'forecast.right-unread': "The permissions of the restore identity in {about} couldn't be read",
  'forecast.right-staging-unread':
    "The permissions of the restore identity on the storage accounts in {about} couldn't be read",
  'forecast.right-target-unread':
    "The permissions of the restore identity on the resource groups in {about} couldn't be read",
  'forecast.accounts-unread': "The storage accounts in {about} couldn't be read",
  'forecast.keys-unread': "Whether its keys are still there couldn't be read",
  'forecast.ade':
    '{count, plural, one {# VM still uses} other {# VMs still use}} Azure Disk Encryption, which {days, plural, =0 {has ended} other {ends on 15 September 2028}}.',
  'forecast.ade-by-owner': 'Azure Disk Encryption ends on 15 September 2028: VMs by owner',
  'forecast.no-owner': 'no owner in the tags',
  'forecast.other-owners': 'other owners',
  'forecast.ade-unknown':
    "{count, plural, one {# more VM} other {# more VMs}} couldn't be read, so it's not known what they use.",
  'forecast.ade-unlisted': "{count, plural, one {# subscription} other {# subscriptions}} couldn't be read.",
  'forecast.ade-after':
    "Recovery points made before a VM moves off it stay encrypted with it: from that day Azure doesn't unlock such disks after a restart, so a VM restored from one may not start.",
  'scheduled.given-up.forecast': "Today's forecast couldn't be made",
  'scheduled.given-up.digest': "Today's digest couldn't be made",
  'scheduled.given-up.secrets': "Expiring secrets couldn't be checked today",
  'scheduled.given-up-text':
    '{tries, number} attempts never ended. Kluis tries again tomorrow; its log tells whoever runs it where it stopped.',
  'daily.fresh': 'New today',
  'daily.nothing-new': 'Nothing new today',
  'daily.still': 'Still open, first reported on {day}',
  'daily.mended': '{count, plural, one {# problem} other {# problems}} from the last forecast solved',
  'daily.more': '{count, plural, one {# more cause} other {# more causes}}',
  'daily.open': 'Show the whole forecast',
  'daily.late': 'Late: due at {at}. {read}',
} as const;
