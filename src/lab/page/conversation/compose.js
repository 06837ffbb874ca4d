import { byId, element } from '../element.js';
import { icon } from '../icons.js';
import { createSuggestions } from './suggestions.js';

/**
 * @import { Commands } from '../answers/lab-answers.ts'
 * @import { Words } from '../words.js'
 * @typedef {{ text: string, mention: boolean }} Said
 * @typedef {'personal' | 'channel' | 'thread'} PlaceKind
 * @typedef {{ words: Words, place: { kind: PlaceKind } }} ComposeLabels
 * @typedef {ReturnType<typeof composeParts>} ComposeParts
 * @typedef {object} Compose
 * @property {(shown: ComposeLabels) => void} label
 * @property {(start: string) => void} begin
 * @property {() => void} focus
 */

/**
 * The box in which a message is written. Enter sends, Shift+Enter is a new line, a slash at the start offers the bot's
 * commands. In the channel a switch says whether the bot is mentioned.
 * @param {{ commands: Commands, onSend: (said: Said) => unknown }} parts
 * @returns {Compose}
 */
export function createCompose({ commands, onSend }) {
  const parts = composeParts();
  const { form, text, mention, list } = parts;
  const suggestions = createSuggestions({ text, list, commands });
  const submit = () => {
    const said = text.value.trim();
    if (!said) return;
    text.value = '';
    suggestions.hide();
    fit(parts);
    onSend({ text: said, mention: isOn(mention) });
  };
  text.addEventListener('input', () => {
    fit(parts);
    suggestions.show();
  });
  text.addEventListener('blur', suggestions.hide);
  text.addEventListener('keydown', (event) => {
    if (suggestions.handle(event)) return fit(parts);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  fit(parts);
  return {
    label: (shown) => label(parts, shown),
    /** Writes a beginning into the box. */
    begin(start) {
      text.value = start;
      fit(parts);
      text.focus();
    },
    focus: () => text.focus({ preventScroll: true }),
  };
}

function composeParts() {
  const parts = {
    form: byId('compose'),
    list: element('ul', { class: 'suggestions', id: 'suggestions', role: 'listbox', hidden: true }),
    mention: element('button', { type: 'button', class: 'mention-switch', 'aria-pressed': 'true' }, '@Kluis'),
    text: element('textarea', {
      id: 'compose-text',
      rows: 1,
      maxLength: 28_000,
      autocomplete: 'off',
      spellcheck: false,
    }),
    send: element('button', { type: 'submit', class: 'send' }, icon('send')),
  };
  const { form, ...inside } = parts;
  parts.mention.addEventListener('click', () => {
    parts.mention.setAttribute('aria-pressed', String(!isOn(parts.mention)));
    parts.text.focus();
  });
  const states = {
    // A text area can't be a combobox: it says by itself what it has, and what is chosen there.
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': 'suggestions',
  };
  for (const [name, value] of Object.entries(states)) parts.text.setAttribute(name, value);
  form.replaceChildren(...Object.values(inside));
  return parts;
}

/** @param {HTMLElement} mention */
function isOn(mention) {
  return mention.getAttribute('aria-pressed') === 'true';
}

/**
 * The box grows with its text; a slash command needs no mention.
 * @param {ComposeParts} parts
 */
function fit({ text, mention, send }) {
  text.style.height = 'auto';
  text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
  mention.classList.toggle('idle', text.value.trimStart().startsWith('/'));
  send.disabled = text.value.trim() === '';
}

/**
 * Fits the words to the conversation and the language.
 * @param {ComposeParts} parts
 * @param {ComposeLabels} shown
 */
function label({ text, mention, send, list }, { words, place }) {
  const said = { personal: words.message, channel: words.messageChannel, thread: words.messageThread }[place.kind];
  text.placeholder = said;
  text.setAttribute('aria-label', said);
  mention.hidden = place.kind === 'personal';
  mention.title = words.mention;
  send.setAttribute('aria-label', words.send);
  send.title = words.send;
  list.setAttribute('aria-label', words.suggestions);
}
