/** Requests for approval, in Dutch. */
export const approvalNl = {
  'button.ask-approval': 'Goedkeuring vragen',
  'button.ask-approval-to': 'Goedkeuring vragen: {what}',
  'button.approve': 'Goedkeuren',
  'button.deny': 'Afwijzen',
  'button.withdraw': 'Intrekken',
  'button.ask-anew': 'Opnieuw vragen',

  'request.asks': '{approvals, plural, one {Eerst moet iemand anders} other {Eerst moeten # anderen}} dit goedkeuren.',
  'request.pending': '{vm}: wacht op goedkeuring ({approved} van {needed})',
  'request.approved': '{vm}: goedgekeurd, begint',
  'request.denied': '{vm}: afgewezen',
  'request.expired': '{vm}: niet op tijd goedgekeurd',
  'request.unused': '{vm}: goedgekeurd, maar kon niet op tijd beginnen',
  'request.withdrawn': '{vm}: aanvraag ingetrokken',
  'request.revoked': '{vm}: goedkeuring herroepen',
  'request.superseded': '{vm}: gewijzigd sinds de aanvraag',
  'request.started': '{vm}: goedgekeurd en begonnen',
  'request.why': '{who} vraagt om je goedkeuring. Zonder goedkeuring gebeurt er niets.',
  'request.why-approved': '{who} heeft dit gevraagd.',
  'request.why-closed':
    '{who} heeft dit gevraagd. {started, select, yes {Het loopt op die goedkeuring.} other {Er is niets gewijzigd.}}',
  'request.line': 'Open tot {until}. Je kunt je eigen aanvraag niet goedkeuren; één afwijzing sluit die.',
  'request.line-approved': 'Begint automatisch, uiterlijk {until}. Een afwijzing houdt dit nog tegen.',
  'request.vote-approve': 'Goedgekeurd door {name}, {at}',
  'request.vote-deny': 'Afgewezen door {name}, {at}',
  'request.reason': 'Reden van een afwijzing',
  'request.reason-for': 'Waarom niet?',
  'request.digest': 'Wat wordt goedgekeurd, als hash (SHA-256)',
  'requests.title-approvals':
    '{count, plural, =0 {Er wacht niets op jouw goedkeuring} one {Eén aanvraag wacht op jouw goedkeuring} other {# aanvragen wachten op jouw goedkeuring}}',
  'requests.title-requests':
    '{count, plural, =0 {Je hebt geen open aanvragen} one {Je hebt één open aanvraag} other {Je hebt # open aanvragen}}',
  'requests.row-approvals': 'aangevraagd door {who} · {approved} van {needed} · nog {left}, tot {until}',
  'requests.row-requests': '{approved} van {needed} · nog {left}, tot {until}',
  'requests.show': 'Aanvraag tonen',
  'requests.show-approvals': 'Wacht op mijn goedkeuring',
  'requests.show-requests': 'Mijn aanvragen',
  'request.a-plan': 'Dit plan',
  'request.and-more': '{first} en nog {more, plural, one {#} other {#}}',
  'request.told':
    '{state, select, denied {{vm}: {who} heeft je aanvraag afgewezen: {reason}} revoked {{vm}: {who} heeft de goedkeuring herroepen: {reason}} expired {{vm}: je aanvraag is verlopen. Niemand keurde die op tijd goed, of het kon niet op tijd beginnen.} superseded {{vm}: je aanvraag is vervallen: wat zou worden uitgevoerd, is gewijzigd.} other {{vm}: je aanvraag is gesloten.}} Er is niets gewijzigd.',
  'request.changed':
    '{vm}: gewijzigd sinds de goedkeuring, dus er is niets begonnen. {lines}. Bekijk de kaart hierboven en vraag het opnieuw.',
  'request.changed-inside': 'de details verschillen',
} as const;
