import { arrange } from '../conversation/conversation.js';
import { element } from '../element.js';
import { dayName } from '../times.js';
import { createSlackMessage, timeOf } from './message-node.js';

/**
 * @import { SlackMessageView } from '../answers/slack-answers.ts'
 * @import { SlackContext } from './drawing.ts'
 * @typedef {ReturnType<typeof createSlackMessage>} DrawnMessage
 */

/**
 * The messages of a channel or a thread, with a line between two days; the nodes of those that stay are kept.
 * @param {HTMLElement} log
 * @param {() => SlackContext} context
 */
export function createMessageList(log, context) {
  /** @type {Map<string, DrawnMessage>} */
  let drawn = new Map();
  /** @param {SlackMessageView} message */
  const node = (message) => {
    const present = drawn.get(message.ts) ?? createSlackMessage(message, context());
    present.update(message);
    return present;
  };
  return {
    /** @param {readonly SlackMessageView[]} messages */
    show(messages) {
      drawn = new Map(messages.map((message) => [message.ts, node(message)]));
      /** @type {string | undefined} */
      let day;
      const nodes = messages.flatMap((message) => {
        const name = dayName(timeOf(message.ts), context());
        const line = name === day ? [] : [element('p', { class: 'day' }, name)];
        day = name;
        return [...line, /** @type {DrawnMessage} */ (drawn.get(message.ts)).node];
      });
      arrange(log, nodes);
    },
    /** Forgets all nodes: another place, another reader or another language follows. */
    clear() {
      drawn = new Map();
      log.replaceChildren();
    },
  };
}
