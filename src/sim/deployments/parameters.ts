import { field, type Json } from '../json.ts';
import { same } from '../ids.ts';
import { invalidTemplate } from './invalid-template.ts';

/** A template's parameters with their values, in the template's own case; for a secure one only the type. */
export type Parameters = Record<string, { type: string; value?: Json }>;

const TYPES: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  securestring: (value) => typeof value === 'string',
  int: Number.isInteger,
  bool: (value) => typeof value === 'boolean',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  secureobject: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  array: Array.isArray,
};

/**
 * The value of every parameter that a template defines: what was sent, otherwise its default. Refuses what Azure
 * refuses: one without a value, of another type, not among the allowed values, or not defined.
 */
export function valuesOf(defined: Record<string, Json>, sent: Record<string, Json>): Record<string, Json> {
  const names = Object.keys(defined);
  const unknown = Object.keys(sent).filter((name) => !names.some((known) => same(known, name)));
  if (unknown.length > 0) {
    throw invalidTemplate(
      `The following parameters were supplied, but do not correspond to any parameters defined in the template: '${unknown.join(', ')}'. The parameters defined in the template are: '${names.join(', ')}'. Please see https://aka.ms/arm-pass-parameter-values for usage details.`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, valueOf(name, defined[name] ?? null, sent)]));
}

/** The parameters as a deployment shows them. */
export function shownParameters(defined: Record<string, Json>, values: Record<string, Json>): Parameters {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const type = typeOf(defined[name]);
      const shown = type.charAt(0).toUpperCase() + type.slice(1);
      return [name, type.startsWith('secure') ? { type: shown } : { type: shown, value }];
    }),
  );
}

function valueOf(name: string, definition: Json, sent: Record<string, Json>): Json {
  const given = Object.entries(sent).find(([known]) => same(known, name))?.[1];
  const value = (field(given, 'value') ?? field(definition, 'defaultValue')) as Json | undefined;
  if (value === undefined) {
    throw invalidTemplate(
      `The value for the template parameter '${name}' is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details.`,
    );
  }
  const type = typeOf(definition);
  const fits = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!fits?.(value)) {
    throw invalidTemplate(
      `Template parameter JToken type is not valid. Expected '${type}' for the parameter '${name}'. Please see https://aka.ms/arm-create-parameter-file for usage details.`,
    );
  }
  const allowed = field(definition, 'allowedValues');
  if (Array.isArray(allowed) && !allowed.includes(value)) {
    throw invalidTemplate(
      `The provided value '${String(value)}' for the template parameter '${name}' is not valid. The parameter value is not part of the allowed value(s): '${allowed.join(',')}'.`,
    );
  }
  return value;
}

function typeOf(definition: unknown): string {
  return String(field(definition, 'type')).toLowerCase();
}
