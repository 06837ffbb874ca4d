/** Requests for approval, in English. */
export const approvalEn = {
  'button.ask-approval': 'Request approval',
  'button.ask-approval-to': 'Request approval: {what}',
  'button.approve': 'Approve',
  'button.deny': 'Deny',
  'button.withdraw': 'Withdraw',
  'button.ask-anew': 'Ask again',

  'request.asks': '{approvals, plural, one {One other person has} other {# other people have}} to approve this first.',
  'request.pending': '{vm}: waiting for approval ({approved} of {needed})',
  'request.approved': '{vm}: approved, starting',
  'request.denied': '{vm}: denied',
  'request.expired': '{vm}: nobody approved it in time',
  'request.unused': '{vm}: approved, but it could not start in time',
  'request.withdrawn': '{vm}: request withdrawn',
  'request.revoked': '{vm}: approval revoked',
  'request.superseded': '{vm}: changed since the request',
  'request.started': '{vm}: approved and started',
  'request.why': '{who} asks for your approval. Nothing runs without it.',
  'request.why-approved': '{who} asked for this.',
  'request.why-closed':
    '{who} asked for this. {started, select, yes {It runs on that approval.} other {Nothing was changed.}}',
  'request.line': "Open until {until}. You can't approve your own request; one denial ends it.",
  'request.line-approved': 'Starts automatically, at the latest {until}. A denial still stops it.',
  'request.vote-approve': 'Approved by {name}, {at}',
  'request.vote-deny': 'Denied by {name}, {at}',
  'request.reason': 'Reason for denying',
  'request.reason-for': 'Why not?',
  'request.digest': 'Digest of what is approved (SHA-256)',
  'requests.title-approvals':
    '{count, plural, =0 {Nothing is waiting for your approval} one {One request is waiting for your approval} other {# requests are waiting for your approval}}',
  'requests.title-requests':
    '{count, plural, =0 {You have no open requests} one {You have one open request} other {You have # open requests}}',
  'requests.row-approvals': 'requested by {who} · {approved} of {needed} · {left} left, until {until}',
  'requests.row-requests': '{approved} of {needed} · {left} left, until {until}',
  'requests.show': 'Show request',
  'requests.show-approvals': 'Waiting for my approval',
  'requests.show-requests': 'My requests',
  'request.a-plan': 'This plan',
  'request.and-more': '{first} and {more, plural, one {# more} other {# more}}',
  'request.told':
    '{state, select, denied {{vm}: {who} denied your request: {reason}} revoked {{vm}: {who} revoked the approval: {reason}} expired {{vm}: your request has expired. Nobody approved it in time, or it could not start in time.} superseded {{vm}: your request was replaced: what would run has changed.} other {{vm}: your request is closed.}} Nothing was changed.',
  'request.changed':
    '{vm}: changed since it was approved, so nothing was started. {lines}. Check the card above and ask again.',
  'request.changed-inside': 'the details differ',
} as const;
