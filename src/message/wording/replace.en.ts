/** Replacing the disks of a VM, in English. */
export const replaceEn = {
  'replace.which': 'Replace disks of {vm}: which recovery point?',
  'replace.which-why': '{vm} goes back to that time and loses everything it wrote since.',
  'replace.staging': 'Replace disks of {vm}: staging, and why?',
  'replace.staging-why':
    'Azure first takes a snapshot of the current disks and keeps it in the storage account you choose.',
  'replace.sure': 'Overwrite {vm} with its backup?',
  'replace.what':
    'Its current disks ({disks}) are detached and kept. Azure takes a snapshot of them first, in {account}.',
  'replace.runs': '{vm} has to be deallocated first: after approval, Kluis waits an hour for someone to do that.',
  'replace.costs': 'The replaced disks and the snapshot are billed until someone deletes them.',
  'replace.not-possible': "The disks of {vm} can't be replaced",
  'replace.not-possible-ade': "{vm}: ADE-encrypted disks can't be replaced",
  'replace.why-not-ade':
    "Azure Backup doesn't replace disks that are encrypted by Azure Disk Encryption. Restore the VM's disks, or a new VM.",
  'replace.why-not-ade-unknown':
    "Kluis can't tell whether its disks are encrypted by Azure Disk Encryption, which Azure Backup doesn't replace.",
  'replace.why-not-gone': 'The VM must exist and have managed disks. Restore its disks, or a new VM.',
  'replace.why-not-deleted': 'Its backups are deleted. Undelete them first.',
  'replace.why-not-rule':
    "It overwrites a VM, so Kluis does it only under a rule of its own. Restore the VM's disks, or a new VM.",
  'replace.waits': "Waiting: {vm} isn't deallocated",
  'replace.deallocate': 'Azure replaces the disks of a deallocated VM only. Deallocate {vm}:',
  'replace.by-itself':
    'Kluis keeps checking and continues once that is done; it has been waiting since {since} and gives up after an hour.',
  'input.type-name': 'To confirm, type {vm}',
  'input.type-name-required': 'Type the name of the VM.',
  'button.replace-disks': 'Replace disks',
  'button.change-staging': 'Change staging',
  'button.restore-instead': 'Restore disks or a new VM',
  'button.replace-instead': "Replace the VM's disks…",
  'plan.replace-disks': 'Replace the disks of {vm} ({disks}) with those from {point}',
  'phase.replace-disks': 'Disks replaced',
  'phase.replace-disks-now': 'Replacing the disks',
  'progress.now-replace-disks': 'Replacing the disks of {vm}',
  'closing.replace-disks': 'Disks of {vm} are replaced',
  'replaced.new': 'Current disks',
  'replaced.old': '{count, plural, one {Old disk, kept} other {Old disks, kept}}',
  'replaced.unread': "couldn't be read",
  'replaced.start': "If {vm} isn't running, start it:",
  'replaced.cost': 'Replaced disks, and the snapshot in {account}, are billed until someone deletes them.',
  'replaced.left':
    'Check the disks of {vm}: the job may have created new ones, which are billed until someone deletes them.',
  'failed.replace-disks': 'Disks of {vm} were NOT replaced: {cause}',
  'ping.replace-disks': 'the disks of {vm} are replaced',
  'may.replace-disks': 'replace the disks of a VM',
  'trouble.disks-changed': 'its disks changed since the plan was made',
  'trouble.vm-not-deallocated': 'nobody deallocated it in time',
  'trouble.disks-not-replaced': 'the VM still has its old disks',
  'trouble-why.disks-not-replaced': 'Azure reports its job as done all the same.',
} as const;
