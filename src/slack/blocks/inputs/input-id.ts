/** An input's kind, encoded in its `action_id` for reading its state, and its block. Pure. */

import { fetchOverflow, storeOverflow, type OverflowStore, type OverflowLookup } from '../overflow-store.ts';

/** How an input's state is read. `search` is answered by a type-ahead, `own` by the card's own choices. */
export type InputKind = 'text' | 'date' | 'pick' | 'picks' | 'toggle' | 'search' | 'searches';

/** `extra`: for a toggle the value it sends when off, for a search its dataset (empty: the card's own choices). */
export type InputId = { readonly kind: InputKind; readonly id: string; readonly extra: string };

const kinds = new Set(['text', 'date', 'pick', 'picks', 'toggle', 'search', 'searches']);
const maxLength = 255;

/** The `action_id`; an extra that is too long for it goes to the overflow. The names of inputs are short. */
export function encodeInputId({ kind, id, extra }: InputId, overflow: OverflowStore): string {
  const start = `in/${kind}/${encodeURIComponent(id.toWellFormed())}/`;
  const end = encodeURIComponent(extra.toWellFormed());
  const isShort =
    extra === '' || (start.length + end.length <= maxLength && storeOverflow(new Map(), extra, maxLength) === extra);
  return start + (isShort ? end : encodeURIComponent(storeOverflow(overflow, extra, 0)));
}

/** Reads an `action_id`; null if it isn't an input's, or its extra is no longer known. */
export function readInputId(actionId: string, lookup: OverflowLookup = () => undefined): InputId | null {
  const [start, kind, id, extra, ...more] = actionId.split('/');
  if (start !== 'in' || !kinds.has(kind ?? '') || extra === undefined || more.length > 0) return null;
  try {
    const known = fetchOverflow(decodeURIComponent(extra), lookup);
    return known === null ? null : { kind: kind as InputKind, id: decodeURIComponent(id ?? ''), extra: known };
  } catch {
    return null;
  }
}

/** The ID of the block with an input. */
export function inputBlock(digest: string, id: string): string {
  return `in:${digest}:${Array.from(id).slice(0, 200).join('')}`;
}

/** Whether a block has one of a card's inputs. */
export function isInputBlock(blockId: string): boolean {
  return blockId.startsWith('in:');
}

/** The ID of the input in such a block. */
export function inputOfBlock(blockId: string): string {
  return blockId.split(':').slice(2).join(':');
}
