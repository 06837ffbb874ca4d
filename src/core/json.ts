/** What a database row or a card can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The JSON form of a value: dates become ISO text, `undefined` is dropped. For what is stored and read back. */
export function toJson<T>(value: T): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
