/** Findings on the number, sizes and kinds of the disks, in English. */
import { becauseEn } from './findings-unread.ts';

/** By code. */
export const diskFindingsEn = {
  'disk-size.within': {
    title: 'Disks within the limits',
    text: '{count, plural, one {# disk} other {# disks}}, the largest {largest, number} GB.',
  },
  'disk-size.too-large-ade': {
    title: 'Disk {disk} too large',
    short: 'encrypted disk too large',
    text: 'Disk {disk} is {sizeGiB, number} GB. With Azure Disk Encryption, Azure Backup supports disks up to {limit, number} GB.',
    fix: `{role, select, os {Shrink the OS disk by moving its data to data disks, or move the VM to encryption at host, which doesn't have this limit.} other {Split the data over smaller disks, move the VM to encryption at host, which doesn't have this limit, or leave the disk out ("Choose disks"), with an Enhanced policy.}}`,
  },
  'disk-size.too-large': {
    title: 'Disk {disk} too large',
    short: 'disk too large',
    text: 'Disk {disk} is {sizeGiB, number} GB. Azure Backup supports disks up to {limit, number} GB.',
  },
  'disk-size.too-large-together': {
    title: 'Disks too large together',
    text: 'The disks of this VM are {sumGiB, number} GB together. Azure Backup supports up to {limit, number} GB per VM.',
    fix: 'Leave data disks out ("Choose disks"), with an Enhanced policy.',
  },
  'disk-size.too-many': {
    title: 'Too many disks',
    text: 'The VM has {count, number} disks. Azure Backup supports up to {limit, number}.',
  },
  'disk-size.many-ade': {
    title: 'Many encrypted disks',
    text: "{count, number} disks with Azure Disk Encryption: the backup is fine, but beyond 16 disks a restore doesn't put the encryption settings back automatically.",
    fix: 'Nothing to do now. A new VM that Kluis restores gets the extension, which puts them back.',
  },
  'disk-size.unknown': {
    title: 'Size of some disks unknown',
    text: "The size of {disks} couldn't be read, so the limits couldn't be checked.",
  },
  'disk-choice.changed': {
    title: 'The disks changed',
    text: "The VM's data disks are no longer those you chose from: one was added, is gone or has another LUN.",
    fix: 'Check again, then choose the disks again.',
  },
  'disk-kind.usual': { title: 'Disk types supported', text: 'No disk type that needs attention.' },
  'disk-kind.unreadable': {
    title: 'Types of some disks unknown',
    text: `Whether Azure Backup supports {disks} couldn't be read: ${becauseEn}.`,
    fix: 'Give Kluis its reader role there. Or try anyway: Azure checks the disks itself, and if it refuses, nothing changes.',
  },
  'disk-kind.unmanaged': {
    title: 'Unmanaged disks',
    text: 'Not managed disks: {disks}. Azure Backup only supports managed disks.',
    fix: 'Convert them (the VM must be off): az vm convert --resource-group {group} --name {vm}',
  },
  'disk-kind.entra-access': {
    title: 'Disks with Entra data access',
    text: "Data access to {disks} is restricted to Entra identities. Azure Backup can't read such disks.",
    fix: "Set the disks' data access authentication mode back to None.",
  },
  'disk-kind.shared': {
    title: 'Shared disks',
    text: "Other VMs can use these disks too: {disks}. Azure Backup doesn't back up shared disks, but an Enhanced policy can leave them out.",
    fix: 'Leave them out, with an Enhanced policy: press "Choose disks" on the VM\'s own card, or by hand: {state, select, protected {az backup protection update-for-vm --resource-group {vaultGroup} --vault-name {vault} --container-name {container} --item-name {item} --disk-list-setting exclude --diskslist {luns}} other {az backup protection enable-for-vm --resource-group <group> --vault-name <name> --vm {vmId} --policy-name <Enhanced policy> --disk-list-setting exclude --diskslist {luns}}}',
  },
  'disk-kind.shared-left-out': {
    title: 'Shared disks left out',
    text: '{disks}.',
  },
  'disk-kind.choice-ade': {
    title: 'Disks left out of an encrypted VM',
    short: 'encrypted disks left out',
    text: 'The backups of this VM leave disks out, and its disks are encrypted with Azure Disk Encryption. Azure refuses that with a Standard policy such as {policy}.',
    fix: 'Move the VM to an Enhanced policy, or back up all of its disks ("Choose disks").',
  },
  'disk-kind.enhanced-only': {
    title: 'Disks that need an Enhanced policy',
    text: 'Ultra or Premium SSD v2: {disks}.',
  },
} as const;
