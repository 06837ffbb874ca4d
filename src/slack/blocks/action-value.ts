import { fetchOverflow, storeOverflow, type OverflowStore, type OverflowLookup } from './overflow-store.ts';
import type { Json } from '../../core/json.ts';
import { storableIn } from '../../core/storable.ts';

/** What a press means: `verb` and `data` as the card gave them, and whether the inputs of the card come along. */
export type SlackAction = { readonly verb: string; readonly data: Json; readonly withInputs: boolean };

/** The verb of the button that opens a card's form: `Translated.modal`. It never reaches a dialog. */
export const openForm = 'form.open';

/** The most characters in a button's `value`. */
const roomInValue = 2000;

/**
 * A button's `value`, or that of a menu's option: verb and data as compact JSON. If it is longer than `room`, the JSON
 * goes to `overflow` and its key takes its place; the reader translates the message again, or looks it up in the store.
 */
export function encodeAction(
  { verb, data, withInputs }: SlackAction,
  overflow: OverflowStore,
  room = roomInValue,
): string {
  return storeOverflow(overflow, JSON.stringify({ v: verb, d: data, ...(withInputs ? {} : { n: 1 }) }), room);
}

/** Reads a pressed button's or option's `value`; null if it isn't ours, or its key is no longer known. */
export function readAction(value: unknown, lookup: OverflowLookup = () => undefined): SlackAction | null {
  const json = typeof value === 'string' ? fetchOverflow(value, lookup) : null;
  const read = json === null ? null : storableIn(json);
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return null;
  const { v, d, n } = read as { readonly [key: string]: Json };
  return typeof v === 'string' ? { verb: v, data: d ?? null, withInputs: n !== 1 } : null;
}
