/** The inputs of a card, each with its label. */
import type { Input } from '../src/message/card-data.ts';
import { plain, typed } from '../src/message/escape.ts';
import type { Limits } from '../src/message/limits.ts';
import type { Choice, Element } from './elements.ts';

type Of<K extends Input['kind']> = Extract<Input, { kind: K }>;

/** An input as its element. */
export function inputOf(input: Input, limits: Limits): Element {
  switch (input.kind) {
    case 'pick':
      return pickList(input, limits);
    case 'picks':
      return checkboxes(input, limits);
    case 'text':
      return textField(input, limits);
    case 'date':
      return { type: 'Input.Date', ...named(input, limits), value: input.value ?? '', ...required(input, limits) };
    case 'toggle':
      return {
        type: 'Input.Toggle',
        id: input.id,
        title: plain(input.title, limits.label),
        value: input.on ? 'true' : 'false',
        valueOn: 'true',
        valueOff: 'false',
        wrap: true,
      };
  }
}

/** A compact list with a default can't be emptied: it needs no "required" mark. What doesn't fit is searched for. */
function pickList(input: Of<'pick'>, limits: Limits): Element {
  const { value = '', search } = input;
  const choices = choicesOf(input.choices, input.value === undefined ? [] : [input.value], limits);
  const searched = choices.length < input.choices.length ? search : undefined;
  const style = searched === undefined ? (input.style ?? 'compact') : 'filtered';
  const isFilled = style === 'compact' && value !== '';
  const { isRequired, errorMessage } = required(input, limits);
  return {
    type: 'Input.ChoiceSet',
    ...named(input, limits),
    style,
    ...(searched !== undefined && { 'choices.data': { type: 'Data.Query', dataset: searched } }),
    value,
    placeholder: plain(input.placeholder ?? '', limits.label),
    isRequired: isRequired && !isFilled,
    errorMessage,
    wrap: true,
    choices,
  };
}

function checkboxes({ id, label, choices, values }: Of<'picks'>, limits: Limits): Element {
  const ticked = values.filter((value) => choices.some((choice) => choice.value === value));
  return {
    type: 'Input.ChoiceSet',
    ...named({ id, label }, limits),
    isMultiSelect: true,
    style: 'expanded',
    value: ticked.join(','),
    wrap: true,
    choices: choicesOf(choices, ticked, limits),
  };
}

function textField(input: Of<'text'>, limits: Limits): Element {
  const { value = '', placeholder = '', multiline = false, maxLength = 500 } = input;
  return {
    type: 'Input.Text',
    ...named(input, limits),
    value: typed(value, { max: maxLength, by: multiline ? '\n' : ' ' }),
    placeholder: plain(placeholder, limits.label),
    ...required(input, limits),
    isMultiline: multiline,
    maxLength,
  };
}

type Named = { readonly id: string; readonly label: string; readonly error?: string | undefined };

const named = ({ id, label, error }: Named, limits: Limits) => ({
  id,
  label: plain(error === undefined ? label : `⚠️ ${label} · ${error}`, limits.label),
});

const required = ({ required: said }: { readonly required?: string | undefined }, limits: Limits) => ({
  isRequired: said !== undefined,
  errorMessage: plain(said ?? '', limits.text),
});

/** The shown choices; the current one stays among them however short the list is cut. */
function choicesOf(choices: Of<'pick'>['choices'], chosen: readonly string[], limits: Limits): Choice[] {
  const kept = choices.filter(({ value }, index) => index < limits.choices || chosen.includes(value));
  return kept.map(({ title, value }) => ({ title: plain(title, limits.label), value }));
}
