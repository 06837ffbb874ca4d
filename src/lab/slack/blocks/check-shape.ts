import { isFields, type Fields } from '../fields.ts';

/** What is wrong, each in Slack's words and with the location as Slack points to it. */
export type Faults = string[];

/** Checks a value at this location; problems go into `found`. */
export type Check = (value: unknown, at: string, found: Faults) => void;

/** The limits of a length; characters count as code points. */
export type Size = { min?: number; max?: number };

/** Records what is wrong at this location. */
export function note(found: Faults, words: string, at: string): void {
  found.push(`${words} [json-pointer:${at}]`);
}

/** A text of this length. */
export function string({ min = 0, max = Infinity }: Size = {}): Check {
  return (value, at, found) => {
    if (typeof value !== 'string') return note(found, 'must be a string', at);
    const length = [...value].length;
    if (length < min) note(found, `must be more than ${min - 1} characters`, at);
    if (length > max) note(found, `must be less than ${max + 1} characters`, at);
  };
}

/** One of these texts. */
export function oneOf(...allowed: readonly string[]): Check {
  return (value, at, found) => {
    if (typeof value !== 'string' || !allowed.includes(value)) note(found, 'failed to match all allowed values', at);
  };
}

/** A text in this form. */
export function matching(pattern: RegExp, words: string): Check {
  return (value, at, found) => {
    if (typeof value !== 'string' || !pattern.test(value)) note(found, words, at);
  };
}

/** A boolean. */
export const boolean: Check = (value, at, found) => {
  if (typeof value !== 'boolean') note(found, 'must be a boolean', at);
};

/** A whole number within these limits. */
export function integer(min: number, max: number): Check {
  return (value, at, found) => {
    if (!Number.isInteger(value)) return note(found, 'must be an integer', at);
    if (Number(value) < min || Number(value) > max) note(found, `must be between ${min} and ${max}`, at);
  };
}

/** A list with this many items of one kind. */
export function list(of: Check, { min = 0, max = Infinity }: Size = {}): Check {
  return (value, at, found) => {
    if (!Array.isArray(value)) return note(found, 'must be an array', at);
    if (value.length < min) note(found, `no less than ${min} items allowed`, at);
    if (value.length > max) note(found, `no more than ${max} items allowed`, at);
    value.forEach((each: unknown, index) => of(each, `${at}/${index}`, found));
  };
}

/** An object with exactly these fields. */
export function object(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return (value, at, found) => {
    if (!isFields(value)) return note(found, 'must be an object', at);
    for (const name of Object.keys(required))
      if (value[name] === undefined) note(found, `missing required field: ${name}`, at);
    for (const [name, field] of Object.entries(value)) {
      const check = required[name] ?? optional[name];
      if (field === undefined) continue;
      if (check) check(field, `${at}/${name}`, found);
      else if (name !== 'type') note(found, `invalid additional property: ${name}`, at);
    }
  };
}

/** An object whose `type` says which of these it is. */
export function byType(kinds: Readonly<Record<string, Check>>): Check {
  return (value, at, found) => {
    if (!isFields(value)) return note(found, 'must be an object', at);
    if (value['type'] === undefined) return note(found, 'missing required field: type', at);
    const check = Object.hasOwn(kinds, String(value['type'])) ? kinds[String(value['type'])] : undefined;
    if (check) check(value, at, found);
    else note(found, `unsupported type: ${String(value['type'])}`, `${at}/type`);
  };
}

/** Each of these checks. */
export function all(...checks: readonly Check[]): Check {
  return (value, at, found) => {
    for (const check of checks) check(value, at, found);
  };
}

/** A check that needs the whole object. */
export function whole(look: (value: Fields, at: string, found: Faults) => void): Check {
  return (value, at, found) => {
    if (isFields(value)) look(value, at, found);
  };
}
