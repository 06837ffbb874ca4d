import { createHash } from 'node:crypto';

/** Texts that overflow their field in Slack, by the key that replaces them. */
export type OverflowStore = Map<string, string>;

/** Finds a stored text again; `Translated.overflow.get` is one. */
export type OverflowLookup = (key: string) => string | undefined;

const keyPrefix = '#';

/** How many characters Slack counts: code points. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/**
 * The text itself if it fits, otherwise a key under which it is stored. The key is a digest of the text, so every
 * translation of the same card gives the same one. A text that is empty, or looks like a key, is stored too: no key
 * ever means itself.
 */
export function storeOverflow(overflow: OverflowStore, text: string, max: number): string {
  if (text !== '' && !text.startsWith(keyPrefix) && lengthOf(text) <= max) return text;
  const key = keyOf(text);
  overflow.set(key, text);
  return key;
}

/**
 * A text's key, as `storeOverflow` returns it. For values that are offered outside a card, such as those of a
 * type-ahead.
 */
export function keyOf(text: string): string {
  return keyPrefix + createHash('sha256').update(text).digest('base64url');
}

/** The text behind a result of `storeOverflow`; null if the key is no longer known. */
export function fetchOverflow(text: string, lookup: OverflowLookup): string | null {
  return text.startsWith(keyPrefix) ? (lookup(text) ?? null) : text;
}
