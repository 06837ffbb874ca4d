import { element } from '../element.js';

/**
 * @import { Commands } from '../answers/lab-answers.ts'
 * @import { Words } from '../words.js'
 * @typedef {object} EmptyPlace
 * @property {{ kind: string, messages: readonly unknown[] }} view
 * @property {Words} words
 * @property {Commands} commands
 * @property {(start: string) => void} onStart
 */

/**
 * What stands in a conversation in which nobody has said anything: where one is, and what one could begin with.
 * @param {HTMLElement} log
 * @param {EmptyPlace} place
 */
export function drawEmpty(log, { view, words, commands, onStart }) {
  if (view.messages.length > 0) return log.querySelector('.nothing')?.remove();
  const text = view.kind === 'personal' ? words.emptyPersonal : words.emptyChannel;
  const starts = commands
    .slice(0, 3)
    .map(({ title }) => element('button', { type: 'button', class: 'start', onclick: () => onStart(title) }, title));
  log.replaceChildren(
    element(
      'div',
      { class: 'nothing' },
      element('img', { src: '/_lab/page/icon.svg', alt: '', width: 56, height: 56 }),
      element('p', {}, text),
      starts.length > 0 && element('div', { class: 'starts' }, element('span', {}, words.startWith), ...starts),
    ),
  );
}
