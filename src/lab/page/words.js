/**
 * @typedef {typeof english} Words
 * @typedef {{ [Name in keyof Words]: Words[Name] extends string ? Name : never }[keyof Words]} TextName
 */

const english = {
  skip: 'Skip to the message box',
  tagline: 'Local chat, this machine only',
  sides: 'Platform',
  conversations: 'Conversations',
  messages: 'Messages',
  raw: 'Activities',
  rawIntro: 'Everything between this chat and the bot, as it went over the wire. Newest last.',
  rawEmpty: 'Nothing yet.',
  menu: 'Conversations and settings',
  closeMenu: 'Close',
  person: 'You are',
  language: 'Language',
  theme: 'Appearance',
  light: 'Light',
  dark: 'Dark',
  auto: 'System',
  reset: 'Clear all conversations',
  resetSure: 'Clear all conversations of everybody in this local chat? What is open in Kluis stays open.',
  personal: 'Personal chat',
  threads: 'Threads',
  you: 'you',
  bot: 'bot',
  edited: 'Edited',
  deleted: 'This message has been deleted.',
  onlyYou: 'Only you can see this message',
  yourView: 'Only you see this answer; others still see the previous card',
  typing: 'Kluis is typing…',
  newMessages: 'New messages',
  send: 'Send',
  message: 'Message to Kluis',
  messageChannel: 'Start a thread in General',
  messageThread: 'Reply in this thread',
  mention: 'The bot only gets messages that mention it',
  suggestions: 'Commands',
  reply: 'Reply',
  /** @param {number} count */
  replies: (count) => (count === 1 ? '1 reply' : `${count} replies`),
  /** @param {number} count */
  earlier: (count) => (count === 1 ? 'Show 1 earlier reply' : `Show ${count} earlier replies`),
  emptyPersonal: 'This is your personal chat with Kluis.',
  emptyChannel: 'This is the channel General of Contoso Operations. Anything you write starts a thread.',
  startWith: 'Start with',
  unread: 'unread',
  lost: 'Connection to the bot lost. Reconnecting…',
  failed: "That didn't work",
  noDrawing: "This card can't be displayed.",
  noMatch: 'Nothing found',
  today: 'Today',
  yesterday: 'Yesterday',
  copy: 'Copy',
  copied: 'Copied',
};

const dutch = {
  skip: 'Naar het berichtvak',
  tagline: 'Lokale chat, alleen deze machine',
  sides: 'Platform',
  conversations: 'Gesprekken',
  messages: 'Berichten',
  raw: 'Activiteiten',
  rawIntro: 'Alles tussen deze chat en de bot, zoals het over de lijn ging. Nieuwste onderaan.',
  rawEmpty: 'Nog niets.',
  menu: 'Gesprekken en instellingen',
  closeMenu: 'Sluiten',
  person: 'Je bent',
  language: 'Taal',
  theme: 'Weergave',
  light: 'Licht',
  dark: 'Donker',
  auto: 'Systeem',
  reset: 'Alle gesprekken wissen',
  resetSure: 'Alle gesprekken van iedereen in deze lokale chat wissen? Wat in Kluis open is, blijft open.',
  personal: 'Persoonlijke chat',
  threads: 'Gespreksdraden',
  you: 'jij',
  bot: 'bot',
  edited: 'Bewerkt',
  deleted: 'Dit bericht is verwijderd.',
  onlyYou: 'Alleen jij kunt dit bericht zien',
  yourView: 'Alleen jij ziet dit antwoord; anderen zien nog de vorige kaart',
  typing: 'Kluis is aan het typen…',
  newMessages: 'Nieuwe berichten',
  send: 'Versturen',
  message: 'Bericht aan Kluis',
  messageChannel: 'Begin een gespreksdraad in General',
  messageThread: 'Antwoord in deze gespreksdraad',
  mention: 'De bot krijgt alleen berichten waarin die wordt vermeld',
  suggestions: 'Opdrachten',
  reply: 'Antwoorden',
  /** @param {number} count */
  replies: (count) => (count === 1 ? '1 antwoord' : `${count} antwoorden`),
  /** @param {number} count */
  earlier: (count) => (count === 1 ? '1 eerder antwoord tonen' : `${count} eerdere antwoorden tonen`),
  emptyPersonal: 'Dit is je persoonlijke chat met Kluis.',
  emptyChannel: 'Dit is het kanaal General van Contoso Operations. Wat je schrijft begint een gespreksdraad.',
  startWith: 'Begin met',
  unread: 'ongelezen',
  lost: 'Verbinding met de bot verbroken. Er wordt opnieuw verbonden…',
  failed: 'Dat lukte niet',
  noDrawing: 'Deze kaart kan niet worden weergegeven.',
  noMatch: 'Niets gevonden',
  today: 'Vandaag',
  yesterday: 'Gisteren',
  copy: 'Kopiëren',
  copied: 'Gekopieerd',
};

/**
 * The words of the page itself in this language.
 * @param {string} locale
 */
export function wordsOf(locale) {
  return locale === 'nl-NL' ? dutch : english;
}

/**
 * Writes the words into the fixed parts of the page.
 * @param {Words} words
 * @param {string} locale
 */
export function labelPage(words, locale) {
  document.documentElement.lang = locale.slice(0, 2);
  /** @param {string | undefined} name */
  const named = (name) => words[/** @type {TextName} */ (name)];
  for (const each of allOf('[data-word]')) each.textContent = named(each.dataset.word);
  for (const each of allOf('[data-label]')) each.setAttribute('aria-label', named(each.dataset.label));
}

/** @param {string} selector */
function allOf(selector) {
  return /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector));
}
