/** Findings on the VM, its protection and the encryption of its disks, in English. */
import { becauseEn } from './findings-unread.ts';

/** By code. */
export const machineFindingsEn = {
  'vm.found': { title: 'VM found', text: '{vm} in {group}.' },
  'vm.missing': {
    title: 'No such VM',
    text: 'Azure finds no VM {vm} in {group}. It may have been deleted, renamed or moved to another group.',
  },
  'vm.unreadable': {
    title: "The VM couldn't be read",
    text: `{vm} in {group} couldn't be read: ${becauseEn}.`,
    fix: 'Give Kluis its reader role on the subscription, then check again.',
  },
  'deployment.classic': {
    title: 'Classic VM',
    text: '{vm} is a classic VM. Azure has retired classic VMs and no longer backs them up.',
    fix: 'Recreate it as a Resource Manager VM and protect that one.',
  },
  'deployment.resource-manager': { title: 'Resource Manager VM', text: 'Deployed with Resource Manager, not classic.' },

  'protection.none': { title: 'Protection', text: 'No Recovery Services vault protects {vm} yet.' },
  'protection.protected': { title: 'Protection', text: 'Recovery Services vault {vault} protects {vm} with {policy}.' },
  'protection.stopped': {
    title: 'Protection stopped',
    text: 'Protection is stopped in Recovery Services vault {vault}. {points, plural, =0 {It has no recovery points, and no new ones are made.} =-1 {Any recovery points are kept, and no new ones are made.} other {The recovery points are kept, but no new ones are made.}}',
    fix: "Resume protection, with the old policy or another one. You don't need to protect it again.",
  },
  'protection.soft-deleted': {
    title: 'Backups soft-deleted',
    text: "The backups of {vm} in Recovery Services vault {vault} were deleted. {days, plural, =-1 {They can still be undeleted} =0 {They can be undeleted for less than a day} one {They can be undeleted for # more day} other {They can be undeleted for # more days}}; until then {vault} can't take the VM.",
    fix: 'Undelete them in {vault}, then resume protection. Or protect the VM in another Recovery Services vault: the old points stay in {vault} until they are gone.',
  },
  'protection.elsewhere': {
    title: 'Protected somewhere else',
    text: "{vm} is already protected, in a Recovery Services vault that Kluis can't read: {vaultId}. A VM can be in one only.",
    fix: 'Ask the owners of that Recovery Services vault.',
  },
  'protection.protecting': {
    title: 'Protection is being enabled',
    text: 'Someone is enabling protection for {vm} right now. Wait until that is done, then check again.',
  },
  'protection.other-vm': {
    title: 'The backups belong to an earlier VM',
    text: 'The backups in Recovery Services vault {vault} belong to an earlier VM with this name, or to this VM in its previous group. They are kept. "Back up now" continues under the old backup item; the next backup is the first of this VM.',
    fix: 'Back up now. If the VM was moved here from another group, stop the old protection and protect it again. The old recovery points can still be restored.',
  },
  'protection.unclear': {
    title: 'Protection unclear',
    text: "Azure doesn't say clearly whether {vm} is already protected. If it is, Azure refuses to enable protection, and nothing changes.",
  },
  'protection.unreadable': {
    title: "Protection couldn't be read",
    text: `Whether {vm} is already protected couldn't be read: ${becauseEn}.`,
    fix: 'Give Kluis its reader role on the subscription: Azure answers this only at subscription scope.',
  },

  'attempts.left': {
    title: 'Attempts left today',
    text: '{count, plural, =0 {No on-demand backup was requested today} one {# on-demand backup was requested today} other {# on-demand backups were requested today}}; Azure allows {limit, number} a day (UTC).',
  },
  'attempts.many': {
    title: 'Many attempts today',
    text: '{count, number} on-demand backups were requested today. Azure recommends three a day and refuses after {limit, number}.',
  },
  'attempts.used-up': {
    title: 'No attempts left today',
    text: "All {limit, number} on-demand backups of today are used. The next one is possible from {opensAt}. Scheduled backups aren't affected.",
  },
  'attempts.running': {
    title: 'A job is running',
    text: '{operation, select, Backup {It is a backup. A backup requested now joins it.} Restore {It is a restore.} ConfigureBackup {Protection is being enabled.} other {It is not a backup.}}',
  },
  'attempts.unreadable': {
    title: "Jobs couldn't be read",
    text: `Running jobs and today's remaining attempts couldn't be read: ${becauseEn}.`,
  },

  'encryption.ade-kek': {
    title: 'Encryption',
    text: "{count, number} of {total, number} encrypted inside the VM (Azure Disk Encryption), with a KEK, read from {source, select, disk {the disks} model {the VM's model} view {the instance view} other {Azure}}.",
  },
  'encryption.ade-bek': {
    title: 'Encryption',
    text: "{count, number} of {total, number} encrypted inside the VM (Azure Disk Encryption), {count, plural, one {without a KEK} other {at least one without a KEK}}, read from {source, select, disk {the disks} model {the VM's model} view {the instance view} other {Azure}}.",
  },
  'encryption.host': {
    title: 'Encryption',
    text: 'Encryption at host, no Azure Disk Encryption. Azure Backup needs no key vault access.',
  },
  'encryption.cmk': {
    title: 'Encryption',
    text: 'Customer-managed keys in storage, no Azure Disk Encryption. Azure Backup needs no key vault access.',
  },
  'encryption.platform': {
    title: 'Encryption',
    text: 'Platform-managed keys, no Azure Disk Encryption. Azure Backup needs no key vault access.',
  },
  'encryption.contradicts': {
    title: 'Encryption of disk {disk} is contradictory',
    short: 'contradictory encryption',
    text: "Disk {disk} itself says {onDisk, select, encrypted {encrypted} other {not encrypted}}, the instance view says {inView}. Kluis can't tell which is right.",
    fix: 'Wait a few minutes and check again; after a restore, install the ADE extension again.',
  },
  'encryption.entra-app': {
    title: 'Encrypted with an Entra application',
    text: "Azure Disk Encryption was enabled with an Entra application (the older way). The backup works. After a restore, someone has to push the encryption extension with that application's ID and secret: Kluis doesn't have its secret.",
    fix: 'Keep the ID and a valid secret of the application where you find them at night, or move the VM to encryption at host.',
  },
  'encryption.extension-alone': {
    title: 'ADE extension without settings',
    text: 'The Azure Disk Encryption extension is on the VM, but no disk has its settings. That happens after a restore and after a failed encryption.',
    fix: 'Check inside the VM whether its disks are encrypted. If they are, install the ADE extension again.',
  },
  'encryption.no-settings': {
    title: 'Encryption of disk {disk} unclear',
    text: "Disk {disk} is marked as encrypted, but doesn't say with which keys.",
  },
  'encryption.no-key-vault': {
    title: 'Key vault of disk {disk} unknown',
    text: "Disk {disk} names a key but not its key vault, so access to it can't be checked.",
  },
  'encryption.unclear': { title: 'Encryption unclear', text: 'Azure shows no disk of this VM.' },
  'encryption.unreadable': {
    title: "Disk {disk} couldn't be read",
    text: `How disk {disk} is encrypted couldn't be read: ${becauseEn}.`,
  },
  'encrypting.done': { title: 'Encryption finished', text: 'All volumes are encrypted.' },
  'encrypting.some': {
    title: 'Some volumes are not encrypted',
    text: 'Not by Azure Disk Encryption: {disks}. Azure Backup supports both kinds.',
  },
  'encrypting.in-progress': {
    title: 'Encryption still running',
    text: 'The disks are being encrypted or decrypted right now. A backup made now may be hard to restore.',
  },
  'encrypting.restart': {
    title: 'Encryption waits for a restart',
    text: 'Encryption is done and waiting for a restart of the VM. Until then a backup may be hard to restore.',
    fix: 'Restart the VM when that suits, then check again.',
  },

  'kek.present': {
    title: 'BEK encrypted with a KEK',
    text: 'Every disk key (BEK) is encrypted with a key encryption key (KEK).',
  },
  'kek.not-asked': {
    title: 'BEK only',
    text: 'The disk key (BEK) is not encrypted with a KEK (key encryption key). No rule here requires one, and Azure accepts it.',
  },
  'kek.excepted': {
    title: 'No KEK, by exception',
    text: 'Allowed without KEK until {until}, by {by}. The disk key (BEK) is not encrypted with a second key (KEK, key encryption key), which your rule encryption.requireKek asks for.',
  },
  'kek.excepted-earlier-vm': {
    title: 'The exception is for an earlier VM',
    text: 'The exception until {until}, allowed by {by}, is for an earlier VM with this name. It does not count for this one.',
  },
  'kek.rule-warns': {
    title: 'No KEK',
    text: 'The key that unlocks its disks (BEK, BitLocker key) is in key vault {keyVaults}, not encrypted with a second key (KEK, key encryption key). Your rule encryption.requireKek asks for both, as a warning only.',
  },
  'kek.protected-already': {
    title: 'No KEK, but already protected',
    text: 'The key that unlocks its disks (BEK) is not encrypted with a second key (KEK, key encryption key). Your rule asks for both; since the VM is already protected, its backups continue.',
  },
  'kek.rule-refuses': {
    title: 'No KEK: blocked by your rule',
    text: 'The key that unlocks its disks (BEK, BitLocker key) is in key vault {keyVaults}, not encrypted with a second key (KEK, key encryption key). Your rule encryption.requireKek asks for both.',
    fix: "1. Back it up anyway, as an exception (another person approves it). 2. Change the rule (an administrator). 3. Add a KEK (the VM's owner; plan a restart). Don't decrypt and re-encrypt: the disks are unprotected in between, and a Linux OS disk can't be decrypted.",
  },
  'confidential.preview': {
    title: 'Confidential VM: preview',
    text: 'This is a confidential VM. Azure Backup supports those in {region} as a preview; whether it supports this one depends on the preview registration, the size and the keys.',
    fix: 'Register the subscription for the preview, then check again: az feature register --namespace Microsoft.Compute --name RestorePointSupportForConfidentialVMV2',
  },
  'confidential.vm': {
    title: 'Confidential VM',
    text: "This is a confidential VM. Azure Backup supports those as a preview in a few regions only, and {region} isn't one of them.",
  },
  'end-of-ade.date': {
    title: 'Azure Disk Encryption ends',
    text: 'Azure Disk Encryption ends on 15 September 2028. Backups of such VMs are blocked from then on; its successor is encryption at host.',
  },

  'power.running': { title: 'VM running', text: 'The VM is running.' },
  'power.off': {
    title: 'The VM is off',
    text: "The VM is off{state, select, deallocated { and deallocated} stopping {, it is being stopped} deallocating {, it is being stopped} other {}}. A backup is crash-consistent only, as after a power cut, and Kluis can't tell whether its agent works. The very first backup may need it running.",
    fix: 'Start it for the first backup: az vm start --resource-group {group} --name {vm}',
  },
  'power.updating': {
    title: 'Azure is changing the VM',
    text: 'Azure is changing the VM right now ({provisioning}). Wait until that is done, then check again.',
  },
  'power.failed': {
    title: 'The last change to the VM failed',
    text: "The VM's provisioning state is Failed. Azure Backup refuses a VM in that state.",
    fix: "Reapply the VM's state: az vm reapply --resource-group {group} --name {vm}",
  },
  'power.unclear': {
    title: 'Power state unclear',
    text: 'Kluis can\'t tell whether the VM is running; Azure says "{state}".',
  },
  'agent.ready': { title: 'VM agent ready', text: 'The VM agent responds.' },
  'agent.not-needed': {
    title: 'VM agent not needed',
    text: "The VM agent doesn't respond. It isn't needed: the policy takes crash-consistent snapshots only, from outside the VM.",
  },
  'agent.not-needed-unclear': {
    title: 'Without VM agent: unclear',
    text: "The VM agent doesn't respond. The policy takes crash-consistent snapshots only, which need no agent; Kluis can't tell whether Azure takes them for this VM (Azure Disk Encryption, or a disk or size that couldn't be read).",
    fix: 'Try it: if Azure refuses, nothing changes. Or fix the agent: az vm restart --resource-group {group} --name {vm}',
  },
  'agent.not-ready': {
    title: 'VM agent not ready',
    text: "The VM is running, but its agent doesn't respond. Azure Backup takes its snapshot through the agent.",
    fix: '1. From outside, restart the VM: az vm restart --resource-group {group} --name {vm} {os, select, Windows {2. Or in the VM: Restart-Service RdAgent, WindowsAzureGuestAgent.} Linux {2. Or in the VM: sudo systemctl restart walinuxagent (or waagent).} other {2. Or restart the agent\'s service in the VM.}} 3. Or reinstall the agent{os, select, Windows { (MSI, as administrator)} Linux { with the distribution\'s package} other {}}.{agentless, select, yes { 4. Or without the agent: an Enhanced policy whose consistency type is "Only crash-consistent snapshot" (Recovery Services vault, Backup policies).} other {}}',
  },
  'agent.off': { title: 'VM agent not visible', text: 'While the VM is off, nobody can tell whether its agent works.' },
  'agent.unclear': { title: 'VM agent unclear', text: "Azure doesn't say whether the VM agent works." },
  'extensions.allowed': { title: 'Extensions allowed', text: 'Azure Backup can install its extension on the VM.' },
  'extensions.forbidden': {
    title: 'Extensions disabled',
    text: 'Extensions are disabled on this VM. Azure Backup works through its own extension.',
    fix: '1. Enable them: az vm update --resource-group {group} --name {vm} --set osProfile.allowExtensionOperations=true{agentless, select, yes { 2. Or without extensions: an Enhanced policy whose consistency type is "Only crash-consistent snapshot" (Recovery Services vault, Backup policies).} other {}}',
  },
  'extensions.not-needed': {
    title: 'Extensions not needed',
    text: 'Extensions are disabled on this VM. None is needed: the policy takes crash-consistent snapshots only, from outside the VM.',
  },
  'extensions.not-needed-unclear': {
    title: 'Without extensions: unclear',
    text: "Extensions are disabled on this VM. The policy takes crash-consistent snapshots only, which need none; Kluis can't tell whether Azure takes them for this VM (Azure Disk Encryption, or a disk or size that couldn't be read).",
    fix: 'Try it: if Azure refuses, nothing changes. Or enable extensions: az vm update --resource-group {group} --name {vm} --set osProfile.allowExtensionOperations=true',
  },
  'extensions.failed': {
    title: 'Backup extension failed last time',
    text: 'The Azure Backup extension ended with an error last time ({extensions}). The next backup tries again; if it fails too, remove the extension, and Azure reinstalls it.',
  },
} as const;
