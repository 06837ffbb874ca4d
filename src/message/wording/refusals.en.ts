import type { RefusalCode } from '../../core/refusal.ts';

/** Why something was not done, and what was not found, in English. */
export const refusalsEn = {
  'refusal.outdated-card': 'This card is out of date. Nothing was done.',
  'refusal.first-step': 'This is the first step. Nothing was done.',
  'refusal.dialog-closed': 'This is already closed. Nothing was done.',
  'refusal.not-offered': "That answer isn't one of the choices. Nothing was done.",
  'refusal.not-allowed': "You can't do this here. Nothing was done.",
  'refusal.read-only': 'Kluis is read-only here: it starts nothing. Nothing was done.',
  'refusal.not-from-channel': "This can't be started from this channel. Nothing was done.",
  'refusal.denied-by-rule': "A rule in kluis.yaml doesn't allow this. Nothing was done.",
  'refusal.too-few-approvals': 'No rule in kluis.yaml demands enough approvals for this. Nothing was done.',
  'refusal.needs-approval': "This needs someone else's approval. Nothing was done.",
  'refusal.lacks-azure-role': "You don't have the role in Azure that this needs. Nothing was done.",
  'refusal.azure-role-conditional': 'Your role in Azure is assigned under a condition only. Nothing was done.',
  'refusal.denied-in-azure': 'A deny assignment in Azure blocks this for you. Nothing was done.',
  'refusal.azure-roles-unread': "Kluis couldn't read your roles in Azure. Nothing was done.",
  'refusal.not-in-entra': "Kluis doesn't know who you are in Microsoft Entra ID. Nothing was done.",
  'refusal.bad-name':
    "That isn't a valid VM name. Use the name, group/name (rg-app/vm-app-01), an Azure ID or a portal link.",
  'refusal.not-the-name': "That isn't the name of the VM. Nothing was done.",
  'refusal.name-too-long': 'That name is too long: a VM name has at most 64 characters.',
  'refusal.too-many-names': 'The limit is 50 VMs at a time. Nothing was done.',
  'refusal.unreadable-click': "That button didn't work. Nothing was done; try again.",
  'refusal.unknown-dialog': 'Kluis no longer knows the request this card belongs to. Nothing was done.',
  'refusal.not-looked-yet':
    'Kluis has to check your choice first. Nothing was started; choose again when this card shows it.',
  'refusal.lookup-given-up':
    'Kluis gave up on this after {tries, number} attempts that never ended. Nothing was started. Ask for less at once, such as one VM, and tell whoever runs Kluis: its log says what it was reading.',
  'refusal.got-worse': 'Something changed after this card was posted. Nothing was done; this is the current state.',
  'refusal.revived': 'Kluis was updated after this card was posted. Nothing was done; please answer again.',
  'refusal.policy-not-created': "The new policy wasn't created; its own card says why. Nothing else was done.",
  'refusal.policy-of-another-vault':
    "That policy isn't in that Recovery Services vault. Choose the policy again. Nothing was done.",
  'refusal.job-not-running': 'That backup is no longer running. Nothing was done.',
  'refusal.files-deleted':
    "This restore can't continue without its files. They are being deleted, or were: start another restore. Nothing was done.",
  'refusal.restore-goes-on':
    'This restore is running again and needs its files. Delete them when it has ended. Nothing was done.',
  'refusal.not-trusted-now':
    "Kluis starts nothing right now. It can't rely on its database, its identities or its clock; anything already running isn't affected.",

  'refusal.request-closed':
    'This request is already {state, select, approved {approved} denied {denied} expired {expired} withdrawn {withdrawn} revoked {revoked} superseded {over, since the plan changed} refused {over, refused at its start} started {approved, and the work has started} other {closed}}. Your decision was not counted.',
  'refusal.not-your-request': 'Only the person who asked can withdraw this request. Nothing was done.',
  'refusal.own-request': "You asked for this, so you can't approve or deny it. Use Withdraw to end it.",
  'refusal.not-your-start': 'Only the person who asked can start this. Nothing was done.',
  'refusal.own-review': 'You asked for this, so someone else has to review it. Nothing was noted.',
  'refusal.changed-it': "You changed this plan last, so you can't decide on it. Nothing was counted.",
  'refusal.voted-already': 'You have already approved this. One person counts once.',
  'refusal.not-needed': 'This needs the approval of others now; the card says whose. Nothing was counted.',
  'refusal.not-approver': "You're not an approver for this. Nothing was counted.",
  'refusal.no-guests': "Guests can't decide on requests. Nothing was counted.",
  'refusal.other-plan': 'This plan changed after the card was posted. Nothing was counted; open the current card.',
  'refusal.unreadable-plan':
    "This release of Kluis can't read that plan. Nothing was counted; deny or withdraw it, and ask again.",
  'refusal.ticket-missing':
    'This needs a ticket: kluis.yaml requires one. Add it on the card and ask again; nothing was requested.',
  'refusal.ticket-wrong': "{ticket} doesn't match the ticket format in kluis.yaml. Nothing was requested.",
  'refusal.not-break-glass':
    "You can't break the glass here. Your role doesn't allow this, or kluis.yaml doesn't name you for it. Nothing was done.",
  'refusal.no-reviewer':
    'Nobody could review this afterwards. Besides you and those who asked for it, kluis.yaml names no approver and no administrator. Nothing was started.',
  'refusal.own-break-glass': 'You broke the glass, so someone else has to review it. Nothing was noted.',
  'refusal.break-glass-name': 'That is not the name on the card. Type it exactly as shown. Nothing was started.',
  'refusal.break-glass-reason': 'Say why it cannot wait. Nothing was started.',
  'refusal.break-glass-limit':
    "This month's limit for break-glass is reached. kluis.yaml sets it (breakGlass, perMonth). Nothing was started.",
  'refusal.exception-reason': 'Say why the exception is needed. Nothing was requested.',
  'refusal.restore-reason': 'Say why you want to restore. Approvers and the audit log see it. Nothing was requested.',
  'refusal.drills-date': 'Choose a later day, at most 366 days ahead. Nothing was requested.',
  'refusal.standing-not-enough':
    'Too few of those who allowed it may approve this drill. Its rules ask for {approvals, plural, one {# approval} other {# approvals}}.',
  'refusal.exception-date': 'Choose a later day, at most 90 days ahead. Nothing was requested.',
  'refusal.reason-missing': 'Say why you deny it. Nothing was counted.',
  'refusal.bad-day': '{given} is not a date. Write it as 2026-11-20.',
  'refusal.no-such-restore':
    "{wish, select, files {Single files can't be restored here. Restore the disks and attach one to another VM; with Azure Disk Encryption that VM needs the keys too.} region {A restore stays in its region. With copies in two regions, Azure can restore to the other one: do that in the Azure portal.} zone {A restore can't go to another zone here. Azure refuses that with Azure Disk Encryption; for other VMs use the Azure portal.} other {A restore stays in its subscription. Azure refuses another one with Azure Disk Encryption; for other VMs use the Azure portal.}}",
  'refusal.staging-shut':
    'This storage account allows only disks. It is behind a firewall, where Kluis may not be able to read what makes a VM: restore only the disks, or choose another account.',
  'refusal.bad-vm-name':
    'A VM cannot have this name. Use up to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit.',
  'refusal.vm-name-taken': 'That name is taken. The resource group has a VM of that name already: choose another.',
  'refusal.subnet-full':
    'That subnet is full. {subnet} has no free address: choose another one, or free an address in it.',
  'refusal.size-without-ade':
    "That size doesn't fit. Azure Disk Encryption can't be used in {size}: it takes no Basic, A-series, v6 or later size, and none under 2 GB of memory.",
  'refusal.no-account':
    'Microsoft Entra ID has no enabled account for you. It is disabled or deleted, or in another tenant. Nothing was done.',
  'refusal.not-linked': "Kluis doesn't know who you are in Microsoft Entra ID. Nothing was done.",
  'link.sign-in': 'Sign in once, within ten minutes, and try again.',
  'link.first': 'Sign in once to view anything here. The button gets you a link.',
  'link.ask': 'Ask an administrator to link you in kluis.yaml.',
  'link.yet-title': "You can view things here, but can't start anything yet",
  'link.yet': "Kluis doesn't know yet who you are in Microsoft Entra ID.",
  'link.title': 'Link your account',
  'link.whom':
    "From now on, Kluis treats the person who signs in here as the Slack member {name} ({id}). If that isn't you, close this page.",
  'link.button': 'Sign in with Microsoft',
  'link.done': 'Done: Kluis knows you as {name}. Go back to Slack and try again.',
  'link.expired': 'This link no longer works. Select the button in Slack again to get a new one.',
  'link.taken': 'That account is already linked to another Slack member. An administrator can change it in kluis.yaml.',
  'link.failed': "Sign-in wasn't completed. Select the button in Slack again to get a new link.",
  'install.title': 'Kluis in Slack',
  'install.done': 'Done: Kluis is in the workspace {name}. In a channel there: /invite @Kluis, then /backup help.',
  'install.foreign':
    "Kluis isn't set up for this workspace, so it wasn't installed there. An administrator of Kluis can list it in KLUIS_SLACK_WORKSPACES.",
  'install.expired':
    "This installation was completed already, took too long, or was begun in another browser. Begin again at /slack/install if Kluis isn't in the workspace yet.",
  'install.failed': "The installation wasn't completed, and nothing was kept. Begin again at /slack/install.",
  'form.not-opened': "The form didn't open. Nothing was done; try the button again.",
  'link.look-around':
    "Kluis doesn't know yet who you are in Microsoft Entra ID. You can view everything here; when you start something, you'll be told how to link your account.",
  'command.elsewhere': "Kluis isn't in this conversation, so it answers in its direct messages with you.",
  'invite.title': 'Invite Kluis first: /invite @Kluis',
  'invite.text':
    "Nothing was done. Kluis isn't in this channel: it could show things here, but the buttons wouldn't work. Invite it and ask again, or write to it directly.",
  'thread.cannot-write':
    "Kluis isn't in that channel, so nothing was done. Invite it (/invite @Kluis) and try again: {asked}",

  'refused.changed-since': 'Something happened after it was posted: {what}.',
  'refused.may-not': "You can't {what}. Nothing was done.",
  'refused.asker-no-account': 'Microsoft Entra ID has no enabled account for {who}.',
  'refused.asker-unlinked': "{who} isn't linked yet.",
  'refused.you-may-not': "You can view this, but you can't {what}.",
  'refused.asker-may-not': "{who} can view this, but can't {what}.",
  'refused.needs-role': 'This needs the {role} role. Ask {who}.',
  'refused.needs-role-nobody':
    'This needs the {role} role, which nobody has here yet. The people who run Kluis give it under roles in kluis.yaml.',
  'ruled.denied': 'Blocked by a rule: {what}{named, select, yes { ({on})} other {}}.',
  'ruled.denied-by':
    'The rule is the one for {rule} in kluis.yaml, which an administrator can change. Azure itself would allow it.',
  'ruled.denied-everywhere':
    'The rule in kluis.yaml covers everything; an administrator can change it. Azure itself would allow it.',
  'ruled.unread': "Kluis couldn't read this: {unread}. So it assumes that the rule applies.",
  'ruled.approvals':
    '{approvals, plural, one {Needs approval} other {Needs # approvals}}: {what}{named, select, yes { ({on})} other {}}.',
  'ruled.too-few':
    'Only with a rule that demands {approvals} approvals or more: {what}{named, select, yes { ({on})} other {}}.',
  'ruled.too-few-line': 'The people who run Kluis can add to rules in kluis.yaml: {line}',
  'ruled.by-command': 'Type the command instead: its card lets you request approval.',
  'ruled.read-only': 'Kluis is read-only here: it starts nothing.',
  'ruled.not-from-channel': 'Not from this channel: {what}{named, select, yes { ({on})} other {}}.',
  'ruled.elsewhere':
    'kluis.yaml limits what can be started here (channels, operations). Start it in a personal chat with Kluis or in another channel.',
  'azure.demanded': "Under a rule in kluis.yaml, this needs the person's own role in Azure.",
  'azure.lacks': 'Missing on {scope}: {role}, or another role with {actions}. Ask the people who manage access there.',
  'azure.conditional':
    "On {scope}, a role with {actions} is assigned under a condition only, and Kluis doesn't count those. {role} is needed without a condition.",
  'azure.denied':
    'On {scope}, a deny assignment blocks {actions}, so no role helps. Ask the people who manage access there.',
  'azure.unread':
    "Kluis couldn't read the roles in Azure, so nothing is started. Try again in a minute. If it stays that way, an administrator can check with the doctor whether Kluis can read role assignments.",
  'azure.not-in-entra':
    "Kluis doesn't know who this is in Microsoft Entra ID. An administrator can add the person to kluis.yaml (people).",
  'refused.taken-over-by': 'Taken over by {who}.',
  'asked-by': 'Asked by {who}',
  'closed.by': 'Closed by {who}, {at}. Nothing was changed.',
  'closed.expired': 'Closed {at}: unused for {hours, plural, one {# hour} other {# hours}}. Nothing was changed.',
  'closed.unread': '{about}: closed before it was read',
  'refused.closed-text': 'If you reopen it, answers that still apply are kept.',
  'refused.fault': 'Something went wrong in Kluis. Nothing more was done. Reference: {reference}',
  'refused.who-unknown': "Slack didn't say in time who you are. Nothing was done; try again.",

  'state.answered': 'someone has already answered',

  'may.protect': 'protect VMs',
  'may.back-up-now': 'start a backup',
  'may.grant-key-vault-access': 'give access to a key vault',
  'may.cancel-job': 'cancel this backup',
  'may.view': 'view backups here',
  'role.viewer': 'viewer',
  'role.operator': 'operator',
  'role.approver': 'approver',
  'role.admin': 'administrator',
  'role.auditor': 'auditor',

  'pointer.title': 'This card has moved',
  'pointer.text': 'The current card is further down.',

  'find.none': 'No VM called {name} was found',
  'find.none-read': 'No VM called {name} in what could be read',
  'find.none-nearest': '{count, plural, one {Did you mean this one?} other {Did you mean one of these?}}',
  'find.none-text':
    'Searched {count, plural, one {# subscription} other {# subscriptions}} (list from {at}; new VMs appear within 5 minutes; classic VMs only if Kluis has the classic-reader role).',
  'find.mistyped': 'No VM called {name} found. Did you mean {command}?',
  'find.several': '{count, number} VMs are called {name}. Which one?',
  'find.row-protected': 'protected',
  'find.row-not-protected': 'not protected',
  'find.row-classic': 'classic, retired',
  'find.no-word': 'Add the name of a VM: {example}',
  'find.no-job': 'Add the name of a VM: backup job vm-name',
  'find.no-job-text': "Or the first eight characters of a job's ID.",

  'command.unknown': "Kluis doesn't know the command {command}",
  'command.unknown-long': "Kluis doesn't know that command",
  'command.typed': 'You typed: {command}',
  'word.nothing-open': 'Nothing is open here',
  'word.nothing-open-text':
    'To cancel a running backup, type backup cancel. A request for approval is withdrawn on its card.',
  'word.back': 'One step back: {about}',
  'word.cancel': 'Closed: {about}',
  'word.again': 'Checking again: {about}',
  'word.answer': 'Answered: {about}',
  'command.delete': "Kluis doesn't delete backups",
  'command.delete-text': "Do that in the Azure portal, on the VM's backup item, with Stop backup.",
  'command.lists': 'Name the VMs, or view all of them in a list',
  'command.lists-text': 'Kluis backs up the VMs you name, at most {most, number} at a time.',
  'command.retain-missing': 'How long should it be kept? Try retain 30d, 8w, 6m or 1y.',
  'command.retain-bad': '"{given}" isn\'t a valid retention. Try retain 30d, 8w, 6m or 1y.',
  'command.retain-range': 'A backup made now can be kept from 1 day to 99 years. {given} is outside that.',
  'command.too-long': 'That message is too long for a command.',
} as const satisfies Readonly<Record<`refusal.${RefusalCode}`, string>> & Readonly<Record<string, string>>;
