import { avatar } from './avatar.js';
import { renderCard } from '../card/card.js';
import { element } from '../element.js';
import { icon } from '../icons.js';
import { markupText, mentionTexts, messageMarkdown, plainText } from '../markdown.js';
import { announcePhase } from '../phase.js';
import { clockTime } from '../times.js';

/**
 * @import { CardJson, FoundChoice, MessageView } from '../answers/lab-answers.ts'
 * @import { Asked } from '../card/card-search.js'
 * @import { Press, RenderedCard } from '../card/card.js'
 * @import { Words } from '../words.js'
 * @typedef {object} Context What is drawn for whom, and what they can do with it.
 * @property {string} as
 * @property {string} locale
 * @property {Words} words
 * @property {(message: MessageView, action: Press) => Promise<void>} press
 * @property {(message: MessageView, asked: Asked) => Promise<FoundChoice[]>} search
 * @property {(id: string) => void} onThread
 * @typedef {object} MessageParts
 * @property {HTMLElement} head
 * @property {HTMLElement} body
 * @property {HTMLElement} note
 * @property {RenderedCard[]} cards
 * @property {string} [drawn]
 * @property {string} [phase]
 * @typedef {object} CardPlace
 * @property {MessageView} message
 * @property {Context} context
 * @property {Record<string, string>} kept
 * @property {HTMLElement} body
 */

/**
 * One message of the conversation, drawn once and then only changed where it changed: a card is drawn again when its
 * content is another one, and what the reader had typed into it is put back.
 * @param {MessageView} first
 * @param {Context} context
 */
export function createMessage(first, context) {
  /** @type {MessageParts} */
  const parts = {
    head: element('header', { class: 'message-head' }),
    body: element('div', { class: 'message-body' }),
    note: element('div', { class: 'message-note' }),
    cards: [],
    drawn: undefined,
  };
  const own = first.from.person === context.as;
  const node = element(
    'article',
    { class: `message ${own ? 'own' : 'other'} ${first.from.person ? 'person' : 'bot'}`, dataset: { id: first.id } },
    avatar(first.from),
    element('div', { class: 'message-box' }, parts.head, parts.body, parts.note),
  );
  /** @param {MessageView} message */
  const update = (message) => {
    node.setAttribute('aria-label', `${message.from.name}, ${clockTime(message.time, context.locale)}`);
    drawHead(parts.head, { message, context });
    drawBody(parts, { message, context });
    drawNote(parts.note, { message, context });
  };
  update(first);
  return { node, update };
}

/**
 * @param {HTMLElement} head
 * @param {{ message: MessageView, context: Context }} shown
 */
function drawHead(head, { message, context }) {
  const { words, locale } = context;
  const edited =
    message.edited &&
    !message.deleted &&
    element('span', { class: 'edited', title: clockTime(message.edited, locale) }, words.edited);
  head.replaceChildren(
    element('span', { class: 'name' }, message.from.name),
    element('time', { dateTime: message.time }, clockTime(message.time, locale)),
    ...(edited ? [edited] : []),
    ...(message.onlyYou ? [element('span', { class: 'only-you' }, icon('lock'), words.onlyYou)] : []),
  );
}

/**
 * @param {MessageParts} parts
 * @param {{ message: MessageView, context: Context }} shown
 */
function drawBody(parts, { message, context }) {
  const drawn = JSON.stringify([message.deleted, message.text, message.entities, message.card, message.more]);
  if (drawn === parts.drawn) return settle(parts.body);
  // A card that is drawn again is not read out as a whole each time: progress comes every two seconds.
  if (parts.drawn !== undefined) parts.body.setAttribute('aria-live', 'off');
  parts.drawn = drawn;
  if (message.deleted) {
    parts.cards = [];
    parts.body.replaceChildren(element('p', { class: 'gone' }, context.words.deleted));
    return;
  }
  const focused = parts.body.contains(document.activeElement);
  const kept = Object.assign({}, ...parts.cards.map((card) => card.typed()));
  const cards = message.card ? [message.card, ...message.more] : [];
  parts.cards = cards.map((card) => draw(card, { message, context, kept, body: parts.body }));
  const text = message.text ? [textBubble(message)] : [];
  parts.body.replaceChildren(...text, ...parts.cards.map(({ node }) => node));
  settle(parts.body);
  announcePhase(parts);
  if (focused) parts.cards[0]?.node.focus({ preventScroll: true });
}

/**
 * @param {CardJson} card
 * @param {CardPlace} place
 * @returns {RenderedCard}
 */
function draw(card, { message, context, kept, body }) {
  /**
   * @param {Press} action
   * @param {HTMLElement} [button]
   */
  const onPress = async (action, button) => {
    if (body.getAttribute('aria-busy') === 'true') return;
    body.setAttribute('aria-busy', 'true');
    button?.classList.add('pressed');
    await context.press(message, action);
    settle(body);
  };
  /** @param {Asked} asked */
  const onSearch = (asked) => context.search(message, asked);
  try {
    return renderCard(card, { kept, onPress, onSearch, words: context.words });
  } catch {
    const node = element('p', { class: 'card no-drawing' }, card?.fallbackText ?? context.words.noDrawing);
    return { node, typed: () => ({}) };
  }
}

/** @param {HTMLElement} body */
function settle(body) {
  body.removeAttribute('aria-busy');
  for (const button of body.querySelectorAll('.pressed')) button.classList.remove('pressed');
}

/** @param {MessageView} message */
function textBubble(message) {
  const mentions = mentionTexts(message.entities);
  const read = { plain: plainText, xml: markupText }[message.textFormat] ?? messageMarkdown;
  const bubble = element('div', { class: 'bubble' });
  // The only HTML in it is what these made from escaped text.
  bubble.innerHTML = read(message.text, mentions);
  return bubble;
}

/**
 * @param {HTMLElement} note
 * @param {{ message: MessageView, context: Context }} shown
 */
function drawNote(note, { message, context }) {
  const { words } = context;
  const { kind, text = '' } = message.note ?? {};
  const mark = kind && element('p', { class: kind, role: kind === 'error' ? 'alert' : 'status' });
  mark?.append(icon(kind === 'error' ? 'warning' : 'info'), text);
  const isShared = message.conversation.includes(';messageid=');
  const view =
    message.answered && isShared && !message.deleted && element('p', { class: 'view' }, icon('lock'), words.yourView);
  note.replaceChildren(...[mark, view].flatMap((each) => each || []));
}
