/** The page of the app in Slack, in English. */
export const homeEn = {
  'home.title-unread': "Can't tell: not everything could be read",
  'home.asked': 'Your requests in the last 24 hours',
  'home.approvals': 'Waiting for your approval',
  'home.requests': 'Your requests for approval',
  'home.running': 'Running',
  'home.failed': 'Failed in the last 24 hours',
  'home.not-polled': "The jobs of {vaults} couldn't be read recently.",
  'home.not-listed': "The VMs couldn't be listed yet.",
  'home.by': 'requested by {who}, {at}',
  'home.since': 'since {at}',
  'home.started': 'started {at}',
  'home.job': '{what} of {vm}',
  'home.more': 'and {count, plural, one {# more} other {# more}}',
  'home.status': 'Overview',
  'home.type': 'Type /backup vm-name in a channel, or write to Kluis here.',
} as const;
