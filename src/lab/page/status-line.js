import { byId } from './element.js';

/** @typedef {keyof typeof shown} Kind */

/** How long each kind of line stays when nothing takes it away. */
const shown = { typing: 8000, failed: 12_000, lost: 3_600_000 };

/**
 * The line over the compose box: the bot is typing, something could not be done, or the connection is lost. A newer
 * line replaces an older one; `end` takes away a line of its own kind only.
 */
export function createStatusLine() {
  const line = byId('status');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Kind | undefined} */
  let present;
  /**
   * @param {Kind} kind
   * @param {string} text
   */
  const show = (kind, text) => {
    clearTimeout(timer);
    present = kind;
    line.textContent = text;
    line.classList.toggle('bad', kind === 'failed' || kind === 'lost');
    timer = setTimeout(() => end(kind), shown[kind]);
  };
  /** @param {Kind} kind */
  const end = (kind) => {
    if (present !== kind) return;
    clearTimeout(timer);
    present = undefined;
    line.textContent = '';
  };
  return { show, end };
}
