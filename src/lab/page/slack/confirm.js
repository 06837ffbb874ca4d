import { element } from '../element.js';
import { plainWords, textNodes } from './mrkdwn.js';

/**
 * @import { Confirm } from '../answers/block-kit.ts'
 * @import { SlackContext } from './drawing.ts'
 */

/**
 * Asks once more where an element wants it; resolves to whether the reader goes on.
 * @param {Confirm | undefined} confirm
 * @param {SlackContext} context
 * @returns {Promise<boolean>}
 */
export function askFirst(confirm, context) {
  if (!confirm) return Promise.resolve(true);
  const { title, text, confirm: yes, deny, style = 'primary' } = confirm;
  /**
   * @param {string} value
   * @param {string} words
   * @param {string} kind
   */
  const button = (value, words, kind) =>
    element('button', { type: 'submit', value, class: `slack-button ${kind}` }, words);
  const dialog = element(
    'dialog',
    { class: 'slack-dialog small', 'aria-label': plainWords(title) },
    element(
      'form',
      { method: 'dialog' },
      element('h2', {}, plainWords(title)),
      element('div', { class: 'dialog-body' }, textNodes(text, context)),
      element(
        'footer',
        {},
        button('no', plainWords(deny ?? { text: context.words.cancel }), ''),
        button('yes', plainWords(yes ?? { text: context.words.confirm }), style),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      done(dialog.returnValue === 'yes');
    });
  });
}
