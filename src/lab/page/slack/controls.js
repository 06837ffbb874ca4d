import { element } from '../element.js';
import { askFirst } from './confirm.js';
import { externalSelect } from './external-select.js';
import { plainWords, textNodes } from './mrkdwn.js';
import { keyOf, presentValue } from './surface.js';

/**
 * @import { OfferedOption, Part } from '../answers/block-kit.ts'
 * @import { Drawn, OnChange } from './drawing.ts'
 */

/**
 * An interactive element. `drawn` tells of the surface that it stands on, its block, the server's values, and what to
 * call when it is pressed; `dispatches` says whether a change is told to the bot at once.
 * @param {Part} part
 * @param {Drawn} drawn
 * @returns {HTMLElement}
 */
export function control(part, drawn) {
  const draw = controls[part.type];
  return draw ? draw(part, drawn) : element('span', { class: 'unknown-block' }, part.type);
}

/** @type {Record<string, (part: Part, drawn: Drawn) => HTMLElement>} */
const controls = {
  button,
  overflow,
  static_select: menu,
  users_select: menu,
  multi_static_select: (part, drawn) => boxes(part, drawn, 'checkbox'),
  checkboxes: (part, drawn) => boxes(part, drawn, 'checkbox'),
  radio_buttons: (part, drawn) => boxes(part, drawn, 'radio'),
  external_select: (part, drawn) => externalSelect(part, drawn, changed(part, drawn)),
  multi_external_select: (part, drawn) => externalSelect(part, drawn, changed(part, drawn)),
  plain_text_input: typed('text'),
  email_text_input: typed('email'),
  url_text_input: typed('url'),
  number_input: typed('number'),
  datepicker: typed('date'),
  timepicker: typed('time'),
};

/**
 * @param {Part} part
 * @param {Drawn} drawn
 */
function button(part, { block, context, press, surface }) {
  const { style = '', text, url, accessibility_label: label } = part;
  const made = element(
    'button',
    { type: 'button', class: `slack-button ${style}`, 'aria-label': label, dataset: { action: part.action_id } },
    plainWords(text),
  );
  made.addEventListener('click', async () => {
    if (!(await askFirst(part.confirm, context))) return;
    if (url && /^(https?|mailto):/i.test(url)) window.open(url, '_blank', 'noopener');
    await press({ surface, action: keyOf(block, part), node: made });
  });
  return made;
}

/**
 * The menu behind the three dots.
 * @param {Part} part
 * @param {Drawn} drawn
 */
function overflow(part, { block, context, press, surface }) {
  /** @param {OfferedOption} option */
  const choose = async (option) => {
    show(false);
    opener.focus();
    if (!(await askFirst(part.confirm, context))) return;
    await press({ surface, action: keyOf(block, part), option: option.value, node: opener });
  };
  const list = element(
    'div',
    { class: 'overflow-list', role: 'menu', hidden: true },
    part.options?.map((option) =>
      element('button', { type: 'button', role: 'menuitem', onclick: () => choose(option) }, plainWords(option.text)),
    ),
  );
  const heard = { 'aria-label': context.words.more, 'aria-haspopup': 'menu', 'aria-expanded': 'false' };
  const opener = element('button', { type: 'button', class: 'slack-button dots', ...heard }, '⋯');
  /** @param {boolean} shown */
  const show = (shown) => {
    list.hidden = !shown;
    opener.setAttribute('aria-expanded', String(shown));
    if (shown) /** @type {HTMLElement | null} */ (list.firstElementChild)?.focus();
  };
  opener.addEventListener('click', () => show(list.hidden !== false));
  const box = element('div', { class: 'overflow' }, opener, list);
  box.addEventListener(
    'focusout',
    ({ relatedTarget }) => box.contains(/** @type {Node | null} */ (relatedTarget)) || show(false),
  );
  box.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    if (event.key !== 'Escape') return walk(list, event);
    event.stopPropagation();
    show(false);
    opener.focus();
  });
  return box;
}

/** @type {Record<string, number>} */
const steps = { ArrowDown: 1, ArrowUp: -1 };

/**
 * Moves the focus between the options with the arrows.
 * @param {HTMLElement} list
 * @param {KeyboardEvent} event
 */
