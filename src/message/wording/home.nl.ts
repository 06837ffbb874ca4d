import type { homeEn } from './home.en.ts';

/** The app's home tab in Slack, in Dutch. */
export const homeNl: Record<keyof typeof homeEn, string> = {
  'home.title-unread': 'Onbekend of back-ups mislukten: niet alles is gelezen',
  'home.asked': 'Jouw aanvragen (24 uur)',
  'home.approvals': 'Wacht op jouw goedkeuring',
  'home.requests': 'Jouw aanvragen voor goedkeuring',
  'home.running': 'Loopt nu',
  'home.failed': 'Mislukt in de afgelopen 24 uur',
  'home.not-polled': 'De taken van {vaults} konden de laatste tijd niet worden gelezen.',
  'home.not-listed': "De VM's konden nog niet worden opgehaald.",
  'home.by': 'aangevraagd door {who}, {at}',
  'home.since': 'sinds {at}',
  'home.started': 'gestart {at}',
  'home.job': '{what} van {vm}',
  'home.more': 'en {count, plural, one {nog #} other {nog #}}',
  'home.vm': 'VM',
  'home.pick-first': 'Kies eerst uit de lijst.',
  'home.backup': 'Back-up maken…',
  'home.status': 'Overzicht',
  'home.type': 'Typ /backup vm-naam in een kanaal, of schrijf hier naar Kluis.',
};
