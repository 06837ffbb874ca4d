/**
 * An element with its properties and children. `on…` adds a listener, `class` and attributes with a dash are
 * attributes, everything else is a property; undefined and null are left out. Text is never read as HTML.
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) assign(made, { name, value });
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

/** The element of this id in the page, which has it by construction. */
export function byId(id) {
  return document.getElementById(id);
}

function assign(made, { name, value }) {
  if (value === undefined || value === null) return;
  if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
  else if (name === 'dataset') Object.assign(made.dataset, value);
  else if (name === 'class' || name === 'role' || name.includes('-')) made.setAttribute(name, String(value));
  else made[name] = value;
}
