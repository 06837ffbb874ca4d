import { element } from '../element.js';

/** Nothing is chosen. */
const none = -1;

/**
 * The list of commands over the compose box. Tab takes the first, arrow keys choose one and Enter takes what is chosen;
 * as long as nothing is, Enter sends what was typed.
 */
export function createSuggestions({ text, list, commands }) {
  let offered = [];
  let chosen = none;
  const draw = () => drawList({ text, list, offered, chosen, take });
  const hide = () => {
    offered = [];
    draw();
  };
  const take = (command) => {
    text.value = `${slashed(command.title)} `;
    hide();
  };
  const move = (step) => {
    chosen = (Math.max(chosen, step < 0 ? 0 : none) + offered.length + step) % offered.length;
    draw();
  };
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Tab: () => take(offered[Math.max(chosen, 0)]),
    Enter: () => (chosen === none ? hide() : take(offered[chosen])),
    Escape: hide,
  };
  return {
    hide,
    show() {
      offered = matching(commands, text.value);
      chosen = none;
      draw();
    },
    /** Whether the key was meant for the list. */
    handle(event) {
      if (offered.length === 0 || !keys[event.key] || event.shiftKey) return false;
      const isSent = event.key === 'Enter' && chosen === none;
      if (!isSent) event.preventDefault();
      keys[event.key]();
      return !isSent;
    },
  };
}

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

function matching(commands, typed) {
  if (!typed.startsWith('/')) return [];
  const wanted = typed.toLowerCase();
  // Once the whole command stands there, what follows are its arguments.
  return commands.filter(
    ({ title }) => slashed(title).toLowerCase().startsWith(wanted) && slashed(title).length > wanted.length,
  );
}

function slashed(title) {
  return title.startsWith('/') ? title : `/${title}`;
}

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
