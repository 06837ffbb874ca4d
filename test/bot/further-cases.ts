/** The twenty further real-world cases: what is loaded into the estate, which VM is asked about, and the answer. */

/** One case. `lays`: the simulator's scenarios; `says` and `saysNot` are about what a person sees at once. */
export type FurtherCase = {
  readonly case: string;
  readonly lays: readonly string[];
  readonly vm: string;
  readonly title: RegExp;
  readonly says: readonly RegExp[];
  readonly saysNot?: readonly RegExp[];
  readonly buttons: readonly string[];
  /** Also in the folds. */
  readonly folded?: readonly RegExp[];
};

/** The same for a VM with data disks that can be left out. */
const choosing = (buttons: readonly string[]) => buttons.toSpliced(-1, 0, 'Choose disks');
const ready = ['Protect and back up now', 'Protect only', 'Cancel'];
const warned = ['Protect and back up now', 'Protect only', 'Check again', 'Cancel'];
const anyway = ['Try anyway', 'Protect only', 'Check again', 'Cancel'];
const fixable = ['Give access, protect and back up', 'Give access only', 'Check again', 'Cancel'];
const nothing = ['Check again', 'Close'];
const refused = (vm: string) => new RegExp(`^⛔ (No backup of ${vm}|${vm}( can't be backed up)?): .+$`, 'u');
const takesIt = (vm: string) => new RegExp(`^✅ ${vm} is ready to back up$`, 'u');
const takesItBut = (vm: string) => new RegExp(`^✅ ${vm} is ready to back up, with 1 warning$`, 'u');
const toFix = (vm: string) => new RegExp(`^🔑 ${vm}: Azure Backup (can't copy its disk keys|needs access to .+)$`, 'u');

