/** Two different values of a plan's field, in a few words. Pure. */
import { digestOf } from '../../../core/digest.ts';
import type { Json } from '../../../core/json.ts';
import { ownOf } from '../../../core/own-of.ts';
import type { Words } from '../../../message/words.ts';

/** Whether two values are equal, whatever the order of their fields. */
export function isSame(a: Json, b: Json): boolean {
  return digestOf(a) === digestOf(b);
}

/** Two different values, and where in the field they are; null: they are all of it. */
type Values = { readonly key: string | null; readonly from: Json; readonly to: Json };

/** The innermost values that differ; for lists, what is in only one of them. */
function valuesIn(from: Json, to: Json, key: string | null = null): Values[] {
  if (isSame(from, to)) return [];
  if (isList(from) && isList(to)) {
    const [gone, added] = [without(from, to), without(to, from)];
    return [gone.length + added.length > 0 ? { key, from: gone, to: added } : { key, from, to }];
  }
  if (!isObject(from) || !isObject(to)) return [{ key, from, to }];
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return keys.flatMap((one) => valuesIn(ownOf(from, one) ?? null, ownOf(to, one) ?? null, one));
}

function without(all: readonly Json[], others: readonly Json[]): Json[] {
  return all.filter((one) => !others.some((other) => isSame(one, other)));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** A field's old and new value: `Staging account: stold → stnew`. */
export function changeText(words: Words, title: string, { from: was, to: is }: Pick<Values, 'from' | 'to'>): string {
  const texts = valuesIn(was, is).map(({ key, from, to }) => {
    const [old, now] = [shortText(words, from, key), shortText(words, to, key)];
    const change = old === now ? `${JSON.stringify(from)} → ${JSON.stringify(to)}` : `${old} → ${now}`;
    return key === null || key === 'id' || key === 'name' ? change : `${key} ${change}`;
  });
  return `${title}: ${[...new Set(texts)].join(' · ')}`;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** A value as people know it: by its name if it has one, a URL or ID by its last segment. */
function shortText(words: Words, value: Json, key: string | null): string {
  if (value === null || (isList(value) && value.length === 0)) return words.say('field-value.none');
  if (typeof value === 'boolean') return words.say(value ? 'checked.yes' : 'checked.no');
  if (typeof value === 'number') return key?.endsWith('Ms') ? words.duration(value) : String(value);
  if (isList(value)) return words.names(value.map((one) => shortText(words, one, null)));
  if (isObject(value)) {
    const name = value['name'] ?? value['id'];
    return name === undefined ? JSON.stringify(value) : shortText(words, name, null);
  }
  if (instant.test(value) && !Number.isNaN(Date.parse(value))) return words.dateTime(new Date(value));
  return value.startsWith('/') ? (value.split('/').at(-1) ?? value) : value;
}
