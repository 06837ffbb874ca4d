/** What an input of a card became, as its `action_id` tells whoever reads its state. Pure. */

/** How the state of an input is read. `search` is answered by a type-ahead, `own` by the choices of the card itself. */
export type InputKind = 'text' | 'number' | 'date' | 'time' | 'pick' | 'picks' | 'toggle' | 'search' | 'searches';

/** `extra`: of a toggle what it sends when it is off, of a search its dataset (empty: the choices of the card itself). */
export type InputId = { readonly kind: InputKind; readonly id: string; readonly extra: string };

const kinds = new Set(['text', 'number', 'date', 'time', 'pick', 'picks', 'toggle', 'search', 'searches']);
const longest = 255;

/** The `action_id`; null where id and extra are too long for one. */
export function encodeInputId({ kind, id, extra }: InputId): string | null {
  const made = ['in', kind, encodeURIComponent(id.toWellFormed()), encodeURIComponent(extra.toWellFormed())].join('/');
  return made.length <= longest ? made : null;
}

/** Reads an `action_id`; null where it is none of an input. */
export function readInputId(actionId: string): InputId | null {
  const [start, kind, id, extra, ...more] = actionId.split('/');
  if (start !== 'in' || !kinds.has(kind ?? '') || extra === undefined || more.length > 0) return null;
  try {
    return { kind: kind as InputKind, id: decodeURIComponent(id ?? ''), extra: decodeURIComponent(extra) };
  } catch {
    return null;
  }
}
