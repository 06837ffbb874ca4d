/** What a database row or a card can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The JSON form of a value: dates become ISO text, `undefined` is dropped. For what is stored and read back. */
export function toJson<T>(value: T): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** Reads JSON; null: it isn't JSON. The error that says so quotes the text, which may be secret, so it is dropped. */
export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
