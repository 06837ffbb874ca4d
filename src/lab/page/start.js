import { get } from './api.js';
import { byId, element } from './element.js';

/**
 * The switch between the two platforms: each side is the page anew, with the same reader.
 * @param {string} side
 */
function drawSides(side) {
  /**
   * @param {string} value
   * @param {string} name
   */
  const link = (value, name) => {
    const url = new URL(location.href);
    const as = url.searchParams.get('as');
    url.search = '';
    if (as) url.searchParams.set('as', as);
    if (value === 'slack') url.searchParams.set('side', value);
    return element('a', { href: url.href, 'aria-current': value === side ? 'page' : undefined }, name);
  };
  byId('sides').hidden = false;
  byId('sides').replaceChildren(link('teams', 'Teams'), link('slack', 'Slack'));
}

/** Slack's administrator is nobody in Teams. */
function forgetStranger() {
  const url = new URL(location.href);
  if (people.people.some(({ key }) => key === url.searchParams.get('as'))) return;
  url.searchParams.delete('as');
  window.history.replaceState(null, '', url);
}

const people = await get('people');
const side = people.hasSlack && new URL(location.href).searchParams.get('side') === 'slack' ? 'slack' : 'teams';
document.body.dataset.side = side;
if (side === 'teams') forgetStranger();
if (people.hasSlack) drawSides(side);
if (side === 'slack') {
  const { startSlack } = await import('./slack/main.js');
  await startSlack();
} else {
  const { startTeams } = await import('./main.js');
  await startTeams(people);
}
