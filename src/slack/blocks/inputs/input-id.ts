/** What an input of a card became, encoded in its `action_id` for reading its state. Pure. */

import { fetchOverflow, storeOverflow, type OverflowStore, type OverflowLookup } from '../overflow-store.ts';

/** How the state of an input is read. `search` is answered by a type-ahead, `own` by the choices of the card itself. */
export type InputKind = 'text' | 'number' | 'date' | 'time' | 'pick' | 'picks' | 'toggle' | 'search' | 'searches';

/**
 * `extra`: of a toggle what it sends when it is off, of a search its dataset (empty: the choices of the card itself).
 */
export type InputId = { readonly kind: InputKind; readonly id: string; readonly extra: string };

const kinds = new Set(['text', 'number', 'date', 'time', 'pick', 'picks', 'toggle', 'search', 'searches']);
const maxLength = 255;

/** The `action_id`; an extra that is too long for it is kept. Null where the id itself is too long. */
export function encodeInputId({ kind, id, extra }: InputId, overflow: OverflowStore): string | null {
  const start = `in/${kind}/${encodeURIComponent(id.toWellFormed())}/`;
  const end = encodeURIComponent(extra.toWellFormed());
  const isShort =
    extra === '' || (start.length + end.length <= maxLength && storeOverflow(new Map(), extra, maxLength) === extra);
  const made = start + (isShort ? end : encodeURIComponent(storeOverflow(overflow, extra, 0)));
  return made.length <= maxLength ? made : null;
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
