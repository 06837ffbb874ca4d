import { fetchOverflow, type OverflowLookup } from '../overflow-store.ts';
import { readInputId, type InputId } from './input-id.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The inputs of a message or a modal, from Slack's `state.values`, in the form in which Teams delivers those of the
 * same card: by the card's IDs, as text, several choices joined by commas, a toggle as the card's values for on and
 * off, empty ones omitted. Everything in it is a claim by the client. A choice whose key is no longer known is omitted.
 */
export function readInputs(
  values: unknown,
  lookup: OverflowLookup = () => undefined,
): Readonly<Record<string, string>> {
  const read: [string, string][] = [];
  for (const block of fieldsOf(values)) {
    for (const [actionId, state] of Object.entries(isFields(block) ? block : {})) {
      const input = readInputId(actionId, lookup);
      const value = input && isFields(state) ? valueOf(input, state, lookup) : '';
      if (input && value !== '') read.push([input.id, value]);
    }
  }
  return Object.fromEntries(read);
}

function valueOf({ kind, extra }: InputId, state: Fields, lookup: OverflowLookup): string {
  switch (kind) {
    case 'text':
      return textOf(state['value']);
    case 'date':
      return textOf(state['selected_date']);
    case 'pick':
    case 'search':
      return choice(state['selected_option'], lookup);
    case 'picks':
    case 'searches':
      return choices(state['selected_options'], lookup).join(',');
    case 'toggle':
      return choices(state['selected_options'], lookup)[0] ?? extra;
  }
}

function choices(value: unknown, lookup: OverflowLookup): string[] {
  return (Array.isArray(value) ? value : []).map((each) => choice(each, lookup)).filter((each) => each !== '');
}

function choice(value: unknown, lookup: OverflowLookup): string {
  return isFields(value) ? (fetchOverflow(textOf(value['value']), lookup) ?? '') : '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function fieldsOf(value: unknown): unknown[] {
  return isFields(value) ? Object.values(value) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
