/** Findings on Recovery Services vaults, policies, Azure's own answer, locks and the bot's rights, in English. */
import { becauseEn } from './findings-unread.ts';

/** By code; also the reasons against a destination. */
export const destinationFindingsEn = {
  'vault.found': { title: 'Recovery Services vault', text: "In the VM's region and subscription: {vaults}." },
  'vault.none': {
    title: 'No Recovery Services vault',
    text: 'This subscription has no Recovery Services vault. A VM is backed up to one in its own region ({region}) and subscription.',
    fix: 'Make one: az backup vault create --name <name> --resource-group <group> --location {region}',
  },
  'vault.none-here': {
    title: 'No Recovery Services vault in this region',
    text: 'There is no Recovery Services vault in {region}. A VM is backed up to one in its own region and subscription. Elsewhere: {others}.',
    fix: 'Make one: az backup vault create --name <name> --resource-group <group> --location {region}',
  },
  'vault.unreadable': {
    title: 'Recovery Services vaults could not be read',
    text: `Which Recovery Services vaults there are in {region} could not be read: ${becauseEn}.`,
  },
  'policy.fits': { title: 'Policy', text: 'At least one policy fits this VM.' },
  'policy.in-force': { title: 'Policy', text: '{policy} fits this VM.' },
  'policy.in-force-crash-consistent': {
    title: 'The policy takes other VMs only',
    text: 'Policy {policy} makes crash-consistent snapshots only, without the agent. Azure makes those of no VM with this size or these disks.',
    fix: 'Move the VM to another policy.',
  },
  'policy.in-force-unfit': {
    title: 'The policy does not fit the disks',
    text: '{policy} is a Standard policy, and {disks} need an Enhanced one.',
    fix: 'Move the VM to an Enhanced policy of the same Recovery Services vault.',
  },
  'policy.none-fits': {
    title: 'No policy fits the disks',
    text: '{disks} need an Enhanced policy, and {vaults} has none.',
    fix: 'Have an Enhanced policy made there, or choose another Recovery Services vault.',
  },
  'policy.unreadable': {
    title: 'Policies could not be read',
    text: `The policies of Recovery Services vault {vault} could not be read: ${becauseEn}.`,
  },
  'azure-says.yes': { title: "Azure's own check", text: 'Azure would protect this VM in {vault}.' },
  'azure-says.no': {
    title: 'Azure refuses',
    text: 'Asked beforehand, Azure refuses to protect this VM in {vault}: {azureCode}. Azure says: {says} {recommends}',
  },
  'azure-says.unreadable': {
    title: "Azure's own check was not possible",
    text: `Azure could not be asked whether it would protect this VM in {vault}: ${becauseEn}.`,
    fix: 'Give the bot its reader role at the subscription: Azure answers this question at no smaller scope.',
  },
  'provider.registered': { title: 'Provider registered', text: '{provider} is registered in this subscription.' },
  'provider.missing': {
    title: 'Provider not registered',
    text: '{provider} is not registered in this subscription, so nothing can be backed up in it.',
    fix: 'az provider register --namespace {provider}',
  },
  'provider.unreadable': {
    title: 'Provider could not be read',
    text: `Whether {provider} is registered in this subscription could not be read: ${becauseEn}.`,
  },

  'locks.none': { title: 'No locks in the way', text: 'No lock stands in the way.' },
  'locks.vm-read-only': {
    title: 'Read-only lock on {vm}',
    text: 'Lock {lock} makes {vm} read-only. Putting the backup extension on it may be refused.',
    fix: 'Ask the owner to lift the lock, or to replace it by one that forbids deletion only.',
  },
  'locks.key-vault-read-only': {
    title: 'Read-only lock on {keyVault}',
    text: 'Lock {lock} makes key vault {keyVault} read-only, so nobody can give access there while it stands.',
    fix: 'Ask the owner to lift the lock for the grant.',
  },
  'locks.backup-group': {
    title: 'Lock on the group of the restore points',
    text: 'Lock {lock} holds for {group}, where Azure Backup keeps its restore points ({points, number} now). Azure cannot delete the oldest there, and backups stop at 18.',
    fix: 'Remove the lock from {group}. The recovery points are protected by soft delete, not by this lock.',
  },
  'locks.unreadable': {
    title: 'Locks on {what} could not be read',
    text: `Whether a lock stands on {what} could not be read: ${becauseEn}.`,
  },
  'bot.may': { title: "The bot's rights", text: 'The bot may protect VMs in {vault}.' },
  'bot.may-not': {
    title: 'The bot lacks rights',
    text: 'The bot lacks in {vaults}: {actions}. So there is no button; you can do it in the portal with your own rights.',
    fix: 'Give the bot its roles for protecting and for backups at the group of the Recovery Services vault, then check again.',
  },
  'bot.unreadable': {
    title: "The bot's rights could not be read",
    text: `What the bot may do in Recovery Services vault {vault} could not be read: ${becauseEn}.`,
  },

  'destination.other-vault': { title: 'Protected in {vault}', text: 'the VM belongs to {vault}' },
  'destination.region': { title: 'Other region', text: 'in {region}; the VM is in {vmRegion}' },
  'destination.soft-deleted': {
    title: 'Deleted backups',
    text: 'holds deleted backups of the VM, and takes it only once they are undeleted or gone',
  },
  'destination.subscription': { title: 'Other subscription', text: "in subscription {subscription}, not the VM's" },
  'destination.no-right': { title: 'The bot lacks rights', text: 'the bot lacks {actions} there' },
  'destination.no-policy': { title: 'No policy fits', text: 'none of its policies fits this VM' },
  'destination.azure-refuses': { title: 'Azure refuses', text: 'Azure refuses: {azureCode}. {says}' },
  'policy.shared-disk': {
    title: 'Shared disk',
    text: 'a Standard policy, which cannot leave out shared disks ({disks})',
  },
  'policy.crash-consistent': {
    title: 'Crash-consistent only',
    text: 'a policy of crash-consistent snapshots only, which Azure does not make of this size or these disks',
  },
  'policy.extended-zone': {
    title: 'Extended Zone',
    text: 'a Standard policy; a VM in Extended Zone {zone} takes an Enhanced one',
  },
  'policy.needs-agent': {
    title: 'Needs the agent',
    text: 'a policy that works through the VM agent and its extension',
  },
  'policy.needs-enhanced': { title: 'Needs Enhanced', text: 'a Standard policy; {disks} need an Enhanced one' },
} as const;