function walk(list, event) {
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const options = /** @type {HTMLElement[]} */ ([...list.children]);
  const at = options.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  options.at((at + step) % options.length)?.focus();
}

/**
 * @param {Part} part
 * @param {Drawn} drawn
 */
function menu(part, drawn) {
  const { context } = drawn;
  const offered = part.type === 'users_select' ? context.everybody.map(asOption) : (part.options ?? []);
  const present = presentValue(part, drawn);
  /** @param {OfferedOption} each */
  const option = (each) =>
    element('option', { value: each.value, selected: each.value === present }, plainWords(each.text));
  const placeholder = plainWords(part.placeholder ?? { text: context.words.choose });
  const groups = (part.option_groups ?? []).map((group) =>
    element('optgroup', { label: plainWords(group.label) }, group.options.map(option)),
  );
  const select = element(
    'select',
    { class: 'slack-select', 'aria-label': drawn.label ?? placeholder, dataset: { action: part.action_id } },
    element('option', { value: '', selected: present === null }, placeholder),
    ...groups,
    ...offered.map(option),
  );
  select.addEventListener('change', () => changed(part, drawn)(select.value || null, select));
  return select;
}

/**
 * One or several of a list, each with its box.
 * @param {Part} part
 * @param {Drawn} drawn
 * @param {'checkbox' | 'radio'} type
 */
function boxes(part, drawn, type) {
  const present = [presentValue(part, drawn)].flat();
  const name = `${drawn.surface.named.id}/${keyOf(drawn.block, part)}`;
  const box = element('div', {
    class: 'slack-boxes',
    role: type === 'radio' ? 'radiogroup' : 'group',
    'aria-label': drawn.label,
  });
  const tell = () => {
    const checked = /** @type {NodeListOf<HTMLInputElement>} */ (box.querySelectorAll('input:checked'));
    const chosen = [...checked].map(({ value }) => value);
    changed(part, drawn)(type === 'radio' ? (chosen[0] ?? null) : chosen, box);
  };
  const offered = [...(part.options ?? []), ...(part.option_groups ?? []).flatMap(({ options }) => options)];
  box.append(
    ...offered.map(({ value, text, description }) =>
      element(
        'label',
        {},
        element('input', { type, name, value, checked: present.includes(value), onchange: tell }),
        element(
          'span',
          {},
          textNodes(text, drawn.context),
          description && element('span', { class: 'quiet' }, textNodes(description, drawn.context)),
        ),
      ),
    ),
  );
  return box;
}

/**
 * @param {'text' | 'email' | 'url' | 'number' | 'date' | 'time'} type
 * @returns {(part: Part, drawn: Drawn) => HTMLElement}
 */
function typed(type) {
  return (part, drawn) => {
    const isLong = part.type === 'plain_text_input' && part.multiline;
    const field = element(isLong ? 'textarea' : 'input', {
      ...(!isLong && { type: type === 'number' ? 'text' : type }),
      ...(type === 'number' && { inputMode: 'decimal' }),
      ...(part.max_length && { maxLength: part.max_length }),
      value: /** @type {string | null} */ (presentValue(part, drawn)) ?? '',
      placeholder: plainWords(part.placeholder),
      class: 'slack-field',
      'aria-label': drawn.label ?? plainWords(part.placeholder),
      dataset: { action: part.action_id },
    });
    const value = () => (field.value === '' ? null : field.value);
    field.addEventListener('input', () => drawn.surface.set(keyOf(drawn.block, part), value()));
    field.addEventListener('change', () => changed(part, drawn)(value(), field));
    return field;
  };
}

/**
 * Notes a choice, and tells it to the bot where it is to know at once.
 * @param {Part} part
 * @param {Drawn} drawn
 * @returns {OnChange}
 */
function changed(part, { block, surface, dispatches, press, context, redraw }) {
  return async (value, node) => {
    const key = keyOf(block, part);
    const before = surface.get(key);
    surface.set(key, value);
    if (!dispatches || value === null) return;
    if (await askFirst(part.confirm, context)) return press({ surface, action: key, option: value, node });
    surface.set(key, before ?? null);
    redraw();
  };
}

/**
 * @param {{ id: string, name: string }} person
 * @returns {OfferedOption}
 */
function asOption({ id, name }) {
  return { value: id, text: { text: name } };
}
