/** What a plan will do, line by line, and what can go wrong on our side, in English. */
export const planEn = {
  'plan.grant-policies':
    'In key vault {keyVault}: give "Backup Management Service" {count, plural, one {this permission} other {these permissions}}: {rights}',
  'plan.grant-roles': 'On key vault {keyVault}: give "Backup Management Service" the role {role}',
  'plan.rights-keys': '{rights} on keys',
  'plan.rights-secrets': '{rights} on secrets',
  'plan.grant-wait':
    'Confirm it and wait until it takes effect: up to {minutes, plural, one {# minute} other {# minutes}}',
  'plan.protect': 'Protect {vm} in {vault} with the policy {policy}',
  'plan.back-up': 'Back up {vm} immediately, kept until {until}',
  'plan.back-up-join': "Follow the backup of {vm} that's already running; no second one is started",
  'plan.verify': 'Check the recovery point and report here',

  'trouble.program-fault': 'Kluis itself failed at this step',
  'trouble-why.program-fault':
    "It tried several times. What Azure did isn't known: look there before you try again. The error is in Kluis's log.",
  'trouble.job-vanished': "its job can't be found",
  'trouble-why.job-vanished': "How it ended isn't known. Check the VM's jobs before you try again.",
  'trouble.operation-forgotten': 'Azure no longer knows of it',
  'trouble-why.operation-forgotten':
    "Azure accepted the request, but shows no operation, no job and no effect of it. Check again, and check the VM's jobs, before you try again.",
  'trouble.vm-vanished': 'the VM no longer exists',
  'trouble.key-vault-changed': 'the key vault changed in the meantime',
  'trouble.key-vault-vanished': 'the key vault no longer exists',
  'trouble.not-shown-after-grant': "access was given, but Azure doesn't show it",
  'trouble.protected-otherwise': 'someone protected it in another way',
  'trouble-why.protected-otherwise':
    'In the meantime someone protected it with another policy or other disks. Kluis left that as it is.',
  'trouble.backups-vanished': 'its backups are no longer there',
  'trouble.protection-stopped': 'its protection was stopped or deleted',
  'trouble-why.protection-stopped': "That happened in the meantime, and Kluis doesn't undo it.",
  'trouble.no-grant-identity': 'Kluis has no identity that can give access',
  'trouble.template-not-closed': 'the template does what a drill must not',
  'trouble-why.template-not-closed': "The template has something that Kluis doesn't allow in a drill.",
  'trouble.read-only-now': 'Kluis is read-only now',
  'trouble-why.read-only-now': 'Kluis has been set to read-only since: it writes nothing and deletes nothing.',
  'trouble.not-allowed-any-more': 'no longer allowed',
  'trouble-why.not-allowed-any-more':
    "After the click a role, a group, a rule or the channel's list of operations changed.",
} as const;
