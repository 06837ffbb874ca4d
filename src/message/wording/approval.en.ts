/** Requests for approval, in English. */
export const approvalEn = {
  'button.ask-approval': 'Request approval',
  'button.ask-approval-to': 'Request approval: {what}',
  'button.approve': 'Approve',
  'button.deny': 'Deny',
  'button.begin': 'Start',
  'button.withdraw': 'Withdraw',
  'button.ask-anew': 'Ask again',

  'button.break-glass': 'Break glass…',
  'glass.title': '{vm}: start without approval?',
  'glass.why':
    "{who} asked for this, and {needed, plural, one {one approval is} other {# approvals are}} still missing. Break the glass only if it can't wait.",
  'glass.vm': '{count, plural, one {Name of the VM} other {Names of the VMs, in this order}}, exactly as above',
  'glass.vm-missing': "Type the VM's name.",
  'glass.reason': "Why it can't wait",
  'glass.reason-missing': "Say why it can't wait.",
  'glass.go': 'Break glass and start',
  'glass.note':
    'It starts at once, without the approvals. Everyone who was asked is told your name and reason, and an approver reviews it afterwards.',
  'glass.left': 'Break-glass: {left} of {perMonth} left this month',
  'glass.none-left': 'Break-glass: 0 of {perMonth} left until {day}',
  'glass.form-closed': 'Closed: nothing was started by break-glass',
  'glass.form-closed-text': 'The request still waits for approval.',
  'glass.open': 'The form is below.',
  'glass.starting': '{vm}: starting by break-glass',
  'glass.refused': '{vm}: break-glass, but refused at its start',
  'glass.to-review': '{vm}: started by break-glass, not reviewed',
  'glass.closed': '{vm}: started by break-glass, reviewed',
  'glass.why-started':
    '{who} asked for this. It was started without the approvals{reviewed, select, yes {, and has been reviewed} other {; an approver has to review that}}.',
  'glass.line-review':
    "The requester and the person who broke the glass can't review it. Approvers are reminded every day.",
  'glass.broken': 'Glass broken by {name}, {at}',
  'glass.reviewed': 'Reviewed by {name}, {at}',
  'glass.note-label': 'Note',
  'glass.review': 'Close the review',
  'glass.on-card':
    '{name} started this by break-glass. {reviewed, select, yes {Reviewed by {by}.} other {Not reviewed yet.}} Reason: {reason}',
  'glass.by': 'break-glass by {name}',
  'glass.told':
    '{name} broke the glass: {vm} starts without approval ({approved} of {needed}). Reason: {reason} An approver has to review this on the card.',
  'glass.remind':
    '{vm} was started by break-glass by {name}, {at}, and isn\'t reviewed yet. Type "backup approvals" to review it.',
  'glass.row': 'started by break-glass by {name}, {at} · to be reviewed',
  'requests.title-reviews':
    'For you: {approvals, plural, =0 {} other {# to approve, }}{reviews, plural, one {# break-glass} other {# break-glasses}} to review',

  'request.asks': '{approvals, plural, one {One other person has} other {# other people have}} to approve this first.',
  'request.approved': '{vm}: approved, starting',
  'request.held': '{vm}: approved, not started yet',
  'request.objected': '{vm}: approved, but Azure refuses it now',
  'request.denied': '{vm}: denied',
  'request.denied-by': '{vm}: denied by {who}',
  'request.expired': '{vm}: nobody approved it in time',
  'request.unused': '{vm}: approved, but not started in time',
  'request.refused': '{vm}: approved, but refused at its start',
  'request.withdrawn': '{vm}: request withdrawn',
  'request.revoked': '{vm}: approval revoked',
  'request.revoked-by': '{vm}: approval revoked by {who}',
  'request.superseded': '{vm}: request out of date, nothing started',
  'request.started': '{vm}: approved and started',
  'request.unreadable': "Kluis was updated and can't read this request",
  'request.why': 'Nothing has started yet.',
  'request.why-quiet': 'For your information; others decide.',
  'request.why-approved': '{who} asked for this.',
  'request.why-closed':
    '{who} asked for this. {started, select, yes {It was approved and started.} other {Nothing was changed.}}',
  'request.why-superseded':
    '{who} asked for this. What it relies on has changed since, so nothing was started. It can be requested again.',
  'request.why-unreadable':
    '{who} asked for this, and another release of Kluis stored it. {open, select, yes {Deny or withdraw it, then ask again.} other {Nothing was changed; ask again.}}',
  'request.line': 'One denial closes the request.',
  'request.approvals': 'Approved',
  'request.stands': '{approved} of {needed} · until {until}',
  'request.why-fact': 'Reason',
  'request.why-for': 'Optional; approvers see it',
  'request.all-steps': '{count, plural, one {The step} other {All # steps}}',
  'request.effects': 'What it does',
  'request.changes': 'Changed since the earlier request',
  'request.unreached':
    'Not asked in person: {who}. {because, select, refused {Slack refused a direct message.} other {A bot can only write to people who have written to it.}} Tell them.',
  'request.told-nobody': 'Nobody has been notified. Ask an approver to type: {command}',
  'request.ring': '{title}. Decide on the card.',
  'request.changes-count':
    '{count, plural, one {One difference} other {# differences}} from the earlier request, in the details.',
  'request.asked-by': 'Requester',
  'request.deciders': 'Can approve: {who}.',
  'request.deciders-each': 'Needs the approval of {who}.',
  'request.some-of': '{count, plural, one {one of} other {# of}} {who}',
  'request.some-approvers': '{count, plural, one {one approver} other {# approvers}}',
  'request.deciders-any': 'Anyone with the role approver can approve.',
  'request.deciders-nobody':
    'Approving takes an enabled account that isn’t a guest’s, and nobody approves their own request.',
  'request.until-others': 'Nobody else can approve this now. From {at} on, those who stand in can.',
  'request.until-named':
    'Nobody else can approve this. Have an administrator name others in kluis.yaml, then withdraw it and ask again.',
  'request.line-begin': 'The requester can start it until {until}. A denial still stops it.',
  'request.remind':
    '{vm} is still waiting for approval ({approved} of {needed}). {left} left, until {until}. Decide on the card.',
  'request.line-refused': 'This request has ended. {who} can ask again once that has changed.',
  'request.line-approved': 'Starts automatically, at the latest {until}. A denial still stops it.',
  'request.line-objected':
    'The requester can try again until {until}, under the same approval. A denial still stops it.',
  'request.vote-approve': 'Approved by {name}, {at}',
  'request.vote-deny': 'Denied by {name}, {at}',
  'request.vote-revoke': 'Revoked by {name}, {at}',
  'request.reason': 'Reason for denying',
  'request.reason-for': 'Why not?',
  'request.ticket': 'Ticket',
  'request.ticket-required': 'Ticket (required)',
  'request.ticket-missing': 'Enter the ticket.',
  'request.ticket-optional': 'Ticket (optional)',
  'request.digest': 'Digest of this plan (SHA-256)',
  'requests.title-approvals':
    '{count, plural, =0 {Nothing is waiting for your approval} one {One request is waiting for your approval} other {# requests are waiting for your approval}}',
  'requests.title-requests':
    '{count, plural, =0 {You have no open requests} one {You have one open request} other {You have # open requests}}',
  'requests.row-approvals': 'requested by {who} · {approved} of {needed} approvals · {left} left, until {until}',
  'requests.row-requests': '{approved} of {needed} approvals · {left} left, until {until}',
  'requests.show': 'Show',
  'requests.show-approvals': 'Waiting for my approval',
  'requests.show-requests': 'My requests',
  'request.a-plan': 'This plan',
  'request.and-more': '{first} and {more, plural, one {# more} other {# more}}',
  'request.told':
    '{state, select, denied {{vm}: {who} denied your request, so nothing was changed: {reason}} revoked {{vm}: {who} revoked the approval, so nothing was changed: {reason}} expired {{vm}: your request has expired. Nobody approved it in time, or it could not start in time. Nothing was changed.} approved {{vm}: your request was approved. Nothing has been changed yet: press Start on the card.} superseded {{vm}: this is no longer as it was when you asked, so your request has ended. Check the card and ask again. Nothing was changed.} other {{vm}: your request is closed. Nothing was changed.}}',
  'request.told-objected':
    '{vm}: your request was approved, but Azure refuses it now: {text} Nothing was changed. The approval covers another try until {until}: press Try again on the card.',
  'request.told-refused': '{vm}: your request was refused when it was about to start. {text}',
  'request.told-unreadable':
    "{vm}: Kluis was updated and can't read your request any more. Nothing was changed; ask again on the card.",
  'request.changed': '{vm}: changed since it was approved, so nothing was started.',
  'request.ask-again': 'Check the card and ask again.',
  'request.changed-form': 'Kluis was updated since: the plan is the same, in another form.',
} as const;
