import { get } from '../api.js';
import { byId, element } from '../element.js';
import { icon } from '../icons.js';
import { createExchangeList } from './exchange-list.js';

/**
 * @import { Exchange } from '../answers/lab-answers.ts'
 * @import { Words } from '../words.js'
 * @import { Properties } from '../element.js'
 * @import { Reader } from './exchange.js'
 * @typedef {ReturnType<typeof createExchangeList>} ExchangeList
 */

/** @param {number} since */
const readActivities = async (since) => (await get('activities', { since })).activities;

/**
 * The panel with the raw activities. It loads nothing while it is folded.
 * @param {() => Reader} context
 * @param {(since: number) => Promise<Exchange[]>} read
 */
export function createTraffic(context, read = readActivities) {
  const [panel, toggle] = [byId('raw'), byId('raw-toggle')];
  const list = createExchangeList(context);
  let last = 0;
  /** @type {Promise<void>} */
  let queue = Promise.resolve();
  const append = async () => {
    if (panel.hidden) return;
    const activities = await read(last);
    const atEnd = panel.scrollHeight - panel.scrollTop - panel.clientHeight < 80;
    for (const each of activities) list.put(each);
    last = Math.max(last, ...activities.map(({ version }) => version));
    panel.classList.toggle('empty', list.isEmpty());
    if (atEnd) panel.scrollTo({ top: panel.scrollHeight });
  };
  const load = () => {
    // One at a time, so that nothing is listed twice; what fails now is read with the next change.
    queue = queue.then(append).catch(() => undefined);
    return queue;
  };
  /** @param {boolean} open */
  const setOpen = (open) => {
    panel.hidden = !open;
    document.body.classList.toggle('raw-open', open);
    toggle.setAttribute('aria-expanded', String(open));
    if (open) void load();
  };
  toggle.addEventListener('click', () => setOpen(panel.hidden !== false));
  return {
    load,
    /** @param {Words} words */
    label: (words) => label({ panel, toggle, list }, { words, onClose: () => setOpen(false) }),
    /** Begins anew: the log was cleared, or another process keeps it now. */
    restart() {
      last = 0;
      list.clear();
      void load();
    },
  };
}

/**
 * @param {{ panel: HTMLElement, toggle: HTMLElement, list: ExchangeList }} parts
 * @param {{ words: Words, onClose: () => void }} shown
 */
function label({ panel, toggle, list }, { words, onClose }) {
  /** @type {Properties<'button'>} */
  const properties = { type: 'button', class: 'icon-button', 'aria-label': words.closeMenu, onclick: onClose };
  toggle.replaceChildren(icon('code'), element('span', {}, words.raw));
  toggle.setAttribute('aria-label', words.raw);
  panel.replaceChildren(
    element('header', {}, element('h2', {}, words.raw), element('button', properties, icon('close'))),
    element('p', { class: 'raw-intro' }, words.rawIntro),
    list.node,
    element('p', { class: 'raw-empty' }, words.rawEmpty),
  );
  panel.classList.toggle('empty', list.isEmpty());
}
