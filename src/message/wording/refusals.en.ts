import type { RefusalCode } from '../../core/refusal.ts';

/** Why something was not done, and what was not found, in English. */
export const refusalsEn = {
  'refusal.outdated-card': 'This card is out of date. Nothing was done.',
  'refusal.dialog-closed': 'This has ended already. Nothing was done.',
  'refusal.not-offered': 'That answer is not among the choices. Nothing was done.',
  'refusal.not-allowed': 'You may not do this here. Nothing was done.',
  'refusal.denied-by-rule': 'A rule in kluis.yaml does not allow this. Nothing was done.',
  'refusal.needs-approval':
    'This takes an approval by somebody else, and Kluis cannot ask for one yet. Nothing was done.',
  'refusal.bad-name':
    'That is no name of a VM. It has at most 64 letters, digits, hyphens, dots or underscores; a group and name (rg-app/vm-app-01), an Azure id or a portal link work too.',
  'refusal.name-too-long': 'That name is too long: a VM name has at most 64 characters.',
  'refusal.too-many-names': 'At most 50 VMs at a time, please. Nothing was done.',
  'refusal.unreadable-click': 'What this button sent could not be read. Nothing was done; please try again.',
  'refusal.unknown-dialog': 'Kluis does not know the conversation of this card any more. Nothing was done.',
  'refusal.not-looked-yet':
    'What you chose is looked at first. Nothing was started; choose again when this card shows it.',
  'refusal.got-worse': 'Something has changed since this card was drawn. Nothing was done; this is how it stands now.',
  'refusal.revived': 'Kluis was updated since this card was drawn. Nothing was done; please answer this once more.',
  'refusal.policy-of-another-vault':
    'The policy and the Recovery Services vault do not belong together. Choose the policy again. Nothing was done.',
  'refusal.job-not-running': 'No such backup is running any more. Nothing was done.',
  'refusal.not-trusted-now':
    'Kluis cannot trust its database, its identities or its clock right now, so nothing is started. What runs already is not affected.',

  'refusal.not-linked':
    'Kluis does not know who you are in Microsoft Entra ID, so you may look here and start nothing. Nothing was done.',
  'link.sign-in': 'Sign in once, within ten minutes, and try again.',
  'link.ask': 'Ask an administrator to link you in kluis.yaml.',
  'link.yet-title': 'You can look here, not start anything yet',
  'link.yet': 'Kluis does not know yet who you are in Microsoft Entra ID.',
  'link.title': 'Link your account',
  'link.whom':
    'Whoever signs in now is from then on the Slack member {name} ({id}) to Kluis. If that is not you, close this page.',
  'link.button': 'Sign in with Microsoft',
  'link.done': 'Done: to Kluis you are {name}. Go back to Slack and try again.',
  'link.expired': 'This link cannot be used any more. Press the button in Slack once more to get a new one.',
  'link.taken': 'That account is linked to another Slack member already. An administrator can change it in kluis.yaml.',
  'link.failed': 'The sign-in did not come to its end. Press the button in Slack once more to get a new link.',
  'form.not-opened': 'The form did not open. Nothing was done; please press the button once more.',
  'link.look-around':
    'Kluis does not know yet who you are in Microsoft Entra ID. You may look at everything here; as soon as you start something, you are told how to be linked.',
  'command.elsewhere': 'I answer in our own direct messages: I am not in this conversation.',
  'invite.title': 'Invite Kluis first: /invite @Kluis',
  'invite.text':
    'Nothing was done. Kluis is not in this channel: it can show things here, but nobody could press anything. Invite it and ask again, or write to it directly.',
  'thread.cannot-write':
    'Kluis may not write in that channel, so nothing was done. Invite it there and ask once more: {asked}',

  'refused.changed-since': 'Something happened since it was drawn: {what}.',
  'refused.may-not': 'You may not {what}. Nothing was done.',
  'refused.asker-unlinked': '{who} is not linked yet.',
  'refused.asker-may-not': '{who} may look here, but not {what}.',
  'refused.needs-role': 'That takes the role {role}. Ask: {who}.',
  'refused.needs-role-nobody':
    'That takes the role {role}, which nobody holds here. An administrator sets it in kluis.yaml.',
  'ruled.denied': 'A rule in kluis.yaml lets nobody {what} ({on}).',
  'ruled.denied-by': 'The rule is about {rule}. Azure itself would allow it.',
  'ruled.denied-everywhere': 'The rule is about everything. Azure itself would allow it.',
  'ruled.unread': 'Kluis could not read this: {unread}. So it takes the rule to apply.',
  'ruled.approvals':
    '{approvals, plural, one {A second person must approve} other {# other people must approve}} to {what} ({on}).',
  'ruled.not-built':
    'Kluis cannot ask for approvals yet, so nobody can start this here. Whoever has the rights can do it in Azure; an administrator can change the rules in kluis.yaml.',
  'ruled.everything': 'everywhere',
  'refused.taken-over-by': 'Taken over by {who}.',
  'refused.expired':
    'This dialog has expired after {hours, plural, one {# hour} other {# hours}}. Nothing was changed.',
  'refused.closed-text': 'Opened again, it keeps the answers that still hold.',
  'refused.cancelled': 'Cancelled. Nothing was changed.',
  'refused.fault': 'Something broke inside Kluis. Nothing more was done.',
  'refused.who-unknown': 'Slack did not tell in time who you are. Nothing was done: try again.',
  'refused.azure-denied': 'Azure does not let Kluis read {what}: {action} is missing.',

  'state.answered': 'somebody has answered already',

  'may.protect': 'switch on protection',
  'may.back-up': 'start a backup',
  'may.grant': 'give access to a key vault',
  'may.cancel': 'cancel this backup',
  'may.look': 'look at backups here',
  'role.viewer': 'viewer',
  'role.operator': 'operator',
  'role.approver': 'approver',
  'role.admin': 'administrator',
  'role.auditor': 'auditor',

  'pointer.title': 'This card has moved',
  'pointer.text': 'The live one stands further down in this conversation.',

  'find.none': 'No VM called {name} was found',
  'find.none-read': 'No VM called {name} was found in what could be read',
  'find.none-nearest': '{count, plural, one {Did you mean this one?} other {Did you mean one of these?}}',
  'find.none-text':
    'Kluis looked in {count, plural, one {# subscription} other {# subscriptions}}; the list is of {at}. A new VM shows up within 5 minutes, a classic one only with the role classic-reader.',
  'find.mistyped': 'No VM called {name} was found. Did you mean {command}?',
  'find.several': '{count, number} VMs are called {name}. Which one?',
  'find.row': '{region} · {state}',
  'find.row-protected': 'protected',
  'find.row-not-protected': 'not protected',
  'find.row-classic': 'classic, retired',
  'find.no-word': 'Say which VM, please: {example}',
  'find.no-job': "Say which job, please: backup job vm-name, or the first eight characters of the job's id",

  'command.unknown': 'Kluis does not know the command {command}',
  'command.not-yet': '{command} is not built yet',
  'command.delete':
    "Kluis does not delete backups; that is done in the Azure portal, at the VM's backup item, with Stop backup",
  'command.lists': 'Say which VMs, or look at all of them in a list',
  'command.lists-text': 'Kluis backs up the VMs that are named, at most {most, number} at a time.',
  'command.retain-missing': 'How long to keep it is missing. Write for example retain 30d, 8w, 6m or 1y.',
  'command.retain-bad': 'How long to keep it was not understood: {given}. Write for example retain 30d, 8w, 6m or 1y.',
  'command.retain-range': 'A backup made now can be kept from 1 day to 99 years. {given} is outside that.',
  'command.too-long': 'That message is too long for a command.',
} as const satisfies Readonly<Record<`refusal.${RefusalCode}`, string>> & Readonly<Record<string, string>>;
