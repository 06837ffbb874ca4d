import { element } from '../element.js';
import { exchangeEntry } from './exchange.js';

/** The list of exchanges in the order in which they were made; one that has ended takes the place of its beginning. */
export function createExchangeList(context) {
  const node = element('ol', { class: 'exchanges' });
  const drawn = new Map();
  return {
    node,
    put(exchange) {
      const entry = exchangeEntry(exchange, context());
      const before = drawn.get(exchange.seq);
      if (before) before.replaceWith(entry);
      else node.append(entry);
      if (before?.firstElementChild.open) entry.firstElementChild.open = true;
      drawn.set(exchange.seq, entry);
    },
    clear() {
      drawn.clear();
      node.replaceChildren();
    },
    isEmpty: () => drawn.size === 0,
  };
}
