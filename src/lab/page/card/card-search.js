/**
 * @import { ChoiceSetInput, ChoiceSetInputDataQuery, Input } from 'adaptivecards'
 * @import { CardJson, FoundChoice } from '../answers/lab-answers.ts'
 * @import { Words } from '../words.js'
 * @typedef {{ dataset: string, queryText: string, inputs?: Record<string, string> }} Asked
 * @typedef {(asked: Asked) => Promise<FoundChoice[]>} Search
 * @typedef {{ readonly title?: string, readonly value?: string }} Choice
 * @typedef {ChoiceSetInput & { choicesData: ChoiceSetInputDataQuery }} Typeahead
 * @typedef {{ id?: unknown, 'choices.data'?: { associatedInputs?: string } }} InputJson
 * @typedef {ReturnType<typeof createCardSearch>} CardSearch
 */

/**
 * Pick-lists that ask the bot for their choices while somebody types. The renderer hands the title of what was picked
 * to the action where Teams sends its value, so `values` puts the values in their place.
 * @param {{ json: CardJson, onSearch: Search, words: Words }} card
 */
export function createCardSearch({ json, onSearch, words }) {
  /** @type {Map<string | undefined, Map<string | undefined, string | undefined>>} */
  const picked = new Map();
  /**
   * @param {string | undefined} id
   * @param {readonly Choice[]} choices
   */
  const learn = (id, choices) => {
    const known = picked.get(id) ?? new Map();
    for (const { title, value } of choices) known.set(title, value);
    picked.set(id, known);
  };
  /** @param {Input} input */
  const search = async (input) => {
    if (!isTypeahead(input)) return;
    const queryText = input.getFilterForDynamicSearch();
    if (!queryText) return;
    input.showLoadingIndicator();
    const inputs = isAssociated(json, input.id) ? { inputs: otherInputs(input) } : {};
    try {
      const results = await onSearch({ dataset: input.choicesData.dataset, queryText, ...inputs });
      learn(input.id, results);
      input.removeLoadingIndicator();
      if (results.length > 0) input.renderChoices(queryText, results);
      else input.showErrorIndicator(queryText, words.noMatch);
    } catch (error) {
      input.removeLoadingIndicator();
      input.showErrorIndicator(queryText, /** @type {Error} */ (error).message);
    }
  };
  /** @param {unknown} data */
  const values = (data) => {
    if (typeof data !== 'object' || data === null) return data;
    return Object.fromEntries(Object.entries(data).map(([id, value]) => [id, picked.get(id)?.get(value) ?? value]));
  };
  return { learn, search, values };
}

/**
 * Whether the choices of this input come from the bot.
 * @param {Input} input
 * @returns {input is Typeahead}
 */
export function isTypeahead(input) {
  return input instanceof AdaptiveCards.ChoiceSetInput && input.isDynamicTypeahead();
}

/** @param {Input} input */
function otherInputs(input) {
  const others = input.getRootElement().getAllInputs(true);
  const filled = others.filter((each) => each !== input && each.isSet());
  return Object.fromEntries(filled.map(({ id, value }) => [id, String(value)]));
}

/**
 * The renderer does not read `associatedInputs` of a query.
 * @param {unknown} part
 * @param {string | undefined} id
 * @returns {boolean}
 */
function isAssociated(part, id) {
  if (typeof part !== 'object' || part === null) return false;
  const { id: own, 'choices.data': query } = /** @type {InputJson} */ (part);
  if (own === id && query) return query.associatedInputs === 'auto';
  return Object.values(part).some((each) => isAssociated(each, id));
}
