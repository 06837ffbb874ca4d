/** Registering a resource provider, in English. */
export const providerEn = {
  'button.register-provider+grant-key-vault-access+protect+back-up-now': 'Register, give access, back up',
  'button.register-provider+grant-key-vault-access+back-up-now': 'Register, give access, back up',
  'button.register-provider+protect+back-up-now': 'Register, protect and back up',
  'button.register-provider+back-up-now': 'Register and back up now',
  'button.register-provider': 'Register only',
  'button.register-provider-first': 'Register Azure Backup',
  'register.reach':
    "The subscription isn't registered for Azure Backup yet. Registering applies to the whole subscription, costs nothing and takes a few minutes.",
  'register.after': 'The rest runs automatically once Azure is done.',
  'plan.register-provider': 'Register {provider} in the subscription of {vms}, and wait until Azure is done',
  'phase.register-provider': 'Azure Backup registered',
  'phase.register-provider-now': 'Registering Azure Backup',
  'progress.now-register-provider': 'Registering Azure Backup',
  'closing.register-provider': 'Azure Backup is registered',
  'registered.provider': 'Resource provider',
  'registered.state': '{provider}: registered, confirmed',
  'failed.register-provider': 'Azure Backup NOT registered: {cause}',
  'failed.kluis-registers': 'Check again: the next card offers to register it.',
  'ping.register-provider': 'Azure Backup is registered',
  'may.register-provider': 'register a resource provider',
  'link.subscription': 'Open the subscription',
  'trouble.register-forbidden': 'Kluis lacks permission',
  'trouble.subscription-disabled': 'the subscription is disabled',
  'trouble.still-registering': "Azure isn't done yet",
  'register.guide-forbidden':
    'Assign the role {role} to the operating identity on the subscription, or have an Owner or Contributor of the subscription run this. Then check again.',
  'register.guide-disabled':
    'Azure takes no changes in a disabled subscription. Have its owner or the billing administrator enable it again, then check again.',
  'register.guide-slow':
    'Azure accepted it, and is still registering after 30 minutes. Check again later; if it stays like this, open a support request with Microsoft.',
} as const;
