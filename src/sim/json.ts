/** Any JSON value as it is sent. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A JSON object whose absent fields may be `undefined`: they aren't sent, as Azure omits them. */
export type JsonBody = { readonly [name: string]: JsonPart };
type JsonPart = Json | undefined | JsonBody | readonly JsonPart[];

/** The field of `value` with this name, or undefined if `value` is no object. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** The value below `value` at this path, or undefined if the path ends early. */
export function part(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce(field, value);
}

/** The text in this field, or undefined if it is no text. */
export function textField(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}
