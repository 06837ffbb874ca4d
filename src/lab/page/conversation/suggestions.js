import { element } from '../element.js';

/**
 * @import { Commands } from '../answers/lab-answers.ts'
 * @typedef {Commands[number]} Command
 * @typedef {{ offered: Command[], chosen: number }} State
 * @typedef {{ text: HTMLTextAreaElement, list: HTMLElement, take: (command: Command) => void } & State} DrawnList
 * @typedef {{ hide(): void, show(): void, handle(event: KeyboardEvent): boolean }} Suggestions
 */

/** Nothing is chosen. */
const none = -1;

/**
 * The list of commands over the compose box. Tab takes the first, arrow keys choose one and Enter takes what is chosen;
 * as long as nothing is, Enter sends what was typed.
 * @param {{ text: HTMLTextAreaElement, list: HTMLElement, commands: Commands }} parts
 * @returns {Suggestions}
 */
export function createSuggestions({ text, list, commands }) {
  /** @type {State} */
  const state = { offered: [], chosen: none };
  const draw = () => drawList({ text, list, ...state, take });
  const hide = () => {
    state.offered = [];
    draw();
  };
  /** @param {Command | undefined} command */
  const take = (command) => {
    if (!command) return;
    text.value = `${slashed(command.title)} `;
    hide();
  };
  /** @param {number} step */
  const move = (step) => {
    const { offered, chosen } = state;
    state.chosen = (Math.max(chosen, step < 0 ? 0 : none) + offered.length + step) % offered.length;
    draw();
  };
  const keys = keysOf(state, { hide, take, move });
  return {
    hide,
    show() {
      Object.assign(state, { offered: matching(commands, text.value), chosen: none });
      draw();
    },
    /** Whether the key was meant for the list. */
    handle(event) {
      const act = keys[event.key];
      if (state.offered.length === 0 || !act || event.shiftKey) return false;
      const isSent = event.key === 'Enter' && state.chosen === none;
      if (!isSent) event.preventDefault();
      act();
      return !isSent;
    },
  };
}

/**
 * What each key does while the list is open.
 * @param {State} state
 * @param {{ hide: () => void, take: (command: Command | undefined) => void, move: (step: number) => void }} acts
 * @returns {Record<string, () => void>}
 */
function keysOf(state, { hide, take, move }) {
  return {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Tab: () => take(state.offered[Math.max(state.chosen, 0)]),
    Enter: () => (state.chosen === none ? hide() : take(state.offered[state.chosen])),
    Escape: hide,
  };
}

/** @param {DrawnList} drawn */
function drawList({ text, list, offered, chosen, take }) {
  const isOpen = offered.length > 0;
  list.replaceChildren(
    ...offered.map((command, index) => option({ command, index, isChosen: index === chosen }, take)),
  );
  list.hidden = !isOpen;
  if (chosen >= 0 && isOpen) text.setAttribute('aria-activedescendant', `suggestion-${chosen}`);
  else text.removeAttribute('aria-activedescendant');
  list.children[chosen]?.scrollIntoView({ block: 'nearest' });
}

/**
 * @param {Commands} commands
 * @param {string} typed
 */
function matching(commands, typed) {
  if (!typed.startsWith('/')) return [];
  const wanted = typed.toLowerCase();
  // Once the whole command stands there, what follows are its arguments.
  return commands.filter(
    ({ title }) => slashed(title).toLowerCase().startsWith(wanted) && slashed(title).length > wanted.length,
  );
}

/** @param {string} title */
function slashed(title) {
  return title.startsWith('/') ? title : `/${title}`;
}

/**
 * @param {{ command: Command, index: number, isChosen: boolean }} offered
 * @param {(command: Command) => void} take
 */
function option({ command, index, isChosen }, take) {
  return element(
    'li',
    {
      id: `suggestion-${index}`,
      role: 'option',
      'aria-selected': String(isChosen),
      // The box would lose the focus, and with it the list, before a click arrives.
      onmousedown: (event) => {
        event.preventDefault();
        take(command);
      },
    },
    element('strong', {}, slashed(command.title)),
    element('span', {}, command.description),
  );
}
