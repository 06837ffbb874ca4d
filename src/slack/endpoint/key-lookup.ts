import type { OutgoingMessage, Suggest } from '../../bot/port.ts';
import { readInputId } from '../blocks/inputs/input-id.ts';
import { keyOf, type OverflowLookup } from '../blocks/overflow-store.ts';
import { inSlack } from '../message-parts.ts';

const maxSuggested = 5_000;

/**
 * The texts behind the keys in a press or a form: texts of the card itself, and type-ahead values that were too long
 * for Slack, which are looked up among everything that could have been offered.
 */
export async function keyLookup(
  suggest: Suggest,
  on: OutgoingMessage | null,
  values: unknown,
): Promise<OverflowLookup> {
  const kept = new Map(on ? inSlack(on).overflow : []);
  for (const { dataset, keys } of keysIn(values)) {
    if (keys.every((key) => kept.has(key))) continue;
    for (const { value } of await suggest({ dataset, text: '', limit: maxSuggested })) kept.set(keyOf(value), value);
  }
  return (key) => kept.get(key);
}

type Keys = { readonly dataset: string; readonly keys: readonly string[] };

/** The keys that were chosen in lists with a dataset. */
function keysIn(values: unknown): Keys[] {
  const states = fieldsOf(values).flatMap(([, block]) => fieldsOf(block));
  return states.flatMap(([actionId, state]) => {
    const dataset = readInputId(actionId)?.extra ?? '';
    const keys = [...JSON.stringify(state ?? null).matchAll(/"value":"(#[\w-]{43})"/g)].map(([, key]) => key as string);
    return dataset !== '' && keys.length > 0 ? [{ dataset, keys }] : [];
  });
}

function fieldsOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
