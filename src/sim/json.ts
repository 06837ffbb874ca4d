/** Any JSON value, as it travels. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A JSON object whose absent fields may be written as `undefined`: they are not sent, as Azure leaves them out. */
export type JsonBody = { readonly [name: string]: JsonPart };
type JsonPart = Json | undefined | JsonBody | readonly JsonPart[];

/** The field of `value` with this name, or undefined where `value` is no object. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** What lies below `value` along these names, or undefined where the way ends. */
export function part(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce(field, value);
}

/** The text in this field, or undefined where it is no text. */
export function textField(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}
