import { avatar } from './conversation/avatar.js';
import { byId, element } from './element.js';
import { icon } from './icons.js';
import { applyTheme, seenUntil } from './session.js';
import { labelPage } from './words.js';

/**
 * @import { Conversations } from './answers/lab-answers.ts'
 * @import { IconName } from './icons.js'
 * @import { Session } from './session.js'
 * @import { Words } from './words.js'
 * @typedef {{ readonly key: string, readonly name: string }} Choosable
 * @typedef {{ value: string, label: string, mark: Node | string }} Segment
 * @typedef {{ legend: string, chosen: string, choices: Segment[], onPick: (value: string) => void }} Segments
 * @typedef {object} SideLabels
 * @property {Session} session
 * @property {Words} words
 * @property {readonly Choosable[]} people
 * @property {(key: string) => void} onPerson
 * @property {(locale: string) => void} onLocale
 */

/**
 * The switch between the people.
 * @param {readonly Choosable[]} people
 * @param {{ as: string, words: Words, onPick: (key: string) => void }} shown
 */
function drawPeople(people, { as, words, onPick }) {
  const choices = people.map(({ key, name }) =>
    element(
      'label',
      { class: 'person-choice' },
      element('input', { type: 'radio', name: 'person', value: key, checked: key === as, onchange: () => onPick(key) }),
      avatar({ name, person: key }),
      element('span', { class: 'person-name' }, name),
    ),
  );
  byId('people').replaceChildren(element('legend', {}, words.person), ...choices);
}

/**
 * A row of choices of which one is on.
 * @param {string} id
 * @param {Segments} segments
 */
function drawSegments(id, { legend, chosen, choices, onPick }) {
  const made = choices.map(({ value, label, mark }) =>
    element(
      'label',
      { title: label },
      element('input', {
        type: 'radio',
        name: id,
        value,
        checked: value === chosen,
        onchange: () => onPick(value),
        'aria-label': label,
      }),
      element('span', {}, mark),
    ),
  );
  byId(id).replaceChildren(element('legend', {}, legend), ...made);
}

/**
 * Writes every fixed word of the page in the reader's language, and the switches of the side bar.
 * @param {SideLabels} labels
 */
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
  /** @type {['light' | 'dark' | 'auto', IconName][]} */
  const marks = [
    ['light', 'sun'],
    ['dark', 'moon'],
    ['auto', 'auto'],
  ];
  drawSegments('themes', {
    legend: words.theme,
    chosen: session.theme,
    choices: marks.map(([value, mark]) => ({ value, label: words[value], mark: icon(mark) })),
    onPick: (theme) => applyTheme((session.theme = theme)),
  });
}

/**
 * The conversations of the reader: the personal chat, the channel and its threads.
 * @param {Conversations} conversations
 * @param {{ session: Session, words: Words, onOpen: (id: string) => void }} shown
 */
export function drawChats(conversations, { session, words, onOpen }) {
  const [personal, channel] = conversations;
  /** @param {{ id: string, name: string, mark: IconName, last?: string, sub?: boolean }} place */
  const entry = ({ id, name, mark, last, sub }) => {
    const current = id === session.place;
    const unread = !current && last && last > seenUntil(session.as, id);
    return element(
      'button',
      {
        type: 'button',
        class: `chat${sub ? ' sub' : ''}${unread ? ' unread' : ''}`,
        onclick: () => onOpen(id),
        'aria-current': current ? 'page' : undefined,
        dataset: { chat: id },
      },
      icon(mark),
      element('span', { class: 'chat-name' }, name),
      unread && element('span', { class: 'dot', role: 'img', 'aria-label': words.unread }),
    );
  };
  byId('chats').replaceChildren(
    element('h2', {}, words.personal),
    entry({ ...personal, mark: 'chat' }),
    element('h2', {}, channel.team),
    entry({ ...channel, mark: 'hash', last: undefined }),
    ...channel.threads.map((thread) => entry({ ...thread, name: thread.title || '…', mark: 'thread', sub: true })),
  );
}

/** On a phone the side bar lies over the page; this opens and closes it and keeps the focus where it belongs. */
export function setUpSide() {
  const [side, menu, backdrop] = [byId('side'), byId('menu'), byId('backdrop')];
  menu.append(icon('menu'));
  byId('side-close').append(icon('close'));
  /** @param {boolean} open */
  const toggle = (open) => {
    document.body.classList.toggle('side-open', open);
    menu.setAttribute('aria-expanded', String(open));
    if (open) /** @type {HTMLElement | null} */ (side.querySelector('input:checked'))?.focus();
  };
  const close = () => {
    if (!document.body.classList.contains('side-open')) return;
    toggle(false);
    menu.focus();
  };
  menu.addEventListener('click', () => toggle(true));
  backdrop.addEventListener('click', close);
  byId('side-close').addEventListener('click', close);
  side.addEventListener('keydown', (event) => event.key === 'Escape' && close());
  return { close };
}
