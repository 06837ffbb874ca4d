import { element } from '../element.js';

/** The list of commands over the compose box, worked by arrow keys, Tab, Enter and Escape. */
export function createSuggestions({ text, list, commands }) {
  let offered = [];
  let chosen = 0;
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
    chosen = (chosen + offered.length + step) % offered.length;
    draw();
  };
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Tab: () => take(offered[chosen]),
    Enter: () => take(offered[chosen]),
    Escape: hide,
  };
  return {
    hide,
    show() {
      offered = matching(commands, text.value);
      chosen = 0;
      draw();
    },
    /** Whether the key was meant for the list. */
    handle(event) {
      if (offered.length === 0 || !keys[event.key] || event.shiftKey) return false;
      event.preventDefault();
      keys[event.key]();
      return true;
    },
  };
}

function drawList({ text, list, offered, chosen, take }) {
  const isOpen = offered.length > 0;
  list.replaceChildren(
    ...offered.map((command, index) => option({ command, index, isChosen: index === chosen }, take)),
  );
  list.hidden = !isOpen;
  text.setAttribute('aria-expanded', String(isOpen));
  if (isOpen) text.setAttribute('aria-activedescendant', `suggestion-${chosen}`);
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