/** Cases on VMs of their own: all are loaded into the estate together. */
export const ownVms: readonly FurtherCase[] = [
  {
    case: '1 KEK in another key vault than the BEK, access to the first',
    lays: ['kek-in-other-vault'],
    vm: 'vm-case-01',
    title: toFix('vm-case-01'),
    says: [/no access to key vault kv-kek-weu/],
    folded: [
      /get, list and backup on keys/,
      /Azure Backup's access · Azure Backup can read and copy the disk keys in key vault kv-prod-weu/,
    ],
    buttons: choosing(fixable),
  },
  {
    case: '1 … and access to neither: one plan with two parts',
    lays: ['keys-in-two-vaults-without-access'],
    vm: 'vm-case-01b',
    title: toFix('vm-case-01b'),
    says: [/no access to key vault kv-bek-weu and kv-kek-weu/],
    folded: [/^1\. In key vault kv-bek-weu: give [^]*^3\. In key vault kv-kek-weu: give /m],
    buttons: choosing(fixable),
  },
  {
    case: '2 a data disk names another key vault: only that disk fails',
    lays: ['data-disk-elsewhere'],
    vm: 'vm-case-02',
    title: toFix('vm-case-02'),
    says: [/key vault kv-web-weu, but can't copy/],
    saysNot: [/OsDisk/],
    folded: [/Azure Backup's access · Azure Backup can read and copy the disk keys in key vault kv-prod-weu/],
    buttons: choosing(fixable),
  },
  {
    case: '2 … or an old secret',
    lays: ['data-disk-old-secret'],
    vm: 'vm-case-02b',
    title: takesItBut('vm-case-02b'),
    says: [/vm-case-02b-data-1/],
    saysNot: [/OsDisk/],
    buttons: choosing(warned),
  },
  {
    case: '3c public access disabled, bypass absent',
    lays: ['public-access-disabled'],
    vm: 'vm-case-03',
    title: takesIt('vm-case-03'),
    says: [],
    folded: [
      /can read and copy the disk keys in key vault kv-private-weu/,
      /BEK of .*kv-private-weu, and enabled/,
      /KEK kek-disks · The key is in key vault kv-private-weu and enabled/,
    ],
    buttons: choosing(ready),
  },
  {
    case: '4 the KEK version is disabled',
    lays: ['kek-disabled'],
    vm: 'vm-case-04a',
    title: /^⛔ Do NOT restart vm-case-04a: KEK disabled$/u,
    says: [
      /key kek-disks in key vault kv-case-04a .* is disabled/,
      /Azure may refuse the backup \(Microsoft doesn't say\)/,
      /az keyvault key set-attributes .*--enabled true/,
    ],
    buttons: nothing,
  },
  {
    case: '4 the KEK has expired: no block',
    lays: ['kek-expired'],
    vm: 'vm-case-04b',
    title: takesItBut('vm-case-04b'),
    says: [/It still unlocks/],
    buttons: choosing(warned),
  },
  {
    case: '6 18 small ADE disks',
    lays: ['eighteen-disks'],
    vm: 'vm-case-06',
    title: takesItBut('vm-case-06'),
    says: [/18 disks .*the backup is fine, .*a restore doesn't put the encryption settings back automatically/],
    buttons: choosing(warned),
  },
  {
    case: '10 soft-deleted in rsv-test-weu, 9 days left: another vault takes it',
    lays: ['soft-deleted-item'],
    vm: 'vm-case-10',
    title: /^⛔ vm-case-10: backups deleted, gone for good in 9 days$/u,
    says: [/in Recovery Services vault rsv-test-weu were deleted/, /for 9 more days/, /^rsv-prod-weu · /m],
    folded: [
      /Undelete them in rsv-test-weu/,
      /protect the VM in another Recovery Services vault/,
      /rsv-test-weu: has deleted backups of the VM/,
    ],
    buttons: choosing(['Undelete backups…', 'Protect and back up now', 'Protect only', 'Check again', 'Cancel']),
  },
  {
    case: '11 protection stopped, data kept',
    lays: ['protection-stopped'],
    vm: 'vm-case-11',
    title: /^⏹️ Protection of vm-case-11 stopped; backups kept$/u,
    says: [/Resume protection, with the old policy or another one/, /8 recovery points available/],
    buttons: ['Resume backups…', ...nothing],
  },
  {
    case: '15 provisioning state Failed',
    lays: ['provisioning-failed'],
    vm: 'vm-case-15a',
    title: refused('vm-case-15a'),
    says: [/provisioning state is Failed/, /az vm reapply --resource-group rg-app --name vm-case-15a/],
    buttons: nothing,
  },
  {
    case: '15 extensions not allowed',
    lays: ['extensions-not-allowed'],
    vm: 'vm-case-15b',
    title: refused('vm-case-15b'),
    says: [/Extensions are disabled/, /az vm update .*osProfile\.allowExtensionOperations=true/],
    buttons: nothing,
  },
  {
    case: '16 still encrypting: wait, and check again',
    lays: ['still-encrypting'],
    vm: 'vm-case-16a',
    title: /^⚠️ vm-case-16a is still encrypting or decrypting$/u,
    says: [/are being encrypted or decrypted right now\. A backup made now may be hard to restore\./],
    // The recommended button comes first: here the later check.
    buttons: choosing(['Check again', 'Back up anyway', 'Protect only', 'Cancel']),
  },
  {
    case: '16 waits for a restart',
    lays: ['restart-pending'],
    vm: 'vm-case-16b',
    title: takesItBut('vm-case-16b'),
    says: [/waiting for a restart of the VM/],
    folded: [/Restart the VM when that suits, then check again/],
    buttons: choosing(warned),
  },
  {
    case: '17 dual pass: settings in the VM model only',
    lays: ['dual-pass'],
    vm: 'vm-case-17a',
    title: takesItBut('vm-case-17a'),
    says: [/enabled with an Entra application[^]*Kluis doesn't have its secret/],
    folded: [/encrypted inside the VM .*read from the VM's model/],
    buttons: choosing(warned),
  },
  {
    case: '17 deallocated, single pass: settings on the disks only',
    lays: ['deallocated-single-pass'],
    vm: 'vm-case-17b',
    title: /^⚠️ vm-case-17b is off: backup will be crash-consistent$/u,
    says: [/crash-consistent only/],
    folded: [/2 of 2 encrypted inside the VM .*read from the disks/],
    buttons: choosing(warned),
  },
  {
    case: '18 Trusted Launch on a Standard policy',
    lays: ['trusted-launch'],
    vm: 'vm-case-18a',
    title: takesIt('vm-case-18a'),
    says: [/^DefaultPolicy · /m],
    buttons: choosing(ready),
  },
  {
    case: '18 Premium SSD v2: Enhanced policies only',
    lays: ['premium-v2-disk'],
    vm: 'vm-case-18b',
    title: takesIt('vm-case-18b'),
    says: [/^enhanced-4h · /m],
    saysNot: [/^(DefaultPolicy|gold|decade) · /m],
    folded: [/need an Enhanced policy · Ultra or Premium SSD v2: vm-case-18b-data-1\./],
    buttons: choosing(ready),
  },
  {
    case: '18 a shared disk: no policy takes it, and how it is left out',
    lays: ['shared-disk'],
    vm: 'vm-case-18c',
    title: refused('vm-case-18c'),
    says: [
      /doesn't back up shared disks, but an Enhanced policy can leave them out/,
      /enable-for-vm .*vm-case-18c --policy-name <Enhanced policy> --disk-list-setting exclude --diskslist 0/,
    ],
    buttons: choosing(nothing),
  },
  {
    case: '18 a shared disk that the backups leave out',
    lays: ['shared-disk-left-out'],
    vm: 'vm-case-18d',
    title: /^✅ vm-case-18d is protected/u,
    says: [],
    folded: [/expected to succeed/, /Shared disks left out · vm-case-18d-data-1\./],
    buttons: choosing(['Back up now', 'Cancel']),
  },
  {
    case: 'check 8: a confidential VM where Azure has the preview',
    lays: ['confidential-preview'],
    vm: 'vm-case-21b',
    title: /^🔎 vm-case-21b is probably ready; 1 check incomplete$/u,
    says: [/supports those in UK South as a preview/],
    folded: [/RestorePointSupportForConfidentialVMV2/],
    buttons: choosing(['Try anyway', 'Protect only', 'Check again', 'Cancel']),
  },
  {
    case: 'check 8: a confidential VM',
    lays: ['confidential-vm'],
    vm: 'vm-case-21',
    title: refused('vm-case-21'),
    says: [/confidential VM/],
    buttons: ['Close'],
  },
  {
    case: 'check 22: an unmanaged disk',
    lays: ['unmanaged-disk'],
    vm: 'vm-case-22',
    title: refused('vm-case-22'),
    says: [/Azure Backup only supports managed disks/, /az vm convert --resource-group rg-app --name vm-case-22/],
    buttons: nothing,
  },
];

/** Cases on VMs of the estate, or that change the answers for other VMs: each is loaded alone. */
export const estateVms: readonly FurtherCase[] = [
  {
    case: '3a firewall Deny with trusted services',
    lays: [],
    vm: 'vm-lock-01',
    title: takesIt('vm-lock-01'),
    says: [],
    folded: [/can read and copy the disk keys in key vault kv-locked-weu/, /BEK of .*kv-locked-weu, and enabled/],
    buttons: choosing(ready),
  },
  {
    case: '3b firewall Deny with bypass None: no grant',
    lays: [],
    vm: 'vm-shut-01',
    title: refused('vm-shut-01'),
    says: [/firewall of key vault kv-shut-weu/, /--bypass AzureServices/],
    buttons: nothing,
  },
  {
    case: '7 access inherited from the subscription',
    lays: ['access-inherited'],
    vm: 'vm-rbac-01',
    title: takesIt('vm-rbac-01'),
    says: [],
    folded: [/role Key Vault Administrator, inherited from the subscription\./],
    buttons: ready,
  },
  {
    case: '7 access through a group',
    lays: ['access-through-group'],
    vm: 'vm-rbac-01',
    title: takesIt('vm-rbac-01'),
    says: [],
    folded: [/role backup-key-reader, given on the key vault itself, through a group\./],
    buttons: ready,
  },
  {
    case: '8 Key Vault Reader only: the missing actions are named',
    lays: ['key-vault-reader-only'],
    vm: 'vm-rbac-01',
    title: toFix('vm-rbac-01'),
    says: [/kv-rbac-weu/],
    folded: [/kv-rbac-weu: keys\/backup\/action, secrets\/getSecret\/action and secrets\/backup\/action/],
    buttons: fixable,
  },
  {
    case: '8 an assignment with a condition',
    lays: ['access-with-condition'],
    vm: 'vm-rbac-01',
    title: /^🔎 vm-rbac-01 is probably ready; 1 check incomplete$/u,
    says: [/only under a condition \(role backup-key-reader\)/],
    buttons: anyway,
  },
  {
    case: '8 a deny assignment',
    lays: ['access-denied'],
    vm: 'vm-rbac-01',
    title: refused('vm-rbac-01'),
    says: [/a deny assignment on key vault kv-rbac-weu overrides every role/],
    saysNot: [/^Missing:/m],
    buttons: nothing,
  },
  {
    case: '12 protected in a vault that the bot may not read',
    lays: ['vault-not-readable'],
    vm: 'vm-case-12',
    title: /^⛔ vm-case-12 is protected somewhere Kluis can't read$/u,
    says: [/already protected, .*\/vaults\/rsv-test-weu\. A VM can be in one only/, /Ask the owners/],
    buttons: nothing,
  },
  {
    case: '14 the ninth attempt of the UTC day is used',
    lays: ['attempts-used-up'],
    vm: 'vm-app-01',
    title: /^⛔ vm-app-01 can't be backed up: no attempts left today$/u,
    says: [/9 on-demand backups/, /00:00|01:00/],
    buttons: nothing,
  },
  {
    case: 'no agent and no extensions, but a policy that needs neither: only that one is offered',
    lays: ['agentless-policy'],
    vm: 'vm-case-23',
    title: takesIt('vm-case-23'),
    says: [/^crash-only · /m],
    saysNot: [/^(DefaultPolicy|gold|decade|enhanced-4h) · /m],
    folded: [/agent doesn't respond\. It isn't needed: the policy takes crash-consistent snapshots only/],
    buttons: choosing(ready),
  },
  {
    case: '18 a shared disk under the Standard policy that protects it',
    lays: ['shared-disk-protected'],
    vm: 'vm-app-01',
    title: /vm-app-01/u,
    says: [/an Enhanced policy can leave them out/],
    folded: [/decade is a Standard policy/],
    buttons: nothing,
  },
  {
    case: '19 a ReadOnly lock on rg-security: no grant, and why',
    lays: ['key-vaults-locked'],
    vm: 'vm-web-01',
    title: /^⛔ vm-web-01: access to key vault kv-web-weu is missing$/u,
    says: [/Key vault kv-web-weu has a read-only lock, so access can't be granted/],
    buttons: nothing,
  },
  {
    case: '19 a lock on the restore points, of which there are 17',
    lays: ['restore-points-locked', 'seventeen-points'],
    vm: 'vm-app-02',
    title: /vm-app-02 backup will fail tonight: no access/u,
    says: [],
    folded: [/Lock AzureBackupRG_westeurope_1-lock .*\(17 now\).*backups stop at 18/],
    buttons: choosing(['Give access and back up now', 'Give access only', 'Check again', 'Cancel']),
  },
  {
    case: '19 a lock on the second group of restore points, which the policy names: the first one is free',
    lays: ['restore-points-elsewhere-locked'],
    vm: 'vm-app-02',
    title: /vm-app-02 backup will fail tonight: no access/u,
    says: [],
    folded: [/Lock contoso-snapshots-2-weu-lock applies to contoso-snapshots-2-weu,/],
    saysNot: [/AzureBackupRG/],
    buttons: choosing(['Give access and back up now', 'Give access only', 'Check again', 'Cancel']),
  },
  {
    case: '20 the key vault is soft-deleted: recover first, then access again',
    lays: ['key-vault-deleted'],
    vm: 'vm-rbac-01',
    title: /^⛔ Do NOT restart vm-rbac-01: key vault deleted, backups fail$/u,
    says: [
      /az keyvault recover --name kv-rbac-weu/,
      /Check again: access policies come back with it, role assignments don't/,
    ],
    buttons: ['Request approval', 'Check again', 'Cancel'],
  },
  {
    case: '20 the VM was made again under its old name',
    lays: ['vm-made-again'],
    vm: 'vm-app-01',
    title: /^⚠️ vm-app-01 has NO backup; only an earlier VM has$/u,
    says: [/continues under the old backup item; the next backup is the first of this VM/],
    folded: [/Back up now\./],
    buttons: choosing(['Back up now', 'Check again', 'Cancel']),
  },
];
