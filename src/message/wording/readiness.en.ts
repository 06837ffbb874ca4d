/** The card that answers `/backup vm`: looking, verdicts, what the buttons mean, in English. */
export const readinessEn = {
  'card.details': 'Details',
  'card.details-hide': 'Hide details',
  'card.simulated': 'Simulated Azure: nothing here is real',
  'finding.unworded': 'Check result {code}',

  'looking.title': 'Looking at {vm}…',
  'looking.many': 'Looking at {count, plural, one {# VM} other {# VMs}}…',
  'looking.subtitle': 'Reading the VM, its disks, its keys and the Recovery Services vaults that could take it.',
  'looking.slow': 'Azure answers slowly. Still at it; nothing is lost.',

  'ready.title': '{vm} is ready to be backed up',
  'ready.title-warnings':
    '{vm} is ready to be backed up, with {count, plural, one {one thing to know} other {# things to know}}',
  'ready.title-unknown':
    '{vm} can probably be backed up: {count, plural, one {one check} other {# checks}} could not be made',
  'ready.title-unread':
    '{vm} could not be looked at: {count, plural, one {one check} other {# checks}} could not be made',
  'access.title': '{vm} cannot be backed up yet: {count, plural, one {one thing} other {# things}} to fix',
  'blocked.title-azure': '{vm} is NOT backed up. Azure would refuse it',
  'blocked.title-rule': '{vm} is NOT backed up. Your rule stops it; Azure would accept it',
  'blocked.title-protected-azure': '{vm} is protected, but Azure would refuse a backup now',
  'blocked.title-protected-rule': '{vm} is protected, but your rule stops a backup now; Azure would accept it',
  'protected.title': '{vm} is protected',
  'protected.title-warnings':
    '{vm} is protected, with {count, plural, one {one thing to know} other {# things to know}}',
  'protected.title-no-backup': '{vm} is protected, but no backup has succeeded yet',
  'protected.title-points-unread': '{vm} is protected; its recovery points could not be read',
  'protected.title-fails-tonight': "{vm} is protected, but tonight's backup will fail",
  'protected.title-fails-next': '{vm} is protected, but its next backup will fail',
  'protected.title-stopped': 'Protection of {vm} is stopped; its backups are kept',
  'protected.title-elsewhere': '{vm} is protected in a Recovery Services vault that Kluis may not read',
  'protected.title-deleted':
    '{vm}: backups deleted, {days, plural, =-1 {but not gone yet} =0 {gone for good within a day} one {gone for good in # day} other {gone for good in # days}}',
  'protected.title-other-vm':
    'This {vm} has NO backup: {points, plural, one {# recovery point} other {# recovery points}} in {vault} belong to an earlier VM of this name',
  'protected.title-running': 'A backup of {vm} is running already',

  'corner.not-protected': 'not protected yet',
  'corner.unknown': 'protection not known',
  'corner.protected': 'protected',
  'corner.stopped': 'protection stopped',
  'corner.soft-deleted': 'soft-deleted',
  'corner.no-own-backup': 'no backup of its own',
  'corner.running': 'backup running',

  'vm.running': 'running',
  'vm.stopped': 'stopped',
  'vm.deallocated': 'stopped (deallocated)',
  'vm.starting': 'starting',
  'vm.stopping': 'stopping',
  'vm.power-unknown': 'power state unknown',
  'vm.passed': '{count, plural, one {# other check passed} other {# other checks passed}}',

  'fact.vault': 'Backups go to',
  'fact.last-good': 'Last good backup',
  'fact.next': 'Next backup',
  'fact.points': 'Recovery points',
  'fact.newest': 'The newest of',
  'fact.deleted-in': 'Deleted in',
  'fact.earlier': 'Of the earlier VM',
  'fact.tonight': 'Will it work tonight',
  'fact.missing': 'Missing',
  'fact.disks': 'Disks',
  'fact.only-disks': 'Only for',
  'fact.disk-keys': 'Disk keys',
  'fact.agent': 'VM agent',
  'fact.size': 'Size',

  'value.last-good': '{at}, {ago} ago',
  'value.last-good-points':
    '{at}, {ago} ago; {points, plural, one {# recovery point is safe} other {# recovery points are safe}}',
  'value.not-read': 'could not be read',
  'value.never': 'none yet',
  'value.tonight-yes': 'Yes, as far as Kluis can see',
  'value.tonight-no': 'No: {reason}',
  'value.tonight-unknown': 'Not known: {reason}',
  'value.next': '{at} · {policy}',
  'value.hour-off': '{at}, may be an hour off after the clocks change',
  'value.points-until': '{count, plural, one {# recovery point} other {# recovery points}} until {until}',
  'value.points-deleted': '{count, plural, one {# recovery point} other {# recovery points}}, to be brought back',
  'value.points': '{count, plural, one {# recovery point} other {# recovery points}}, the newest of {newest}',

  'ready.after':
    '{retention, plural, one {The first backup is kept # day.} other {The first backup is kept # days.}} No approval needed. Nothing changed so far.',
  'protected.follow':
    '"Follow it" shows here how the backup that runs goes on; it starts nothing. The recovery point that it is making is not counted yet.',
  'protected.after':
    '{retention, plural, one {A backup made now is kept # day.} other {A backup made now is kept # days.}} Nothing changed so far.',
  'protected.unencrypted-point':
    'The last good backup is from before the disks were encrypted, so it proves nothing about access to the keys.',
  'nothing-changed': 'Nothing changed so far.',
  'held.title': '{vm} is NOT backed up: your rules keep it back',
  'no-approval': 'No approval needed.',
  'needs-approval': 'Needs one approval.',
  attempts: 'Today: {used, number} of 9 attempts used.',
  'attempts-left': 'Today: {used, number} of 9 attempts used; 3 a day are advised.',
  'try-anyway':
    'What could not be checked does not stop you: Azure checks for itself, and refuses without side effects.',
  irreversible:
    'This cannot be undone: {vault} is locked as immutable, so what is backed up now stays until {until} and nobody can delete it earlier.',
  'checked-by-itself': 'Kluis checks again by itself at {at}.',
  'keep-note': 'The backup is kept {days, plural, one {# day} other {# days}}.',

  'rule.ways': 'Ways on, quickest first',
  'rule.way-exception': 'Back it up as it is, as an exception',
  'rule.way-exception-note': 'no change to the VM; exceptions come with the approvals',
  'rule.way-change': 'Change the rule',
  'rule.way-change-note': 'an administrator, in kluis.yaml: encryption.requireKek',
  'rule.way-kek': 'Add a KEK (key encryption key)',
  'rule.way-kek-note': "the VM's owner; plan a restart",
  'rule.no-decrypt':
    'Decrypting first (the way of 2017) leaves the disks open meanwhile, and is not possible for a Linux system disk.',
  'answer.not-started': 'Nothing was started: {vm} is not protected yet, so there is nowhere to back it up to.',
  'answer.not-started-because': 'Nothing was started: {why}.',
  'answer.not-started-unknown': 'Nothing was started: {vm} cannot be backed up now as it stands.',
  'answer.no-backup-ready': '{vm} has no backup (ready to protect)',
  'answer.no-backup': '{vm} has no backup',
  'answer.no-backup-because': '{vm} has no backup: {why}',
  'answer.no-key-vault': 'No key vault needed: the disks are not encrypted inside the VM',
  'answer.has-access': 'Azure Backup has access to {keyVaults}',
  'answer.no-access': 'Azure Backup lacks access to {keyVaults}',
} as const;
