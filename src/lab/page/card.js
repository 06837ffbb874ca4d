import { element } from './element.js';
import { hostConfig } from './host-config.js';
import { cardMarkdown, mentionTexts } from './markdown.js';

/** Above this many choices a pick-list is typed into; below it opens as a list. */
const longList = 30;

let mentionsOfCard = [];

/**
 * Draws one card with the official renderer. `kept` are the values that the reader had typed into the card before its
 * change, by input id. Returns the node, the typed values, and how to show that a press is on its way.
 */
export function drawCard(json, { kept = {}, onPress, onSearch, words }) {
  const { AdaptiveCard, SerializationContext, HostConfig, Versions } = AdaptiveCards;
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(hostConfig);
  // Teams documents `choices.data` for 1.5; the renderer knows it from 1.6.
  card.parse({ ...json, version: '1.6' }, new SerializationContext(Versions.v1_6));
  mentionsOfCard = mentionTexts(json.msteams?.entities);
  const presets = prepareInputs(card, kept);
  card.onExecuteAction = (action) => run(action, { card, onPress });
  card.onInputValueChanged = (input) => search(input, { json, onSearch, words });
  const drawn = card.render() ?? element('p', { class: 'no-drawing' }, json.fallbackText ?? words.noDrawing);
  nameButtons(drawn);
  const wide = json.msteams?.width === 'Full' ? ' wide' : '';
  const node = element(
    'div',
    { class: `card${wide}`, tabIndex: -1, role: 'group', 'aria-label': json.speak ?? 'Card' },
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

function prepareInputs(card, kept) {
  const { ChoiceSetInput, ToggleInput } = AdaptiveCards;
  const presets = {};
  for (const input of card.getAllInputs(true)) {
    const isPick = input instanceof ChoiceSetInput;
    presets[input.id] =
      input instanceof ToggleInput ? (input.defaultValue ?? input.valueOff) : (input.defaultValue ?? '');
    const before = kept[input.id];
    const fits = !isPick || input.isDynamicTypeahead() || input.choices.some(({ value }) => value === before);
    if (before !== undefined && fits) input.defaultValue = before;
    if (!isPick || input.isDynamicTypeahead() || input.style !== 'filtered') continue;
    if (input.choices.length <= longList) input.style = undefined;
    // The renderer shows a preset of a typed list by its value; people know it by its title.
    else
      input.defaultValue = input.choices.find(({ value }) => value === input.defaultValue)?.title ?? input.defaultValue;
  }
  return presets;
}

function typedValues(card, presets) {
  const typed = {};
  for (const { id, value } of card.getAllInputs(true)) {
    if (id && value !== undefined && String(value) !== String(presets[id] ?? '')) typed[id] = String(value);
  }
  return typed;
}

function run(action, { onPress }) {
  const { OpenUrlAction, ExecuteAction, SubmitAction } = AdaptiveCards;
  if (action instanceof OpenUrlAction) {
    if (/^(https?|mailto):/i.test(action.url ?? '')) window.open(action.url, '_blank', 'noopener,noreferrer');
    return;
  }
  const type = action.getJsonTypeName();
  if (!(action instanceof ExecuteAction) && !(action instanceof SubmitAction)) return;
  const { id, title, verb, data } = action;
  const press = Object.fromEntries(Object.entries({ type, id, title, verb }).filter(([, value]) => value));
  onPress({ ...press, data }, action.renderedElement);
}

async function search(input, { json, onSearch, words }) {
  const { ChoiceSetInput } = AdaptiveCards;
  if (!(input instanceof ChoiceSetInput) || !input.isDynamicTypeahead()) return;
  const queryText = input.getFilterForDynamicSearch();
  if (!queryText) return;
  input.showLoadingIndicator();
  const inputs = isAssociated(json, input.id) ? otherInputs(input) : undefined;
  try {
    const results = await onSearch({ dataset: input.choicesData.dataset, queryText, ...(inputs && { inputs }) });
    input.removeLoadingIndicator();
    if (results.length > 0) input.renderChoices(queryText, results);
    else input.showErrorIndicator(queryText, words.noMatch);
  } catch (error) {
    input.removeLoadingIndicator();
    input.showErrorIndicator(queryText, error.message);
  }
}

function otherInputs(input) {
  const others = input.getRootElement().getAllInputs(true);
  return Object.fromEntries(
    others.filter((each) => each !== input && each.isSet()).map(({ id, value }) => [id, String(value)]),
  );
}

/** The renderer does not read `associatedInputs` of a query. */
function isAssociated(part, id) {
  if (typeof part !== 'object' || part === null) return false;
  if (part.id === id && part['choices.data']) return part['choices.data'].associatedInputs === 'auto';
  return Object.values(part).some((each) => isAssociated(each, id));
}

/** Long titles are cut on narrow screens: the whole of it is one hover away. */
function nameButtons(drawn) {
  for (const button of drawn.querySelectorAll('.ac-pushButton')) button.title ||= button.textContent ?? '';
}
