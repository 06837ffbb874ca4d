/** Findings on Recovery Services vaults, policies, Azure's own answer, locks and Kluis's permissions, in English. */
import { becauseEn } from './findings-unread.ts';

/** By code; also the reasons against a destination. */
export const destinationFindingsEn = {
  'vault.found': { title: 'Recovery Services vault', text: "In the VM's region and subscription: {vaults}." },
  'vault.none': {
    title: 'No Recovery Services vault',
    text: "This subscription has no Recovery Services vault. Backups must go to a Recovery Services vault in the VM's own region ({region}) and subscription.",
    fix: 'Create one: az backup vault create --name <name> --resource-group <group> --location {region}',
  },
  'vault.none-here': {
    title: 'No Recovery Services vault in this region',
    text: "There is no Recovery Services vault in {region}. Backups have to stay in the VM's own region and subscription. Your Recovery Services vaults: {others}.",
    fix: 'Create one: az backup vault create --name <name> --resource-group <group> --location {region}',
  },
  'vault.unreadable': {
    title: "Recovery Services vaults couldn't be read",
    text: `Which Recovery Services vaults there are in {region} couldn't be read: ${becauseEn}.`,
  },
  'policy.fits': { title: 'A policy fits this VM', text: 'At least one policy fits this VM.' },
  'policy.in-force': { title: 'Policy', text: '{policy} fits this VM.' },
  'policy.in-force-crash-consistent': {
    title: "The policy doesn't fit this VM",
    text: "Policy {policy} takes crash-consistent snapshots only, without the agent. Azure doesn't take those of a VM of this size or with these disks.",
    fix: 'Move the VM to another policy.',
  },
  'policy.in-force-unfit': {
    title: "The policy doesn't fit the disks",
    text: '{policy} is a Standard policy, and {disks} need an Enhanced one.',
    fix: 'Move the VM to an Enhanced policy in the same Recovery Services vault.',
  },
  'policy.none': {
    title: 'No policy fits',
    text: 'No policy in {vaults} fits this VM.',
    fix: 'Create a policy there, or choose another Recovery Services vault.',
  },
  'policy.none-fits': {
    title: 'No policy fits the disks',
    text: 'Only an Enhanced policy fits {disks}, and there is none in {vaults}.',
    fix: 'Create an Enhanced policy there, or choose another Recovery Services vault.',
  },
  'policy.none-for-choice': {
    title: 'No policy can leave disks out',
    text: 'Leaving disks out of a VM with Azure Disk Encryption needs an Enhanced policy, and there is none in {vaults}.',
    fix: 'Create an Enhanced policy there, or back up all disks of the VM.',
  },
  'policy.unreadable': {
    title: "Policies couldn't be read",
    text: `The policies of Recovery Services vault {vault} couldn't be read: ${becauseEn}.`,
  },
  'azure-says.yes': { title: "Azure's own check", text: 'Azure would protect this VM in {vault}.' },
  'azure-says.no': {
    title: 'Azure refuses',
    text: "Azure's pre-check refuses to protect this VM in {vault}: {azureCode}. Azure says: {says} {recommends}",
  },
  'azure-says.unreadable': {
    title: "Azure's own check couldn't be made",
    text: `Azure couldn't be asked whether it would protect this VM in {vault}: ${becauseEn}.`,
    fix: 'Give Kluis its reader role on the subscription: Azure answers this only at subscription scope.',
  },
  'provider.registered': { title: 'Provider', text: '{provider} is registered in this subscription.' },
  'provider.registering': {
    title: 'Provider is being registered',
    text: 'Azure is registering {provider} in this subscription, which takes a few minutes. What is started here waits for that.',
    fix: 'az provider show --namespace {provider} --subscription {subscription} --query registrationState',
  },
  'provider.missing': {
    title: 'Provider not registered',
    text: "{provider} isn't registered in this subscription, so nothing can be backed up in it.",
    fix: 'az provider register --namespace {provider} --subscription {subscription}',
  },
  'provider.unreadable': {
    title: "Provider couldn't be read",
    text: `Whether {provider} is registered in this subscription couldn't be read: ${becauseEn}.`,
  },

  'locks.none': { title: 'No locks in the way', text: 'No lock is in the way.' },
  'locks.vm-read-only': {
    title: 'Read-only lock on {vm}',
    short: 'read-only lock',
    text: 'Lock {lock} makes {vm} read-only. Azure may not be able to install the backup extension.',
    fix: 'Ask the owner to remove the lock, or to replace it with one that only prevents deletion.',
  },
  'locks.key-vault-read-only': {
    title: 'Read-only lock on {keyVault}',
    short: 'read-only lock on its key vault',
    text: 'Lock {lock} makes key vault {keyVault} read-only, so nobody can give access there.',
    fix: 'Ask the owner to remove the lock while access is given.',
  },
  'locks.backup-group': {
    title: 'Lock on the group of the restore points',
    short: 'lock on the restore points',
    text: "Lock {lock} applies to {group}, where Azure Backup keeps its restore points ({points, number} now). Azure can't delete the oldest there, and backups stop at 18.",
    fix: 'Remove the lock from {group}. The recovery points are protected by soft delete, not by this lock.',
  },
  'locks.unreadable': {
    title: "Locks on {what} couldn't be read",
    text: `Whether {what} has a lock couldn't be read: ${becauseEn}.`,
  },
  'bot.may': { title: "Kluis's permissions", text: 'Kluis can protect VMs in {vault}.' },
  'bot.may-not': {
    title: 'Kluis lacks permissions',
    text: 'Kluis lacks permissions in {vaults}: {actions}. So there is no button; you can do it in the portal with your own permissions.',
    fix: 'Give Kluis its roles for protecting and for backups on the group of the Recovery Services vault, then check again.',
  },
  'bot.unreadable': {
    title: "Kluis's permissions couldn't be read",
    text: `Kluis's permissions in Recovery Services vault {vault} couldn't be read: ${becauseEn}.`,
  },

  'destination.other-vault': { title: 'Protected in {vault}', text: 'the VM belongs to {vault}' },
  'destination.region': { title: 'Other region', text: 'in {region}; the VM is in {vmRegion}' },
  'destination.soft-deleted': {
    title: 'Deleted backups',
    text: "has deleted backups of the VM, and can't take it until they are undeleted or gone",
  },
  'destination.subscription': { title: 'Other subscription', text: "in subscription {subscription}, not the VM's" },
  'destination.no-right': { title: 'Kluis lacks permissions', text: 'Kluis lacks {actions} there' },
  'destination.no-policy': { title: 'No policy fits', text: 'none of its policies fits this VM' },
  'destination.azure-refuses': { title: 'Azure refuses', text: 'Azure refuses: {azureCode}. {says}' },
  'policy.shared-disk': {
    title: 'Shared disk',
    text: "a Standard policy, which can't leave out shared disks ({disks})",
  },
  'policy.crash-consistent': {
    title: 'Crash-consistent only',
    text: "a policy with crash-consistent snapshots only, which Azure doesn't take for this size or these disks",
  },
  'policy.disks-of-ade': {
    title: 'Azure Disk Encryption',
    text: "a Standard policy, which can't leave out disks of a VM with Azure Disk Encryption",
  },
  'policy.extended-zone': {
    title: 'Extended Zone',
    text: 'a Standard policy; a VM in Extended Zone {zone} needs an Enhanced one',
  },
  'policy.needs-agent': {
    title: 'Needs the agent',
    text: 'a policy that works through the VM agent and its extension',
  },
  'policy.needs-enhanced': { title: 'Needs Enhanced', text: "a Standard policy, which doesn't fit {disks}" },
} as const;
