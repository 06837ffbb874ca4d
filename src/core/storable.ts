import type { Json } from './json.ts';

/** Deeper than any event of a chat platform; a recursive reader further in would run out of stack. */
const deepest = 64;

/**
 * A parsed JSON value in a form that a database takes: no NUL characters, no half surrogates, no `__proto__` keys; and
 * without the characters that mark a time in a text of Kluis (`message/timed-text.ts`): what people type never contains
 * one. Undefined if the value is nested deeper than any that a platform sends.
 */
export function storable(value: unknown): Json | undefined {
  return isDeep(value) ? undefined : clean(value);
}

/** The same for JSON that arrives as a text in another value, whose escapes only show here; undefined: it is none. */
export function storableIn(json: string): Json | undefined {
  try {
    return storable(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** The beginning of a storable text, at most `max` UTF-16 units long; it is storable, too: no pair is split. */
export function cut(text: string, max: number): string {
  const head = text.slice(0, max);
  return head.isWellFormed() ? head : head.slice(0, -1);
}

function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

function clean(value: unknown): Json {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value === 'object' && value !== null) return cleanObject(value);
  return typeof value === 'boolean' || Number.isFinite(value) ? (value as Json) : null;
}

function cleanObject(value: object): Json {
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, part]) => [cleanText(key), clean(part)]));
}

function cleanText(text: string): string {
  return text.replace(/[\0\ue000-\ue002]/g, '\uFFFD').toWellFormed();
}
