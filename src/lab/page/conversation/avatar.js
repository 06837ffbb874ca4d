import { element } from '../element.js';

/**
 * The round mark of a person or of the bot. It repeats the name beside it, so it says nothing to a screen reader.
 * @param {{ name: string, person: string | null }} from
 */
export function avatar(from) {
  if (!from.person) return element('img', { class: 'avatar', src: '/_lab/page/icon.svg', alt: '' });
  const names = from.name.split(' ');
  const initials = (names[0] ?? '').charAt(0) + (names.at(-1) ?? '').charAt(0);
  return element('span', { class: `avatar ${from.person}`, 'aria-hidden': 'true' }, initials);
}
