import { element } from '../element.js';
import { drawBlocks, inputKeys } from './blocks.js';
import { createSurface } from './surface.js';

/**
 * @import { SlackViewShown } from '../answers/slack-answers.ts'
 * @import { SlackContext } from './drawing.ts'
 */

/**
 * The reader's home tab: what the bot has published for them, or that it has published nothing.
 * @param {HTMLElement} log
 * @param {() => SlackContext} context
 */
export function createHome(log, context) {
  let surface = createSurface({ id: 'home', view: 'home' });
  let drawn = '';
  /** @param {SlackViewShown | null} view */
  const draw = (view) => {
    const wanted = JSON.stringify(view?.blocks ?? null);
    if (wanted === drawn) return;
    drawn = wanted;
    const { words, press, suggest } = context();
    if (!view) return log.replaceChildren(element('div', { class: 'nothing' }, element('p', {}, words.noHome)));
    surface.shows(inputKeys(view.blocks));
    const redraw = () => {
      drawn = '';
      draw(view);
    };
    const drawing = { surface, values: view.state.values, context: context(), press, suggest, redraw };
    log.replaceChildren(element('div', { class: 'slack-home' }, drawBlocks(view.blocks, drawing)));
  };
  return {
    show: draw,
    /** Another reader, another language, or another place follows. */
    clear() {
      surface = createSurface({ id: 'home', view: 'home' });
      drawn = '';
    },
  };
}
