import type { InputBlockElement } from '@slack/types';
import { text, type Node } from '../card-node.ts';
import type { Element } from './choice-element.ts';
import { limits } from '../limits.ts';
import { cut, plainObject } from '../text-object.ts';

const plain = (element: InputBlockElement, kind: Element['kind']): Element => ({ kind, extra: '', element });

function placeholderOf(node: Node) {
  const placeholder = cut(text(node, 'placeholder'), limits.placeholder);
  return placeholder === '' ? {} : { placeholder: plainObject(placeholder) };
}

/** An `Input.Text`. Its value never exceeds its limit. Null for secrets: Slack would show them. */
export function textElement(node: Node): Element | null {
  const style = text(node, 'style').toLowerCase();
  if (style === 'password') return null;
  const max = Math.min(Number(node['maxLength'] ?? limits.typed) || limits.typed, limits.typed);
  const value = Array.from(text(node, 'value')).slice(0, max).join('');
  const filled = { ...placeholderOf(node), ...(value !== '' && { initial_value: value }) };
  if (style === 'email') return plain({ type: 'email_text_input', ...filled }, 'text');
  if (style === 'url') return plain({ type: 'url_text_input', ...filled }, 'text');
  const multiline = node['isMultiline'] === true ? { multiline: true } : {};
  return plain({ type: 'plain_text_input', max_length: max, ...multiline, ...filled }, 'text');
}

/** An `Input.Number`. Slack sends and receives its numbers as text, as Teams sends them. */
export function numberElement(node: Node): Element {
  const given = (key: string) => (Number.isFinite(Number.parseFloat(text(node, key))) ? text(node, key) : '');
  const [value, min, max] = [given('value'), given('min'), given('max')];
  return plain(
    {
      type: 'number_input',
      is_decimal_allowed: true,
      ...placeholderOf(node),
      ...(value !== '' && { initial_value: value }),
      ...(min !== '' && { min_value: min }),
      ...(max !== '' && { max_value: max }),
    },
    'number',
  );
}

/** An `Input.Date`; both platforms write `yyyy-mm-dd`. The server checks the earliest and the latest day. */
export function dateElement(node: Node): Element {
  const value = text(node, 'value');
  const initial = /^\d{4}-\d\d-\d\d$/.test(value) ? { initial_date: value } : {};
  return plain({ type: 'datepicker', ...placeholderOf(node), ...initial }, 'date');
}

/** An `Input.Time`; both platforms write `HH:MM`. */
export function timeElement(node: Node): Element {
  const value = text(node, 'value').slice(0, 5);
  const initial = /^\d\d:\d\d$/.test(value) ? { initial_time: value } : {};
  return plain({ type: 'timepicker', ...placeholderOf(node), ...initial }, 'time');
}
