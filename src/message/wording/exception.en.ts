/** Exceptions to the rule on the KEK, in English. */
export const exceptionEn = {
  'button.ask-exception': 'Ask for an exception…',
  'button.exception': 'Allow it without a KEK',
  'exception.title': 'Allow {vm} to be backed up without a KEK?',
  'exception.why':
    'Your rule asks for a key encryption key (KEK) around the disk keys (BEK); this VM has none. An exception holds for this VM only and ends on its day.',
  'exception.reason': 'Why it is needed',
  'exception.until': 'Until which day (YYYY-MM-DD, at most {days} days ahead)',
  'exception.note':
    'Nothing is changed in Azure or on the VM. Once it is allowed, the VM can be protected and backed up.',
  'exception.until-fact': 'Until',
  'exception.holds': '{vm} may be backed up without a KEK',
  'exception.holds-until': 'Allowed without KEK until {until}, by {by}.',
  'exception.not-needed': "Your rule doesn't stop {vm}",
  'exceptions.heading': 'Allowed without a KEK',
  'exceptions.row': 'until {until}, by {by}',
  'plan.exception': 'Allow {vm} without a KEK until {until}',
  'phase.exception': 'Exception noted',
  'progress.now-exception': 'Noting the exception for {vm}',
  'closing.exception': '{vm} is allowed without a KEK',
  'failed.exception': 'The exception for {vm} was NOT noted: {cause}',
  'ping.exception': '{vm} is allowed without a KEK',
  'may.exception': 'allow a VM without a KEK',
  'help.exception': 'ask for an exception to your rule on the KEK',
} as const;
