import { element } from '../element.js';
import { plainWords } from './mrkdwn.js';
import { keyOf, presentValue } from './surface.js';

/**
 * @import { Suggested } from '../answers/slack-answers.ts'
 * @import { Option, Part, TextObject } from '../answers/block-kit.ts'
 * @import { Drawn, OnChange, SlackWords } from './drawing.ts'
 * @typedef {{ chosen: Option[], offered: Option[], at: number, timer?: ReturnType<typeof setTimeout> }} State
 * @typedef {ReturnType<typeof makeNodes>} Nodes
 * @typedef {{ state: State, take: (option: Option | undefined) => void }} Choosing
 * @typedef {Choosing & { found: Suggested | undefined, words: SlackWords }} Offer
 */

const quietFor = 250;
let lists = 0;

/**
 * A box whose options the bot answers while the reader types. Arrow keys, Enter and Escape work its list. With several
 * choices the chosen ones stand before the box and are taken away by a press.
 * @param {Part} part
 * @param {Drawn} drawn
 * @param {OnChange} onChange
 */
export function externalSelect(part, drawn, onChange) {
  const nodes = makeNodes(part, drawn);
  const { box, field, list } = nodes;
  const chosen = /** @type {Option[]} */ ([presentValue(part, drawn)].flat().filter(Boolean));
  /** @type {State} */
  const state = { chosen, offered: [], at: -1, timer: undefined };
  const { show, take } = choosing(nodes, { state, many: part.type.startsWith('multi_'), onChange });
  const search = async () => {
    const asked = field.value;
    const found = await drawn.suggest({ surface: drawn.surface, action: keyOf(drawn.block, part), value: asked });
    if (field.value !== asked) return;
    Object.assign(state, { offered: found?.options ?? [], at: -1 });
    drawOptions(nodes, { state, take, found, words: drawn.context.words });
  };
  field.addEventListener('input', () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(search, quietFor);
  });
  field.addEventListener('focus', search);
  field.addEventListener('blur', () => {
    hide(nodes);
    show();
  });
  field.addEventListener('keydown', (event) => steer(event, { nodes, state, take }));
  list.addEventListener('mousedown', (event) => event.preventDefault());
  show();
  return box;
}

/**
 * What is chosen: shown in the box, or before it where there may be several.
 * @param {Nodes} nodes
 * @param {{ state: State, many: boolean, onChange: OnChange }} choice
 */
function choosing(nodes, { state, many, onChange }) {
  const { box, field, marks } = nodes;
  /** @param {Option} option */
  const drop = (option) => {
    state.chosen = state.chosen.filter(({ value }) => value !== option.value);
    tell();
  };
  const show = () => {
    field.value = many ? '' : nameOf(state.chosen[0]);
    marks.replaceChildren(...(many ? state.chosen.map((each) => mark(each, drop)) : []));
  };
  const tell = () => {
    const values = state.chosen.map((each) => ({ text: textOf(each).text, value: each.value }));
    show();
    hide(nodes);
    void onChange(many ? values : (values[0] ?? null), box);
  };
  /** @param {Option | undefined} option */
  const take = (option) => {
    if (!option) return;
    const others = state.chosen.filter(({ value }) => value !== option.value);
    state.chosen = many ? [...others, option] : [option];
    tell();
  };
  return { show, take };
}

/**
 * @param {Part} part
 * @param {Drawn} drawn
 */
function makeNodes(part, { label }) {
  const placeholder = plainWords(part.placeholder);
  const id = `slack-options-${++lists}`;
  const field = element('input', {
    type: 'text',
    class: 'slack-field',
    autocomplete: 'off',
    placeholder,
    role: 'combobox',
    'aria-label': label ?? placeholder,
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': id,
    dataset: { action: part.action_id },
  });
  const list = element('ul', { class: 'slack-options', role: 'listbox', id, hidden: true });
  const marks = element('span', { class: 'slack-marks' });
  return { field, list, marks, box: element('div', { class: 'slack-external' }, marks, field, list) };
}

/**
 * @param {Nodes} nodes
 * @param {Offer} offer
 */
function drawOptions({ field, list }, { state, take, found, words }) {
  /**
   * @param {Option} option
   * @param {number} index
   */
  const entry = (option, index) =>
    element(
      'li',
      {
        role: 'option',
        id: `${list.id}-${index}`,
        'aria-selected': String(index === state.at),
        onclick: () => take(option),
      },
      element('span', {}, nameOf(option)),
      option.description && element('span', { class: 'quiet' }, plainWords(option.description)),
    );
  const nothing = element('li', { class: 'quiet' }, found?.problems?.join('; ') || words.noMatch);
  list.replaceChildren(...(state.offered.length > 0 ? state.offered.map(entry) : [nothing]));
  list.hidden = found?.asked === false;
  field.setAttribute('aria-expanded', String(!list.hidden));
  list.children[state.at]?.scrollIntoView({ block: 'nearest' });
}

/**
 * @param {KeyboardEvent} event
 * @param {Choosing & { nodes: Nodes }} choosing
 */
function steer(event, { nodes, state, take }) {
  const { list } = nodes;
  if (list.hidden || state.offered.length === 0) return;
  const count = state.offered.length;
  if (event.key === 'Enter' && state.at >= 0) take(state.offered[state.at]);
  else if (event.key === 'Escape') hide(nodes);
  else if (event.key === 'ArrowDown') state.at = (state.at + 1) % count;
  else if (event.key === 'ArrowUp') state.at = (state.at + count - 1) % count;
  else return;
  event.preventDefault();
  event.stopPropagation();
  for (const [index, node] of [...list.children].entries())
    node.setAttribute('aria-selected', String(index === state.at));
  nodes.field.setAttribute('aria-activedescendant', `${list.id}-${state.at}`);
  list.children[state.at]?.scrollIntoView({ block: 'nearest' });
}

/** @param {Nodes} nodes */
function hide({ list, field }) {
  list.hidden = true;
  field.setAttribute('aria-expanded', 'false');
}

/**
 * @param {Option} option
 * @param {(option: Option) => void} drop
 */
function mark(option, drop) {
  return element('button', { type: 'button', class: 'slack-mark', onclick: () => drop(option) }, `${nameOf(option)} ×`);
}

/** @param {Option | undefined} option */
function nameOf(option) {
  return option ? plainWords(textOf(option)) : '';
}

/**
 * @param {Option} option
 * @returns {TextObject}
 */
function textOf({ text }) {
  return typeof text === 'string' ? { text } : text;
}
