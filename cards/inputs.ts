/** The inputs of a card, each with its label. */
import type { Input } from '../src/message/card-data.ts';
import type { Limits } from '../src/message/limits.ts';
import { shownInput, type ShownInput } from '../src/message/rendering/shown-input.ts';
import type { Element } from './elements.ts';

type Of<K extends ShownInput['kind']> = Extract<ShownInput, { kind: K }>;

/** An input as its element. */
export function inputOf(input: Input, limits: Limits): Element {
  const shown = shownInput(input, limits);
  switch (shown.kind) {
    case 'pick':
      return pickList(shown);
    case 'picks':
      return checkboxes(shown);
    case 'text':
      return textField(shown);
    case 'date':
      return { type: 'Input.Date', ...named(shown), value: shown.value, ...needed(shown) };
    case 'toggle':
      return {
        type: 'Input.Toggle',
        id: shown.id,
        title: shown.label,
        value: shown.on ? 'true' : 'false',
        valueOn: 'true',
        valueOff: 'false',
        wrap: true,
      };
  }
}

const pickList = (input: Of<'pick'>): Element => ({
  type: 'Input.ChoiceSet',
  ...named(input),
  style: input.style,
  ...(input.dataset !== '' && { 'choices.data': { type: 'Data.Query', dataset: input.dataset } }),
  value: input.value,
  placeholder: input.placeholder,
  ...needed(input),
  wrap: true,
  choices: [...input.choices],
});

const checkboxes = (input: Of<'picks'>): Element => ({
  type: 'Input.ChoiceSet',
  ...named(input),
  isMultiSelect: true,
  style: 'expanded',
  value: input.values.join(','),
  wrap: true,
  choices: [...input.choices],
});

const textField = (input: Of<'text'>): Element => ({
  type: 'Input.Text',
  ...named(input),
  value: input.value,
  placeholder: input.placeholder,
  ...needed(input),
  isMultiline: input.multiline,
  maxLength: input.maxLength,
});

const named = ({ id, label }: ShownInput) => ({ id, label });

const needed = ({ required, message }: Of<'pick' | 'text' | 'date'>) => ({
  isRequired: required,
  errorMessage: message,
});
