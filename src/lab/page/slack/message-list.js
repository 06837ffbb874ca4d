import { arrange } from '../conversation/conversation.js';
import { element } from '../element.js';
import { dayName } from '../times.js';
import { createSlackMessage, timeOf } from './message-node.js';

/** The messages of a channel or a thread, with a line between two days; the nodes of those that stay are kept. */
export function createMessageList(log, context) {
  let drawn = new Map();
  const node = (message) => {
    const present = drawn.get(message.ts) ?? createSlackMessage(message, context());
    present.update(message);
    return present;
  };
  return {
    show(messages) {
      drawn = new Map(messages.map((message) => [message.ts, node(message)]));
      let day;
      const nodes = messages.flatMap((message) => {
        const name = dayName(timeOf(message.ts), context());
        const line = name === day ? [] : [element('p', { class: 'day' }, name)];
        day = name;
        return [...line, drawn.get(message.ts).node];
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
