/**
 * @typedef {HTMLElementTagNameMap} Elements
 * @typedef {Node | string | false | null | undefined} Child
 * @typedef {{ [name: `${string}-${string}`]: string | null | undefined }} Dashed Attributes with a dash.
 * @typedef {{ class?: string, role?: string, dataset?: Record<string, string> }} Special
 */

/**
 * @template {keyof Elements} Tag
 * @typedef {{ [Name in Exclude<keyof Elements[Tag], keyof Special>]?: Elements[Tag][Name] }} Own
 */

/**
 * @template {keyof Elements} Tag
 * @typedef {Own<Tag> & Special & Dashed} Properties
 */

/**
 * An element with its properties and children. `on…` adds a listener, `class` and attributes with a dash are
 * attributes, everything else is a property; undefined and null are left out. Text is never read as HTML.
 * @template {keyof Elements} Tag
 * @param {Tag} tag
 * @param {Properties<Tag>} [properties]
 * @param {...(Child | readonly Child[])} children
 * @returns {Elements[Tag]}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) assign(made, { name, value });
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

/**
 * The element of this id in the page, which has it by construction.
 * @param {string} id
 */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * @param {HTMLElement} made
 * @param {{ name: string, value: unknown }} property
 */
function assign(made, { name, value }) {
  if (value === undefined || value === null) return;
  if (name.startsWith('on')) made.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
  else if (name === 'dataset') Object.assign(made.dataset, value);
  else if (name === 'class' || name === 'role' || name.includes('-')) made.setAttribute(name, String(value));
  else Object.assign(made, { [name]: value });
}
