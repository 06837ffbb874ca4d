/** What a plan is asked for, and what it brings about, in English. */
export const effectsEn = {
  'asks.title': '{who} asks: {what}',
  'asks.plan': '{who} asks for approval',

  'ask.allow-drills': 'let the drills of {name} start by schedule',
  'ask.end-drills': 'stop the scheduled drills of {name}',
  'ask.exception': 'allow {vm} without a KEK',
  'ask.end-exception': 'end the exception for {vm}',
  'ask.protect': 'protect {vms}',
  'ask.protect-back-up': 'protect and back up {vms}',
  'ask.disks': 'choose other disks of {vms} to back up',
  'ask.back-up': 'back up {vms} now',
  'ask.cancel': 'cancel the backup of {vms}',
  'ask.clean-up': 'delete the files of the restore of {vm}',
  'ask.new-vm': 'restore {vm} as new VM {name}',
  'ask.new-vm-short': 'restore {vm} as a new VM',
  'ask.restore-disks': 'restore the disks of {vm}',
  'ask.replace-disks': 'overwrite {vm} with its backup of {point}',
  'ask.replace-disks-short': 'overwrite {vm} with a backup',
  'ask.drill': 'run a restore drill of {vm}',
  'ask.delete-left': 'delete what drills left in {group}',
  'ask.grant': 'give Azure Backup access to {keyVaults}',
  'ask.recover-key-vault': 'recover key vault {keyVaults}',
  'ask.create-policy': 'create the policy {policy}',
  'ask.change-policy': 'change the policy {policy}',
  'ask.stop-protection': 'stop the backups of {vms}',
  'ask.resume-protection': 'resume the backups of {vms}',
  'ask.undelete': 'undelete the backups of {vms}',
  'ask.register-provider': 'register {provider}',

  'effect.new-vm':
    'Creates VM {name} in {group}, subnet {subnet}{size, select, none {} other {, size {size}}}{point, select, none {} other {, as of {point}}}',
  'effect.same-name': 'Same computer name as {vm}{public, select, yes {; perhaps a public address} other {}}',
  'effect.new-disks': 'Creates disks of {vm} in {group}, as of {point}; overwrites nothing',
  'effect.staged': 'Leaves files, with the keys if encrypted, in storage account {account}',
  'effect.replace-disks':
    'Overwrites {vm}: its disks are replaced by those of {point}, and everything written since is lost',
  'effect.kept-disks': 'Its current disks stay, detached, with a snapshot in {account}; billed until deleted',
  'effect.encrypts': 'May also encrypt other data disks of the new VM',
  'effect.delete-drill':
    'Deletes {vm}, its network interface and its disks{hours, plural, =0 { afterwards} one { after # hour} other { after # hours}}',
  'effect.delete-left': 'Deletes {what} from {group}, each only with the tag of that drill',
  'effect.clean-up': 'Deletes the files of the restore, keys among them, from storage account {account}',
  'effect.restore-key-and-secret':
    'Restores missing or disabled keys and secrets {count, plural, =0 {of the disks} other {to {keyVaults}}}',
  'effect.recover-key-vault':
    "Recovers key vault {keyVault} with everything in it; its access policies come back, its role assignments don't. Nothing is overwritten{vms, select, none {} other {. Unblocks {vms}}}",
  'effect.grant-policies':
    'Gives Azure Backup in {keyVaults}, for every key and secret: {rights}; reversible{vms, select, none {} other {; also unblocks {vms}}}',
  'effect.grant-roles':
    'Gives Azure Backup the role {role} on {keyVaults}, for every key and secret; reversible{vms, select, none {} other {; also unblocks {vms}}}',
  'effect.protect': 'Protects {vms} in {vault} with the policy {policy}',
  'effect.back-up': 'Backs up {vms} now, kept until {until}',
  'effect.back-up-join': 'Follows the running backup of {vms}; no second one is started',
  'effect.cancel': 'Cancels the running backup of {vm}; its snapshot is discarded',
  'effect.create-policy': 'Creates the policy {policy} in {vault}',
  'effect.change-policy':
    'Changes the policy {policy} in {vault}{count, plural, =0 {, which no VM uses yet} one { for # VM} other { for # VMs}}',
  'effect.stop-protection': 'Stops the backups of {vm} in {vault}; its recovery points stay',
  'effect.resume-protection': 'Backs up {vm} in {vault} again, with the policy {policy}',
  'effect.undelete': 'Undeletes the backups of {vm} in {vault}; they stay stopped',
  'effect.register-provider': 'Registers {provider} in the subscription of {vms}',
  'effect.exception': 'Allows backups of {vm} without a KEK until {until}',
} as const;
