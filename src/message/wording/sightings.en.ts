/** Alerts about problems other than a failed backup, in English. */
export const sightingsEn = {
  'sighted.schedule-missed.one': '{name} missed its scheduled backup',
  'sighted.schedule-missed.many': '{count, plural, other {# VMs}} missed their scheduled backups',
  'sighted.schedule-missed.why': 'No backup started within 3 hours of the time in the policy.',
  'sighted.schedule-missed.fix':
    'Back up now, then check in the Azure portal that {count, plural, one {the policy of {vm} still has} other {their policies still have}} the times that you expect.',
  'sighted.job-endless.one': 'A job for {name} is stuck',
  'sighted.job-endless.many': 'Jobs for {count, plural, other {# VMs}} are stuck',
  'sighted.job-endless.why':
    '{count, plural, one {It has} other {They have}} been running far longer than usual, and no backup starts meanwhile.',
  'sighted.job-endless.fix':
    'Open {count, plural, one {the job} other {each job}} and cancel it if Azure still allows that. Then restart the VM agent of {count, plural, one {{vm}} other {each VM}} and back up again.',
  'sighted.vm-gone.one': '{name} is gone; its protection is still on',
  'sighted.vm-gone.many': '{count, plural, other {# VMs}} are gone; their protection is still on',
  'sighted.vm-gone.why':
    'Azure no longer has {count, plural, one {this VM: it was} other {these VMs: they were}} deleted, or moved to another resource group.',
  'sighted.vm-gone.fix':
    '1. Deleted by mistake: {count, plural, one {restore it} other {restore them}} from the recovery points in {vault}. 2. Moved: protect {count, plural, one {it again where it is} other {them again where they are}} now; the old recovery points stay. 3. Deleted on purpose: stop the backups; the recovery points are kept until someone deletes them.',
  'sighted.protection-stopped.one': 'Backups of {name} were stopped',
  'sighted.protection-stopped.many': 'Backups of {count, plural, other {# VMs}} were stopped',
  'sighted.protection-stopped.why': 'No new recovery points are created; any earlier ones are kept.',
  'sighted.protection-stopped.fix': 'Resume them, unless they were stopped on purpose.',
  'sighted.soft-deleted.one': 'Backups of {name} were deleted',
  'sighted.soft-deleted.many': 'Backups of {count, plural, other {# VMs}} were deleted',
  'sighted.soft-deleted.why': 'Soft delete keeps them for some days, then they are gone for good.',
  'sighted.soft-deleted.fix': 'Undelete them now, then resume the backups.',
  'sighted.backups-deleted.one': 'Backups of {name} are gone for good',
  'sighted.backups-deleted.many': 'Backups of {count, plural, other {# VMs}} are gone for good',
  'sighted.backups-deleted.why':
    '{count, plural, one {The protected item is} other {Their protected items are}} no longer in the Recovery Services vault, not even soft-deleted.',
  'sighted.backups-deleted.fix':
    "{count, plural, one {If the VM still exists, protect it} other {Protect the VMs that still exist}} again at once: the lost backups can't be restored.",
  'sighted.soft-delete-off.one': 'Soft delete was turned off on {name}',
  'sighted.soft-delete-off.many': 'Soft delete was turned off',
  'sighted.soft-delete-off.why': 'Backups that are deleted there are gone at once.',
  'sighted.soft-delete-off.fix': 'Turn it back on:',
  'sighted.immutability-off.one': 'Immutability was turned off on {name}',
  'sighted.immutability-off.many': 'Immutability was turned off',
  'sighted.immutability-off.why': 'Recovery points there can be deleted before their time.',
  'sighted.immutability-off.fix': 'Turn it back on:',
  'sighted.guard-off.one': 'The Resource Guard of {name} was removed',
  'sighted.guard-off.many': 'The Resource Guard was removed',
  'sighted.guard-off.why': 'One person alone can now stop protection there and delete backups.',
  'sighted.guard-off.fix': 'Add it back:',
  'sighted.azure-away.one': "{name} isn't responding; backups aren't monitored",
  'sighted.azure-away.many': "{count, plural, other {#}} aren't responding; backups aren't monitored",
  'sighted.azure-away.why': 'No Recovery Services vault can be read. Backups may run or fail meanwhile, unseen.',
  'sighted.azure-away.fix':
    'Check the Azure status. If Azure is fine, let an administrator find out whether the network or the sign-in of Kluis is the cause: npm run doctor',
  'sighted.vault-unread.one':
    "Kluis can't read {name}{reason, select, denied {: no permission} refused {: Azure refuses it} missing {: not found} answered {: Azure answered {answer}} silent {: no answer} other {}}",
  'sighted.vault-unread.many':
    "Kluis can't read {count, plural, other {# vaults}}{reason, select, denied {: no permission} refused {: Azure refuses it} missing {: not found} answered {: error from Azure} silent {: no answer} other {}}",
  'sighted.vault-unread.why': 'Backups there may run or fail unseen.',
  'sighted.vault-unread.fix':
    "{reason, select, denied {1. If kluis-operate has lost its role kluis-reader, assign it again: {command} 2. If it still has that role, look for a deny assignment: in the Azure portal, at Access control (IAM) of {count, plural, one {{vault}} other {each vault}}.} refused {Azure doesn't name a permission. Check the networking settings of {count, plural, one {{vault}} other {each vault}}, and what Azure says in the details.} missing {Open {count, plural, one {{vault}} other {each vault}} in the Azure portal. If it is there, wait: Azure may be moving it.} other {Check the Azure status. If Azure is fine, let an administrator find out what keeps Kluis from {count, plural, one {{vault}} other {these vaults}}: npm run doctor}}",
  'sighted.drill-failed.one': 'Restore drill of {name} failed',
  'sighted.drill-failed.many': 'Restore drills of {count, plural, other {# VMs}} failed',
  'sighted.drill-failed.why':
    'Until a drill succeeds, nobody knows whether {count, plural, one {this VM} other {these VMs}} can be restored.',
  'sighted.drill-failed.fix':
    'Fix the cause shown on {count, plural, one {the card of the drill, then run the drill of {vm}} other {the card of each drill, then run the drills}} again.',
  'sighted.drill-left.one': 'Restore drills left something in {name}',
  'sighted.drill-left.many': 'Restore drills left something in {count, plural, other {# resource groups}}',
  'sighted.drill-left.why': 'It is billed until someone deletes it.',
  'sighted.drill-left.fix':
    "The drill's card says why Kluis couldn't delete it: fix that, then delete what is left. If it isn't from a drill that Kluis knows, check it yourself:",
  'sighted.missed-times': '{count, plural, one {one run missed} other {# runs missed}}',
  'sighted.doer': 'by {who}, {at}',
  'sighted.doer-unread': "who did it is unknown: Kluis can't read Azure's activity log",
  'sighted.doer-unnamed': "Azure's activity log, which goes back 90 days, names nobody",
  'sighted.doer-unnamed-since': "Azure's activity log names nobody since {at}, when it was last in order",
  'sighted.place': 'Recovery Services vault',
  'sighted.over': 'Resolved: {was}',
  'sighted.way.restore': 'Restore {vm}…',
  'sighted.way.stop': 'Stop backups of {vm}…',
  'sighted.way.resume': 'Resume backups of {vm}…',
  'sighted.way.undelete': 'Undelete backups of {vm}…',
  'sighted.way.drill-again': 'Drill {vm} again',
  'sighted.way.see-left': 'Show what is left in {vm}',
  'sighted.way.show-job': 'Show the job of {vm}',
  'sighted.moved': 'This is no longer the case',
  'sighted.note-came': '{count, plural, other {{vms} as well}}',
  'sighted.note-went': '{count, plural, other {Resolved: {vms}}}',
  'sighted.note-closed': '{count, plural, one {{vm}: resolved} other {All of it is resolved}}. It lasted {took}.',
  'sighted.note-moved': 'This is no longer the case.',
} as const;
