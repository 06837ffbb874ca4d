import { byId, element } from '../element.js';
import { icon } from '../icons.js';
import { applyTheme } from '../session.js';
import { drawPeople, drawSegments } from '../side.js';
import { labelPage } from '../words.js';
import { oneLine } from './chats.js';

/** Writes every fixed word of the page in the reader's language, and the switches of the side bar. */
export function labelSide({ session, words, people, onPerson, onLocale }) {
  labelPage(words, session.locale);
  byId('menu').setAttribute('aria-label', words.menu);
  drawPeople(people, { as: session.as, words, onPick: onPerson });
  drawSegments('locales', {
    legend: words.language,
    chosen: session.locale,
    choices: [
      { value: 'en-US', label: 'English', mark: 'English' },
      { value: 'nl-NL', label: 'Nederlands', mark: 'Nederlands' },
    ],
    onPick: onLocale,
  });
  const marks = { light: 'sun', dark: 'moon', auto: 'auto' };
  drawSegments('themes', {
    legend: words.theme,
    chosen: session.theme,
    choices: Object.entries(marks).map(([value, mark]) => ({ value, label: words[value], mark: icon(mark) })),
    onPick: (theme) => applyTheme((session.theme = theme)),
  });
}

/** The title over the conversation: where one is, and the way back from a thread. */
export function headOf({ channel, thread, first }, { words, onOpen, onInvite }) {
  if (!channel) return [icon('home'), element('strong', {}, 'Kluis'), element('span', {}, words.homeOf)];
  const isDirect = channel.kind === 'im';
  const name = isDirect ? words.direct : channel.name;
  const crumb = element('button', { type: 'button', class: 'crumb', onclick: () => onOpen(channel.id) }, name);
  const invite = element('button', { type: 'button', class: 'quiet-button invite', onclick: onInvite }, words.invite);
  const about = thread ? oneLine(first?.text ?? '') : isDirect ? '' : words.channelMembers(channel.botIn);
  return [
    icon(thread ? 'thread' : isDirect ? 'chat' : 'hash'),
    thread ? crumb : element('strong', {}, name),
    element('span', {}, about),
    ...(!isDirect && !channel.botIn && !thread ? [invite] : []),
  ];
}
