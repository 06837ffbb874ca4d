const near = 80;

/**
 * Keeps the newest message in view while the reader is at the end of the list, also while a card grows. A reader who is
 * further up stays there and gets a button that leads down.
 * @param {HTMLElement} log
 * @param {HTMLElement} jump
 */
export function keepAtEnd(log, jump) {
  let atEnd = true;
  const toEnd = () => log.scrollTo({ top: log.scrollHeight });
  log.addEventListener('scroll', () => {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < near;
    if (atEnd) jump.hidden = true;
  });
  jump.addEventListener('click', toEnd);
  return {
    /**
     * Call after the list was drawn.
     * @param {{ isNew: boolean }} list
     */
    drawn({ isNew }) {
      if (atEnd) toEnd();
      else if (isNew) jump.hidden = false;
    },
    /** Another conversation is opened at its end. */
    restart() {
      atEnd = true;
      jump.hidden = true;
    },
  };
}
