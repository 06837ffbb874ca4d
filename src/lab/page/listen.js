/**
 * @import { Change } from './answers/lab-answers.ts'
 * @typedef {object} Listeners
 * @property {() => unknown} onChanged
 * @property {() => unknown} onTraffic
 * @property {(conversation: string, isTyping: boolean) => unknown} onTyping
 * @property {() => unknown} onReset
 * @property {() => unknown} onConnected
 * @property {() => unknown} onLost
 */

/** Several changes come together: one reading serves them all. */
const gathered = 30;

/**
 * Listens to the changes that the server tells of, for as long as the page is open. After every (re)connection the page
 * reads everything again, since what happened in between was told to nobody.
 * @param {Listeners} listeners
 */
export function listen({ onChanged, onTraffic, onTyping, onReset, onConnected, onLost }, address = '/_lab/events') {
  const stream = new EventSource(address);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  /** @param {string} [conversation] */
  const soon = (conversation) => {
    if (conversation) onTyping(conversation, false);
    waiting ??= setTimeout(() => {
      waiting = undefined;
      onChanged();
    }, gathered);
  };
  stream.onopen = () => {
    onConnected();
    soon();
  };
  stream.onerror = onLost;
  stream.onmessage = ({ data }) => {
    /** @type {Change} */
    const change = JSON.parse(data);
    if (change.kind === 'traffic') onTraffic();
    else if (change.kind === 'typing') onTyping(change.conversation, true);
    else if (change.kind === 'reset') onReset();
    else soon(change.conversation);
  };
}
