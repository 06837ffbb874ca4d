/** What a plan will do, line by line, and what can go wrong on our side, in English. */
export const planEn = {
  'plan.grant-policies':
    'In key vault {keyVault}: add {rights} to what "Backup Management Service" may do, by one access policy entry',
  'plan.grant-roles': 'On key vault {keyVault}: give "Backup Management Service" the role {role}',
  'plan.rights-keys': '{rights} on keys',
  'plan.rights-secrets': '{rights} on secrets',
  'plan.grant-wait':
    'Read it back, and wait until it is in force: up to {minutes, plural, one {# minute} other {# minutes}}',
  'plan.protect': 'Protect {vm} in {vault} with the policy {policy}',
  'plan.back-up': 'Back up {vm} at once, kept until {until}',
  'plan.back-up-join': 'Follow the backup of {vm} that is running already; no second one is started',
  'plan.verify': 'Look at the recovery point that was made, and report here',

  'trouble.job-vanished': 'Azure took the backup on, but its job cannot be found',
  'trouble.vm-vanished': 'the VM is not there any more',
  'trouble.key-vault-changed': 'the key vault has changed since the card was drawn',
  'trouble.key-vault-vanished': 'the key vault is not there any more',
  'trouble.not-shown-after-grant': 'the access was sent, but does not show when read back',
  'trouble.azure-silent': 'Azure did not answer',
  'trouble.protected-otherwise': 'it has been protected with another policy meanwhile',
  'trouble.protection-stopped': 'its protection has been stopped or deleted meanwhile, and that is not undone here',
  'trouble.no-grant-identity': 'Kluis has no identity that may give access',
  'trouble.not-allowed-any-more':
    'a role, a group or a rule changed after the click, and whoever asked for it may not do it any more',
} as const;
