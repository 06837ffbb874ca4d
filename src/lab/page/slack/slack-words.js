import { wordsOf } from '../words.js';

const english = {
  raw: 'Requests',
  home: 'Home',
  homeOf: 'Your home tab',
  noHome: 'There is nothing on your home tab yet.',
  direct: 'Direct messages',
  channels: 'Channels',
  /** @param {boolean} isIn */
  channelMembers: (isIn) => (isIn ? 'Kluis is in this channel' : 'Kluis is not in this channel'),
  invite: 'Add Kluis',
  archived: 'archived',
  onlyVisibleToYou: 'Only visible to you',
  optional: 'optional',
  choose: 'Choose',
  more: 'More',
  cancel: 'Cancel',
  confirm: 'Yes',
  close: 'Close',
  submit: 'Submit',
  table: 'Table',
  emptyPersonal: 'These are your direct messages with Kluis.',
  emptyChannel: 'Nobody has said anything here yet. Type /backup and the name of a VM, or mention @Kluis.',
  messageChannel: 'Message the channel',
  /** @param {string} command */
  notInThreads: (command) => `${command} is not supported in threads. Sorry!`,
  trouble: "The bot didn't respond properly. Try again.",
  uninstalled: 'The app is not installed in this workspace.',
};

const dutch = {
  raw: 'Verzoeken',
  home: 'Home',
  homeOf: 'Je hometab',
  noHome: 'Er staat nog niets op je hometab.',
  direct: 'Directe berichten',
  channels: 'Kanalen',
  /** @param {boolean} isIn */
  channelMembers: (isIn) => (isIn ? 'Kluis zit in dit kanaal' : 'Kluis zit niet in dit kanaal'),
  invite: 'Kluis toevoegen',
  archived: 'gearchiveerd',
  onlyVisibleToYou: 'Alleen zichtbaar voor jou',
  optional: 'niet verplicht',
  choose: 'Kies',
  more: 'Meer',
  cancel: 'Annuleren',
  confirm: 'Ja',
  close: 'Sluiten',
  submit: 'Versturen',
  table: 'Tabel',
  emptyPersonal: 'Dit zijn je directe berichten met Kluis.',
  emptyChannel: 'Hier heeft nog niemand iets gezegd. Typ /backup en de naam van een VM, of vermeld @Kluis.',
  messageChannel: 'Bericht aan het kanaal',
  /** @param {string} command */
  notInThreads: (command) => `${command} werkt niet in een gespreksdraad.`,
  trouble: 'De bot reageerde niet goed. Probeer het opnieuw.',
  uninstalled: 'De app is niet geïnstalleerd in deze werkruimte.',
};

/**
 * The words of the Slack side in this language: those of the page, and its own.
 * @param {string} locale
 */
export function slackWords(locale) {
  return { ...wordsOf(locale), ...(locale === 'nl-NL' ? dutch : english) };
}
