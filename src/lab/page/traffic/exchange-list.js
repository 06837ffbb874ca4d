import { element } from '../element.js';
import { exchangeEntry } from './exchange.js';

/**
 * @import { Exchange } from '../answers/lab-answers.ts'
 * @import { Reader } from './exchange.js'
 */

/**
 * The list of exchanges in the order in which they were made; one that has ended takes the place of its beginning.
 * @param {() => Reader} context
 */
export function createExchangeList(context) {
  const node = element('ol', { class: 'exchanges' });
  /** @type {Map<number, ReturnType<typeof exchangeEntry>>} */
  const drawn = new Map();
  return {
    node,
    /** @param {Exchange} exchange */
    put(exchange) {
      const entry = exchangeEntry(exchange, context());
      const before = drawn.get(exchange.seq);
      if (before) before.replaceWith(entry);
      else node.append(entry);
      if (before && detailsOf(before).open) detailsOf(entry).open = true;
      drawn.set(exchange.seq, entry);
    },
    clear() {
      drawn.clear();
      node.replaceChildren();
    },
    isEmpty: () => drawn.size === 0,
  };
}

/** @param {HTMLElement} entry */
function detailsOf(entry) {
  return /** @type {HTMLDetailsElement} */ (entry.firstElementChild);
}
