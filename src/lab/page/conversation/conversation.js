import { element } from '../element.js';
import { icon } from '../icons.js';
import { createMessage } from './message.js';
import { dayName } from '../times.js';

/** In the channel, older replies of a thread are folded away above this many. */
const shownReplies = 3;

/**
 * The list of messages. It keeps the nodes of messages that are still there, so that an edit elsewhere disturbs nobody
 * who types into a card.
 */
export function createConversation(log, context) {
  let drawn = new Map();
  const unfolded = new Set();
  const draw = (message) => {
    const present = drawn.get(message.id);
    if (!present) return createMessage(message, context());
    present.update(message);
    return present;
  };
  const show = (view) => {
    const next = new Map(view.messages.map((message) => [message.id, draw(message)]));
    drawn = next;
    const node = (message) => next.get(message.id).node;
    const { words, onThread } = context();
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

function withDays(messages, { node, context }) {
  let day;
  return messages.flatMap((message) => {
    const name = dayName(message.time, context);
    const line = name === day ? [] : [element('p', { class: 'day' }, name)];
    day = name;
    return [...line, node(message)];
  });
}

function posts(messages, parts) {
  const threads = [...Map.groupBy(messages, ({ conversation }) => conversation)];
  return threads.map(([id, [root, ...replies]]) => post({ id, root, replies }, parts));
}

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

/** Brings the children into this order without taking out those that stay: a node that is moved loses its focus. */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}
