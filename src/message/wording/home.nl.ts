import type { homeEn } from './home.en.ts';

/** The page of the app in Slack, in Dutch. */
export const homeNl: Record<keyof typeof homeEn, string> = {
  'home.title': 'Back-ups',
  'home.waiting': 'Wacht op jou',
  'home.waiting-none': 'Er wacht niets op jou.',
  'home.asked': 'Wat je het afgelopen etmaal vroeg',
  'home.asked-none': 'Je vroeg het afgelopen etmaal niets.',
  'home.running': 'Loopt nu',
  'home.running-none': 'Er loopt nu geen back-up.',
  'home.failed': 'Mislukt in het afgelopen etmaal',
  'home.failed-none': 'Er mislukte niets in het afgelopen etmaal.',
  'home.none-read': 'Geen in wat gelezen kon worden.',
  'home.not-polled': 'De taken van {vaults} konden de laatste tijd niet gelezen worden.',
  'home.not-listed': 'Er kon nog niet gekeken worden wat er is.',
  'home.by': 'gevraagd door {who}, {at}',
  'home.since': 'sinds {at}',
  'home.job': '{what} van {vm}',
  'home.more': 'en {count, plural, one {nog #} other {nog #}}',
  'home.go-on': 'Verder: {asked}',
  'home.why': 'Waarom: {vm}',
  'home.status': 'Hoe alle back-ups ervoor staan',
  'home.type': 'Typ /backup vm-naam in een kanaal, of schrijf me hier.',
};
