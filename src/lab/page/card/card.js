import { createCardSearch, isTypeahead } from './card-search.js';
import { followDetails, ownIds, wireDetails } from './details.js';
import { element } from '../element.js';
import { listFacts } from './facts.js';
import { hostConfig } from './host-config.js';
import { cardMarkdown, mentionTexts } from '../markdown.js';

/**
 * @import { Action, AdaptiveCard, Input } from 'adaptivecards'
 * @import { CardJson } from '../answers/lab-answers.ts'
 * @import { Words } from '../words.js'
 * @import { CardSearch, Search } from './card-search.js'
 * @typedef {{ type?: string, id?: string, title?: string, verb?: string, data: unknown }} Press
 * @typedef {Input & { defaultValue?: string }} Preset Each kind of input has one.
 * @typedef {object} CardHandling
 * @property {Readonly<Record<string, string>>} [kept]
 * @property {(press: Press, button?: HTMLElement) => void} onPress
 * @property {Search} onSearch
 * @property {Words} words
 * @typedef {{ node: HTMLElement, typed: () => Record<string, string> }} RenderedCard
 */

/** Above this many choices a pick-list is typed into; below it opens as a list. */
const longList = 30;

/** @type {string[]} */
let mentionsOfCard = [];
let cards = 0;

/**
 * Draws one card with the official renderer. `kept` are the values that the reader had typed into the card before
 * its change, by input id. Returns the node, the typed values, and how to show that a press is on its way.
 * @param {CardJson} json
 * @param {CardHandling} handling
 */
export function renderCard(json, { kept = {}, onPress, onSearch, words }) {
  const { AdaptiveCard, SerializationContext, HostConfig, Versions } = AdaptiveCards;
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(hostConfig);
  // Teams documents `choices.data` for 1.5; the renderer knows it from 1.6.
  const number = ++cards;
  card.parse({ ...ownIds(json, number), version: '1.6' }, new SerializationContext(Versions.v1_6));
  mentionsOfCard = mentionTexts(json.msteams?.entities);
  const search = createCardSearch({ json, onSearch, words });
  const presets = prepareInputs(card, { kept, search });
  card.onExecuteAction = (action) => run(action, { search, onPress });
  card.onInputValueChanged = search.search;
  card.onElementVisibilityChanged = followDetails;
  const drawn = card.render() ?? element('p', { class: 'no-drawing' }, json.fallbackText ?? words.noDrawing);
  nameButtons(drawn);
  nameTypedLists(drawn);
  wireDetails(drawn, number);
  listFacts(drawn);
  const wide = json.msteams?.width === 'Full' ? ' wide' : '';
  const node = element(
    'div',
    {
      class: `card${wide}`,
      tabIndex: -1,
      role: 'group',
      ...(json.lang && { lang: json.lang }),
      ...nameOf(drawn, { number, json }),
    },
    drawn,
  );
  return { node, typed: () => typedValues(card, presets) };
}

/** Sets up the renderer for the whole page. */
export function setUpRenderer() {
  const { AdaptiveCard, GlobalSettings } = AdaptiveCards;
  GlobalSettings.setTabIndexAtCardRoot = false;
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = cardMarkdown(text, mentionsOfCard);
    result.didProcess = true;
  };
}

/**
 * @param {AdaptiveCard} card
 * @param {{ kept: Readonly<Record<string, string>>, search: CardSearch }} before
 */
function prepareInputs(card, { kept, search }) {
  /** @type {Record<string, string | undefined>} */
  const presets = {};
  for (const each of card.getAllInputs(true)) {
    const input = /** @type {Preset} */ (each);
    const { id = '' } = input;
    presets[id] = presetOf(input);
    const before = kept[id];
    if (before !== undefined && fits(input, before)) input.defaultValue = before;
    if (!(input instanceof AdaptiveCards.ChoiceSetInput)) continue;
    if (isTypeahead(input)) search.learn(id, input.choices);
    else if (input.style === 'filtered' && input.choices.length <= longList) input.style = undefined;
    if (input.style !== 'filtered') continue;
    // The renderer shows the preset of a list that is typed into by its value; people know it by its title.
    input.defaultValue = input.choices.find(({ value }) => value === input.defaultValue)?.title ?? input.defaultValue;
  }
  return presets;
}

/** @param {Preset} input */
function presetOf(input) {
  const nothing = input instanceof AdaptiveCards.ToggleInput ? input.valueOff : '';
  return input.defaultValue ?? nothing;
}

/**
 * @param {Input} input
 * @param {string} value
 */
function fits(input, value) {
  if (!(input instanceof AdaptiveCards.ChoiceSetInput)) return true;
  return isTypeahead(input) || input.choices.some((choice) => choice.value === value);
}

/**
 * @param {AdaptiveCard} card
 * @param {Record<string, string | undefined>} presets
 */
function typedValues(card, presets) {
  /** @type {Record<string, string>} */
  const typed = {};
  for (const { id, value } of card.getAllInputs(true)) {
    if (id && value !== undefined && String(value) !== String(presets[id] ?? '')) typed[id] = String(value);
  }
  return typed;
}

/**
 * @param {Action} action
 * @param {Pick<CardHandling, 'onPress'> & { search: CardSearch }} handling
 */
function run(action, { search, onPress }) {
  const { OpenUrlAction, ExecuteAction, SubmitAction } = AdaptiveCards;
  if (action instanceof OpenUrlAction) {
    if (/^(https?|mailto):/i.test(action.url ?? '')) window.open(action.url, '_blank', 'noopener,noreferrer');
    return;
  }
  const type = action.getJsonTypeName();
  if (!(action instanceof ExecuteAction) && !(action instanceof SubmitAction)) return;
  const { id, title, data } = action;
  const verb = action instanceof ExecuteAction ? action.verb : undefined;
  const press = Object.fromEntries(Object.entries({ type, id, title, verb }).filter(([, value]) => value));
  onPress({ ...press, data: search.values(data) }, action.renderedElement);
}

/**
 * A card is named by its heading, so that the heading is not read twice.
 * @param {HTMLElement} drawn
 * @param {{ number: number, json: CardJson }} card
 */
function nameOf(drawn, { number, json }) {
  const heading = drawn.querySelector('[role="heading"]');
  if (!heading) return { 'aria-label': json.fallbackText };
  heading.id = `card-${number}-title`;
  return { 'aria-labelledby': heading.id };
}

/**
 * The renderer names only what is around the box of a list that is typed into.
 * @param {HTMLElement} drawn
 */
function nameTypedLists(drawn) {
  for (const box of drawn.querySelectorAll('input.ac-choiceSetInput-filtered')) {
    const names = box.parentElement?.closest('[aria-labelledby]')?.getAttribute('aria-labelledby');
    if (names) box.setAttribute('aria-labelledby', names);
  }
}

/**
 * Long titles are cut on narrow screens: the whole of it is one hover away. What a button is for belongs to its
 * name, or several would be heard by the same one.
 * @param {HTMLElement} drawn
 */
function nameButtons(drawn) {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (drawn.querySelectorAll('.ac-pushButton'))) {
    const said = button.textContent ?? '';
    button.title ||= said;
    if (button.title !== said && button.title.startsWith(said)) button.setAttribute('aria-label', button.title);
  }
}
