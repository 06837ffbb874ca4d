/** Findings on the VM, its protection and the encryption of its disks, in English. */
import { becauseEn } from './findings-unread.ts';

/** By code. */
export const machineFindingsEn = {
  'vm.found': { title: 'VM found', text: '{vm} in {group}.' },
  'vm.missing': {
    title: 'No such VM',
    text: 'Azure knows no VM {vm} in {group}. It may have been deleted, renamed or moved to another group.',
  },
  'vm.unreadable': {
    title: 'The VM could not be read',
    text: `{vm} in {group} could not be read: ${becauseEn}.`,
    fix: 'Give the bot its reader role at the subscription, then check again.',
  },
  'deployment.classic': {
    title: 'Classic VM',
    text: '{vm} is a classic VM. Azure has retired those; their backup has ended, and nothing can be switched on.',
    fix: 'Make the VM anew with Resource Manager and protect that one.',
  },
  'deployment.resource-manager': { title: 'Resource Manager VM', text: 'Deployed with Resource Manager, not classic.' },

  'protection.none': { title: 'Not protected yet', text: 'No Recovery Services vault protects {vm}.' },
  'protection.protected': { title: 'Protected', text: 'Recovery Services vault {vault} protects {vm} with {policy}.' },
  'protection.stopped': {
    title: 'Protection stopped',
    text: 'Protection is stopped in Recovery Services vault {vault}. The recovery points are kept, but no new ones are made.',
    fix: 'Resume protection, with the old policy or another one. Protecting it anew is not needed.',
  },
  'protection.soft-deleted': {
    title: 'Backups deleted, not yet gone',
    text: 'The backups of {vm} in Recovery Services vault {vault} were deleted. {days, plural, =-1 {They can still be brought back} =0 {They can be brought back for less than a day} one {They can be brought back for # more day} other {They can be brought back for # more days}}; until then {vault} does not take the VM.',
    fix: 'Undelete them in {vault}, then resume protection. Or protect the VM in another Recovery Services vault: the old points stay in {vault} until they are gone.',
  },
  'protection.elsewhere': {
    title: 'Protected somewhere else',
    text: '{vm} is protected already, in a Recovery Services vault that the bot may not read: {vaultId}. A VM can be in one only.',
    fix: 'Ask the owners of that Recovery Services vault.',
  },
  'protection.protecting': {
    title: 'Protection is being switched on',
    text: 'Somebody is switching protection on for {vm} right now. Wait until that is done, then look again.',
  },
  'protection.other-vm': {
    title: 'The backups are of an earlier VM',
    text: 'The backups in Recovery Services vault {vault} belong to an earlier VM of this name, or to this VM in the group it was in before. They stay. Azure refuses to protect a VM anew whose name and group are protected already; it goes on with this VM, and its next backup is its first.',
    fix: 'Back up now. Where the VM was moved here from another group, stop the old protection and protect it anew. The old recovery points can still be restored.',
  },
  'protection.unclear': {
    title: 'Protection unclear',
    text: 'Azure does not say clearly whether {vm} is protected already. If it is, switching protection on is refused without side effects.',
  },
  'protection.unreadable': {
    title: 'Protection could not be read',
    text: `Whether {vm} is protected already could not be read: ${becauseEn}.`,
    fix: 'Give the bot its reader role at the subscription: Azure answers this question at no smaller scope.',
  },

  'attempts.left': {
    title: 'Attempts left today',
    text: '{count, plural, =0 {No on-demand backup was asked for today} one {# on-demand backup was asked for today} other {# on-demand backups were asked for today}}; Azure takes {limit, number} in a day (UTC).',
  },
  'attempts.many': {
    title: 'Many attempts today',
    text: '{count, number} on-demand backups were asked for today. Azure recommends three a day and refuses after {limit, number}.',
  },
  'attempts.used-up': {
    title: 'No attempt left today',
    text: 'All {limit, number} on-demand backups of this day are used. The next one is possible from {opensAt}. Scheduled backups are not affected.',
  },
  'attempts.running': {
    title: 'A job is running',
    text: 'A job of this VM is running already ({operation}). A backup asked for now joins it.',
  },
  'attempts.unreadable': {
    title: 'Jobs could not be read',
    text: `What runs now and how many attempts the day has left could not be read: ${becauseEn}.`,
  },

  'encryption.ade-kek': {
    title: 'Disks encrypted inside the VM',
    text: "{count, number} of {total, number} encrypted inside the VM (Azure Disk Encryption), with a KEK, read from {source, select, disk {the disks} model {the VM's model} view {the instance view} other {Azure}}.",
  },
  'encryption.ade-bek': {
    title: 'Disks encrypted inside the VM, BEK only',
    text: "{count, number} of {total, number} encrypted inside the VM (Azure Disk Encryption), at least one without a KEK, read from {source, select, disk {the disks} model {the VM's model} view {the instance view} other {Azure}}.",
  },
  'encryption.host': {
    title: 'Encrypted at the host',
    text: 'Encryption at host, no Azure Disk Encryption. Azure Backup needs no access to any key vault.',
  },
  'encryption.cmk': {
    title: 'Encrypted with your own key in storage',
    text: 'Customer-managed keys in storage, no Azure Disk Encryption. Azure Backup needs no access to any key vault.',
  },
  'encryption.platform': {
    title: 'Encrypted by the platform',
    text: 'Platform-managed keys, no Azure Disk Encryption. Azure Backup needs no access to any key vault.',
  },
  'encryption.contradicts': {
    title: 'Encryption of disk {disk} contradictory',
    text: 'Disk {disk} itself says {onDisk, select, encrypted {encrypted} other {not encrypted}}, the instance view says {inView}. Which of the two holds is not known.',
    fix: 'Wait a few minutes and check again; after a restore, push the ADE extension again.',
  },
  'encryption.extension-alone': {
    title: 'ADE extension without settings',
    text: 'The extension of Azure Disk Encryption is on the VM, but no disk carries its settings. That happens after a restore and after an encryption that failed.',
    fix: 'Look inside the VM whether its disks are encrypted. If they are, push the ADE extension again.',
  },
  'encryption.no-settings': {
    title: 'Encryption of disk {disk} unclear',
    text: 'Disk {disk} is marked as encrypted, but does not say with which keys.',
  },
  'encryption.no-key-vault': {
    title: 'Key vault of disk {disk} unknown',
    text: 'Disk {disk} names a key but not the key vault it lies in, so access to it cannot be checked.',
  },
  'encryption.unclear': { title: 'Encryption unclear', text: 'Azure shows no disk of this VM.' },
  'encryption.unreadable': {
    title: 'Disk {disk} could not be read',
    text: `How disk {disk} is encrypted could not be read: ${becauseEn}.`,
  },
  'encrypting.done': { title: 'Encryption finished', text: 'All volumes are encrypted.' },
  'encrypting.some': {
    title: 'Some volumes are not encrypted',
    text: 'Azure Disk Encryption covers some volumes only. Not encrypted by it: {disks}. Azure Backup takes both kinds.',
  },
  'encrypting.in-progress': {
    title: 'Encryption still running',
    text: 'The disks are being encrypted or decrypted right now. A backup made meanwhile may be hard to restore; wait, then check again.',
  },
  'encrypting.restart': {
    title: 'Encryption waits for a restart',
    text: 'Encryption has ended and waits for a restart of the VM. Until then a backup may be hard to restore.',
    fix: 'Restart the VM when that suits, then check again.',
  },

  'kek.present': { title: 'BEK and KEK', text: 'Every disk key (BEK) is wrapped by a key encryption key (KEK).' },
  'kek.not-asked': {
    title: 'BEK only',
    text: 'There is no KEK (key encryption key) around the disk key (BEK). No rule here asks for one, and Azure accepts it.',
  },
  'kek.excepted': {
    title: 'BEK only, by exception',
    text: 'There is no KEK (key encryption key) around the disk key (BEK). An exception to the rule allows that for this VM.',
  },
  'kek.rule-warns': {
    title: 'No KEK',
    text: 'The key that unlocks its disks (BEK, BitLocker key) lies in key vault {keyVaults} without a second key around it (KEK, key encryption key). Your rule encryption.requireKek asks for both, as a warning only.',
  },
  'kek.protected-already': {
    title: 'No KEK, but protected already',
    text: 'The key that unlocks its disks (BEK) has no second key around it (KEK, key encryption key). Your rule asks for both; since the VM is protected already, its backups go on.',
  },
  'kek.rule-refuses': {
    title: 'No KEK: your rule stops it',
    text: 'The key that unlocks its disks (BEK, BitLocker key) lies in key vault {keyVaults} without a second key around it (KEK, key encryption key). Your rule encryption.requireKek asks for both.',
    fix: "1. Back it up as it is, as an exception (no change to the VM). 2. Change the rule (an administrator). 3. Add a KEK (the VM's owner; plan a restart). Decrypting first leaves the disks open meanwhile, and is not possible for a Linux system disk.",
  },
  'confidential.preview': {
    title: 'Confidential VM: preview',
    text: 'This is a confidential VM. Azure Backup takes those in {region} as a preview; whether it takes this one depends on the registration for the preview, on the size and on its keys.',
    fix: 'Register the subscription for the preview, then check again: az feature register --namespace Microsoft.Compute --name RestorePointSupportForConfidentialVMV2',
  },
  'confidential.vm': {
    title: 'Confidential VM',
    text: 'This is a confidential VM. Azure Backup takes those in a preview of a few regions only, and {region} is none of them.',
  },
  'end-of-ade.date': {
    title: 'Azure Disk Encryption ends',
    text: 'Azure Disk Encryption ends on 15 September 2028. Backups of such VMs are blocked from then on; encryption at host is what follows it.',
  },

  'power.running': { title: 'Running', text: 'The VM is running.' },
  'power.off': {
    title: 'The VM is off',
    text: 'The VM is off{state, select, deallocated { and deallocated} stopping {, it is being stopped} deallocating {, it is being stopped} other {}}. A backup is crash-consistent only, as after a power cut, and whether its agent works cannot be seen. The very first backup may need it running.',
    fix: 'Start it for the first backup: az vm start --resource-group {group} --name {vm}',
  },
  'power.updating': {
    title: 'Azure is changing the VM',
    text: 'Azure is changing the VM right now ({provisioning}). Wait until that is done, then check again.',
  },
  'power.failed': {
    title: 'The last change to the VM failed',
    text: "The VM's provisioning state is Failed. Azure Backup refuses a VM in that state.",
    fix: 'Repeat the last state: az vm reapply --resource-group {group} --name {vm}',
  },
  'power.unclear': {
    title: 'Power state unclear',
    text: 'Whether the VM runs is not known; Azure says "{state}".',
  },
  'agent.ready': { title: 'VM agent ready', text: 'The VM agent answers.' },
  'agent.not-needed': {
    title: 'VM agent not needed',
    text: 'The VM agent does not answer. It is not needed: the policy takes crash-consistent snapshots only, from outside the VM.',
  },
  'agent.not-needed-unclear': {
    title: 'Without VM agent: unclear',
    text: 'The VM agent does not answer. The policy takes crash-consistent snapshots only, which need no agent; whether Azure takes them of this VM (Azure Disk Encryption, or a disk or size that could not be read) is not known.',
    fix: 'Try it: Azure refuses without side effects. Or mend the agent: az vm restart --resource-group {group} --name {vm}',
  },
  'agent.not-ready': {
    title: 'VM agent not ready',
    text: 'The VM runs, but its agent does not answer. Azure Backup takes its snapshot through the agent.',
    fix: '{os, select, Windows {1. In the VM: Restart-Service RdAgent, WindowsAzureGuestAgent. 2. Restart the VM. 3. Install the agent anew (MSI, as administrator).} Linux {1. In the VM: sudo systemctl restart walinuxagent (or waagent). 2. Restart the VM. 3. Install the agent anew with the distribution\'s package.} other {1. Restart the agent\'s service in the VM. 2. Restart the VM. 3. Install the agent anew.}} Or from outside: az vm restart --resource-group {group} --name {vm}{agentless, select, yes { 4. Or without the agent: an Enhanced policy whose consistency type is "Only crash-consistent snapshot" (Recovery Services vault, Backup policies).} other {}}',
  },
  'agent.off': { title: 'VM agent not visible', text: 'While the VM is off nobody can see whether its agent works.' },
  'agent.unclear': { title: 'VM agent unclear', text: 'Azure does not say whether the VM agent works.' },
  'extensions.allowed': { title: 'Extensions allowed', text: 'Azure Backup may put its extension on the VM.' },
  'extensions.forbidden': {
    title: 'Extensions forbidden',
    text: 'This VM allows no extensions. Azure Backup works through an extension of its own.',
    fix: '1. Allow them: az vm update --resource-group {group} --name {vm} --set osProfile.allowExtensionOperations=true{agentless, select, yes { 2. Or without extensions: an Enhanced policy whose consistency type is "Only crash-consistent snapshot" (Recovery Services vault, Backup policies).} other {}}',
  },
  'extensions.not-needed': {
    title: 'Extensions not needed',
    text: 'This VM allows no extensions. None is needed: the policy takes crash-consistent snapshots only, from outside the VM.',
  },
  'extensions.not-needed-unclear': {
    title: 'Without extensions: unclear',
    text: 'This VM allows no extensions. The policy takes crash-consistent snapshots only, which need none; whether Azure takes them of this VM (Azure Disk Encryption, or a disk or size that could not be read) is not known.',
    fix: 'Try it: Azure refuses without side effects. Or allow extensions: az vm update --resource-group {group} --name {vm} --set osProfile.allowExtensionOperations=true',
  },
  'extensions.failed': {
    title: 'Backup extension failed last time',
    text: 'The extension of Azure Backup ended with an error last time ({extensions}). The next backup tries again; should it fail, remove the extension, Azure installs it anew.',
  },
} as const;
