import type { ShownInput } from '../../../message/rendering/shown-input.ts';
import type { Element } from './choice-element.ts';
import { limits } from '../limits.ts';
import { cut, plainObject } from '../text-object.ts';

type Of<K extends ShownInput['kind']> = Extract<ShownInput, { kind: K }>;

/** A text to type. Its value never exceeds its limit. */
export function textElement({ value, placeholder, multiline, maxLength }: Of<'text'>): Element {
  const max = Math.min(maxLength, limits.typed);
  const initial = Array.from(value).slice(0, max).join('');
  const hint = cut(placeholder, limits.placeholder);
  return {
    kind: 'text',
    extra: '',
    element: {
      type: 'plain_text_input',
      max_length: max,
      ...(multiline && { multiline }),
      ...(hint !== '' && { placeholder: plainObject(hint) }),
      ...(initial !== '' && { initial_value: initial }),
    },
  };
}

/** A date; Slack writes it as a card does, `yyyy-mm-dd`. */
export function dateElement({ value }: Of<'date'>): Element {
  const initial = /^\d{4}-\d\d-\d\d$/.test(value) ? { initial_date: value } : {};
  return { kind: 'date', extra: '', element: { type: 'datepicker', ...initial } };
}
