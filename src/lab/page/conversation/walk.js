/**
 * The way through the messages by keyboard: Shift+Tab in the message box goes to the title of the newest card, and the
 * arrow keys go from one message to the next.
 */
export function walkMessages(log, box) {
  const stops = () => [...log.querySelectorAll('article.message')].map((each) => each.querySelector('.card') ?? each);
  box.addEventListener('keydown', (event) => {
    const newest = stops().at(-1);
    if (event.key !== 'Tab' || !event.shiftKey || !newest) return;
    event.preventDefault();
    goTo(newest);
  });
  log.addEventListener('keydown', (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const all = stops();
    const at = all.indexOf(event.target);
    if (!step || at < 0 || !all[at + step]) return;
    event.preventDefault();
    goTo(all[at + step]);
  });
}

function goTo(stop) {
  stop.tabIndex = -1;
  stop.focus({ preventScroll: true });
  stop.scrollIntoView({ block: 'nearest' });
}
