/**
 * Pick-lists that ask the bot for their choices while somebody types. The renderer hands the title of what was picked
 * to the action where Teams sends its value, so `values` puts the values in their place.
 */
export function createCardSearch({ json, onSearch, words }) {
  const picked = new Map();
  const learn = (id, choices) => {
    const known = picked.get(id) ?? new Map();
    for (const { title, value } of choices) known.set(title, value);
    picked.set(id, known);
  };
  const search = async (input) => {
    const queryText = isTypeahead(input) ? input.getFilterForDynamicSearch() : '';
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
      input.showErrorIndicator(queryText, error.message);
    }
  };
  const values = (data) => {
    if (typeof data !== 'object' || data === null) return data;
    return Object.fromEntries(Object.entries(data).map(([id, value]) => [id, picked.get(id)?.get(value) ?? value]));
  };
  return { learn, search, values };
}

/** Whether the choices of this input come from the bot. */
export function isTypeahead(input) {
  return input instanceof AdaptiveCards.ChoiceSetInput && input.isDynamicTypeahead();
}

function otherInputs(input) {
  const others = input.getRootElement().getAllInputs(true);
  const filled = others.filter((each) => each !== input && each.isSet());
  return Object.fromEntries(filled.map(({ id, value }) => [id, String(value)]));
}

/** The renderer does not read `associatedInputs` of a query. */
function isAssociated(part, id) {
  if (typeof part !== 'object' || part === null) return false;
  if (part.id === id && part['choices.data']) return part['choices.data'].associatedInputs === 'auto';
  return Object.values(part).some((each) => isAssociated(each, id));
}
