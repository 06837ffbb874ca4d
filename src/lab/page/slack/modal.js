import { element } from '../element.js';
import { icon } from '../icons.js';
import { drawBlocks, inputKeys } from './blocks.js';
import { plainWords } from './mrkdwn.js';
import { createSurface } from './surface.js';

/**
 * @import { SlackViewShown } from '../answers/slack-answers.ts'
 * @import { Interactions, SlackContext, SlackWords, Surface } from './drawing.ts'
 * @typedef {Pick<Interactions, 'submit' | 'close'>} ModalCalls
 * @typedef {{ id?: string, drawn: string, surface?: Surface, errors?: Readonly<Record<string, string>> }} State
 * @typedef {object} Parts
 * @property {HTMLDialogElement} dialog
 * @property {State} state
 * @property {() => SlackContext} context
 * @property {ModalCalls} interactions
 * @typedef {{ body: HTMLElement[], words: SlackWords, send: () => Promise<void>, onClose: () => void }} Frame
 */

/**
 * The modal that the reader has open, over the page. It is drawn again when the bot changes the view; what was typed
 * into inputs of the same ids stays.
 * @param {() => SlackContext} context
 * @param {ModalCalls} interactions
 */
export function createModal(context, interactions) {
  const dialog = element('dialog', { class: 'slack-dialog' });
  document.body.append(dialog);
  /** @type {State} */
  const state = { id: undefined, drawn: '', surface: undefined, errors: undefined };
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (state.id) interactions.close({ id: state.id });
  });
  return {
    /**
     * Shows the view on top of the stack; none closes the dialog.
     * @param {readonly SlackViewShown[]} views
     */
    show(views) {
      const top = views.at(-1);
      if (!top) {
        Object.assign(state, { id: undefined, drawn: '' });
        return dialog.close();
      }
      draw(top, { dialog, state, context, interactions });
      if (!dialog.open) dialog.showModal();
    },
  };
}

/**
 * @param {SlackViewShown} view
 * @param {Parts} parts
 */
function draw(view, parts) {
  const { dialog, state, context, interactions } = parts;
  if (view.id !== state.id) {
    const surface = createSurface({ id: view.id, view: view.id });
    Object.assign(state, { id: view.id, surface, errors: undefined });
  }
  const drawn = JSON.stringify([view.id, view.title, view.submit, view.close, view.blocks, state.errors]);
  if (drawn === state.drawn) return;
  state.drawn = drawn;
  const { errors } = state;
  const surface = /** @type {Surface} */ (state.surface);
  surface.shows(inputKeys(view.blocks));
  const redraw = () => {
    state.drawn = '';
    draw(view, parts);
  };
  const send = async () => {
    const outcome = await interactions.submit({ view, inputs: surface.inputs() });
    state.errors = outcome?.errors;
    if (state.id === view.id && outcome?.errors) redraw();
  };
  const present = context();
  const { press, suggest, words } = present;
  const body = drawBlocks(view.blocks, {
    surface,
    values: view.state.values,
    errors,
    context: present,
    press,
    suggest,
    redraw,
  });
  dialog.setAttribute('aria-label', plainWords(view.title));
  dialog.replaceChildren(frame(view, { body, words, send, onClose: () => interactions.close(view) }));
}

/**
 * @param {SlackViewShown} view
 * @param {Frame} parts
 */
function frame(view, { body, words, send, onClose }) {
  const isForm = view.submit || view.blocks.some(({ type }) => type === 'input');
  const form = element(
    'form',
    { noValidate: true },
    element(
      'header',
      {},
      element('h2', {}, plainWords(view.title)),
      element(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': words.close, onclick: onClose },
        icon('close'),
      ),
    ),
    element('div', { class: 'dialog-body' }, body),
    element(
      'footer',
      {},
      element(
        'button',
        { type: 'button', class: 'slack-button', onclick: onClose },
        plainWords(view.close ?? { text: words.close }),
      ),
      isForm &&
        element(
          'button',
          { type: 'submit', class: 'slack-button primary' },
          plainWords(view.submit ?? { text: words.submit }),
        ),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  return form;
}
