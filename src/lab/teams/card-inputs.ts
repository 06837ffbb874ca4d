import type { Element } from './card-actions.ts';

/** The values that a press sends, by input ID; or what a client would have marked red instead of sending. */
type Filled = { values: Record<string, string> } | { problems: string[] };

/**
 * Fills the inputs of a press like a client: with what was given, otherwise what the card presets. Empty inputs are
 * omitted; required, unknown and impossible ones are problems. A choice may be given by its title, as a person picks
 * it.
 */
export function fillInputs(inputs: Element[], given: Record<string, unknown>): Filled {
  const known = new Set(inputs.map(({ id }) => id));
  const problems = Object.keys(given)
    .filter((id) => !known.has(id))
    .map((id) => `${id}: the card has no such input for this button`);
  const values: Record<string, string> = {};
  for (const input of inputs) {
    const id = String(input['id']);
    const filled = fill(input, given[id]);
    if (filled.problem) problems.push(`${id}: ${filled.problem}`);
    else if (filled.value !== '') values[id] = filled.value;
  }
  return problems.length > 0 ? { problems } : { values };
}

type One = { value: string; problem?: string };

function fill(input: Element, given: unknown): One {
  const value = given === undefined ? preset(input) : asText(input, given);
  if (input['isRequired'] === true && isMissing(input, value)) return { value, problem: 'a value is required' };
  if (value === '') return { value };
  if (input.type === 'Input.ChoiceSet') return pick(input, value);
  const pattern = input['regex'];
  if (typeof pattern === 'string' && !new RegExp(pattern).test(value))
    return { value, problem: 'has not the form asked for' };
  return { value };
}

function preset(input: Element): string {
  const fallback = input.type === 'Input.Toggle' ? (input['valueOff'] ?? 'false') : '';
  return String(input['value'] ?? fallback);
}

function asText(input: Element, given: unknown): string {
  if (input.type !== 'Input.Toggle' || typeof given !== 'boolean') return String(given);
  return String(given ? (input['valueOn'] ?? 'true') : (input['valueOff'] ?? 'false'));
}

/** A required toggle must be on. */
function isMissing(input: Element, value: string): boolean {
  return value === '' || (input.type === 'Input.Toggle' && value !== String(input['valueOn'] ?? 'true'));
}

function pick(input: Element, value: string): One {
  const choices = (Array.isArray(input['choices']) ? input['choices'] : []) as { title?: unknown; value?: unknown }[];
  const wanted = input['isMultiSelect'] === true ? value.split(',') : [value];
  const picked = wanted.map((each) => {
    const choice = choices.find((one) => one.value === each) ?? choices.find(({ title }) => title === each);
    return choice ? String(choice.value) : input['choices.data'] ? each : undefined;
  });
  const strange = wanted.find((_each, index) => picked[index] === undefined);
  return strange === undefined ? { value: picked.join(',') } : { value, problem: `has no choice ${strange}` };
}
