import type { PlainTextOption } from '@slack/types';
import type { OutgoingMessage } from '../../bot/port.ts';
import { inputsOf } from './form.ts';
import { readInputId } from './inputs/input-id.ts';
import type { OverflowLookup } from './overflow-store.ts';
import { limits } from './limits.ts';
import { option, type Choice } from './inputs/options.ts';
import { piecesIn } from './card/pieces-in.ts';

/** What a type-ahead requests, by its list's `action_id`: a dataset, or the own choices of the card's `input`. */
type TypeAhead =
  | { readonly from: 'dataset'; readonly dataset: string; readonly input: string }
  | { readonly from: 'card'; readonly input: string };

/** Reads a type-ahead's `action_id`; null if it isn't ours. `lookup` knows datasets with very long names. */
export function readAsked(actionId: string, lookup?: OverflowLookup): TypeAhead | null {
  const read = readInputId(actionId, lookup);
  if (!read || (read.kind !== 'search' && read.kind !== 'searches')) return null;
  return read.extra === ''
    ? { from: 'card', input: read.id }
    : { from: 'dataset', dataset: read.extra, input: read.id };
}

/** The choices of a card's own long list. */
export function ownChoices(drawn: OutgoingMessage, input: string): readonly Choice[] {
  const inputs = inputsOf(piecesIn(drawn) ?? []);
  return inputs.flatMap((asked) => (asked.id === input && 'choices' in asked ? asked.choices : []));
}

/** The options that answer a type-ahead. `overflow` takes the values that are too long for an option. */
export function suggestedOptions(found: readonly Choice[], overflow: Map<string, string>): readonly PlainTextOption[] {
  return found.slice(0, limits.options).map((choice) => option(choice, overflow));
}
