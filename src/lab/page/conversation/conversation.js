import { element } from '../element.js';
import { icon } from '../icons.js';
import { createMessage } from './message.js';
import { dayName } from '../times.js';

/**
 * @import { MessageView, PlaceView } from '../answers/lab-answers.ts'
 * @import { Words } from '../words.js'
 * @import { Context } from './message.js'
 * @typedef {ReturnType<typeof createMessage>} DrawnMessage
 * @typedef {[MessageView, ...MessageView[]]} Thread The message that it began with, and the replies.
 * @typedef {object} PostParts
 * @property {(message: MessageView) => HTMLElement} node
 * @property {Words} words
 * @property {(id: string) => void} onThread
 * @property {Set<string>} unfolded
 * @property {(id: string) => void} unfold
 */

/** In the channel, older replies of a thread are folded away above this many. */
const shownReplies = 3;

/**
 * The list of messages. It keeps the nodes of messages that are still there, so that an edit elsewhere disturbs nobody
 * who types into a card.
 * @param {HTMLElement} log
 * @param {() => Context} context
 */
export function createConversation(log, context) {
  /** @type {Map<string, DrawnMessage>} */
  let drawn = new Map();
  /** @type {Set<string>} */
  const unfolded = new Set();
  /** @param {MessageView} message */
  const draw = (message) => {
    const present = drawn.get(message.id);
    if (!present) return createMessage(message, context());
    present.update(message);
    return present;
  };
  /** @param {PlaceView} view */
  const show = (view) => {
    const next = new Map(view.messages.map((message) => [message.id, draw(message)]));
    drawn = next;
    /** @param {MessageView} message */
    const node = (message) => /** @type {DrawnMessage} */ (next.get(message.id)).node;
    const { words, onThread } = context();
    /** @param {string} id */
    const unfold = (id) => {
      unfolded.add(id);
      show(view);
    };
    const groups =
      view.kind === 'channel'
        ? posts(view.messages, { node, words, onThread, unfolded, unfold })
        : withDays(view.messages, { node, context: context() });
    arrange(log, groups);
  };
  return {
    show,
    /** Forgets all nodes: another conversation, another reader or another language follows. */
    clear() {
      drawn = new Map();
      log.replaceChildren();
    },
  };
}

/**
 * @param {readonly MessageView[]} messages
 * @param {{ node: (message: MessageView) => HTMLElement, context: Context }} drawing
 */
function withDays(messages, { node, context }) {
  /** @type {string | undefined} */
  let day;
  return messages.flatMap((message) => {
    const name = dayName(message.time, context);
    const line = name === day ? [] : [element('p', { class: 'day' }, name)];
    day = name;
    return [...line, node(message)];
  });
}

/**
 * @param {readonly MessageView[]} messages
 * @param {PostParts} parts
 */
function posts(messages, parts) {
  const threads = /** @type {[string, Thread][]} */ ([...Map.groupBy(messages, ({ conversation }) => conversation)]);
  return threads.map(([id, [root, ...replies]]) => post({ id, root, replies }, parts));
}

/**
 * @param {{ id: string, root: MessageView, replies: MessageView[] }} thread
 * @param {PostParts} parts
 */
function post({ id, root, replies }, { node, words, onThread, unfolded, unfold }) {
  const hidden = unfolded.has(id) ? 0 : Math.max(0, replies.length - shownReplies);
  const more = element(
    'button',
    { type: 'button', class: 'quiet-button', onclick: () => unfold(id) },
    words.earlier(hidden),
  );
  const reply = element(
    'button',
    { type: 'button', class: 'quiet-button reply', onclick: () => onThread(id) },
    icon('reply'),
    words.reply,
  );
  return element(
    'section',
    { class: 'post', dataset: { thread: id } },
    node(root),
    element('div', { class: 'replies' }, hidden > 0 && more, ...replies.slice(hidden).map(node)),
    reply,
  );
}

/**
 * Brings the children into this order without taking out those that stay: a node that is moved loses its focus.
 * @param {HTMLElement} parent
 * @param {readonly Element[]} children
 */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}
