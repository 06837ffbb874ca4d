/**
 * @import { CardElement } from 'adaptivecards'
 * @import { CardJson } from '../answers/lab-answers.ts'
 */

/**
 * The fold of a card: what opens it and what shuts it are two parts that show each other. The renderer does not say
 * which of them is which, does not keep the focus when the pressed one goes, and gives every card the same ids.
 * @param {unknown} id
 */
const isOurs = (id) => typeof id === 'string' && id.startsWith('details');

/**
 * A card whose parts have ids that no other card of the page has; the ids of inputs stay.
 * @param {CardJson} json
 * @param {number} number
 * @returns {CardJson}
 */
export function ownIds(json, number) {
  /** @param {unknown} id */
  const own = (id) => (isOurs(id) ? `${id}-${number}` : id);
  return JSON.parse(JSON.stringify(json), (key, value) => {
    if (key === 'id') return own(value);
    return key === 'targetElements' ? value.map(own) : value;
  });
}

/**
 * Tells assistive technology what is pressed to open and to shut the details, and which part that is.
 * @param {HTMLElement} drawn
 * @param {number} number
 */
export function wireDetails(drawn, number) {
  for (const [part, expanded] of /** @type {const} */ ([
    ['open', 'false'],
    ['shut', 'true'],
  ])) {
    const toggle = drawn.querySelector(`#details-${part}-${number}`);
    toggle?.classList.add('details-toggle');
    toggle?.setAttribute('aria-expanded', expanded);
    toggle?.setAttribute('aria-controls', `details-${number}`);
  }
}

/**
 * The pressed part goes, so the focus goes to the one that comes in its place.
 * @param {CardElement} part
 */
export function followDetails(part) {
  if (!/^details-(open|shut)-/.test(part.id ?? '')) return;
  if (part.isVisible) part.renderedElement?.focus({ preventScroll: true });
}
