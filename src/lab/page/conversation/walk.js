/** @type {Record<string, number>} */
const steps = { ArrowUp: -1, ArrowDown: 1 };

/**
 * The way through the messages by keyboard: Shift+Tab in the message box goes to the title of the newest card, and the
 * arrow keys go from one message to the next.
 * @param {HTMLElement} log
 * @param {HTMLElement} box
 */
export function walkMessages(log, box) {
  /** @param {HTMLElement} message */
  const stopIn = (message) => /** @type {HTMLElement | null} */ (message.querySelector('.card')) ?? message;
  const messages = () => /** @type {NodeListOf<HTMLElement>} */ (log.querySelectorAll('article.message'));
  const stops = () => [...messages()].map(stopIn);
  box.addEventListener('keydown', (event) => {
    const newest = stops().at(-1);
    if (event.key !== 'Tab' || !event.shiftKey || !newest) return;
    event.preventDefault();
    goTo(newest);
  });
  log.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    const all = stops();
    const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
    const next = step && at >= 0 ? all[at + step] : undefined;
    if (!next) return;
    event.preventDefault();
    goTo(next);
  });
}

/** @param {HTMLElement} stop */
function goTo(stop) {
  stop.tabIndex = -1;
  stop.focus({ preventScroll: true });
  stop.scrollIntoView({ block: 'nearest' });
}
