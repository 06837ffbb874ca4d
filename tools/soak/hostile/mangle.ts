/** Turns a platform's requests into those of an attacker, or of broken software. */
import type { Draw } from '../random.ts';
import { idsOf, type Fields, type Recorded } from './recorded.ts';

/** A mangled request, before it is signed. A text is sent as is; everything else as JSON. */
export type Hostile = { readonly platform: 'teams' | 'slack'; readonly kind: Recorded['kind']; readonly body: unknown };

const inherited = [
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  '__defineGetter__',
];
const verbs = ['submit', 'change', 'back', 'again', 'cancel', 'show', 'reopen', 'command', 'cancel-backup', 'nothing'];
const typed = [
  'backup',
  'backup now',
  'backup vm-sql-01',
  'back up vm-plain-01.',
  'backup “vm-sql-01”, vm-web-01',
  'backup retain',
  'backup vm-sql-01 retain 99999999999d',
  'backup status vm-sql-01 vm-nope',
  'backup stauts vm-app-01',
  'backup policy new',
  'backup job constructor',
  'cancel',
  'terug',
  '🙂'.repeat(40),
  '\u202e\u0000backup\u2028vm',
  '<at>Kluis</at> <!channel> ${1+1} {{x}}',
  'x'.repeat(5000),
];
const odd: readonly unknown[] = [
  null,
  '',
  ' ',
  0,
  -1,
  1e308,
  2 ** 53,
  0.5,
  true,
  false,
  [],
  {},
  [[]],
  '\0',
  '\ud800',
  'a'.repeat(600),
  'é\u0301'.repeat(300),
  '{"a":',
  '00000000-0000-4000-8000-000000000000',
  { length: 3 },
  { toJSON: 1 },
  { id: { id: { id: [] } } },
  Array.from({ length: 500 }, (_, n) => n),
];

type FieldRef = { readonly holder: Fields; readonly key: string };
type Change = (place: FieldRef, draw: Draw, others: readonly Recorded[]) => void;

const changes: readonly (readonly [number, Change])[] = [
  [4, ({ holder, key }, draw) => put(holder, key, draw.pick(odd))],
  [4, ({ holder, key }, draw) => put(holder, key, draw.pick([...inherited, ...inherited.map((word) => `/${word}`)]))],
  [3, ({ holder, key }, draw) => put(holder, key, draw.pick(typed))],
  [2, ({ holder, key }, draw) => put(holder, key, draw.pick(verbs))],
  [
    2,
    ({ holder, key }) =>
      void (Array.isArray(holder) ? holder.splice(Number(key), 1) : Reflect.deleteProperty(holder, key)),
  ],
  [2, ({ holder, key }) => put(holder, key, retyped(holder[key]))],
  [2, ({ holder, key }, draw) => put(holder, draw.pick(inherited), holder[key])],
  [2, nudge],
  [4, swap],
  [1, ({ holder, key }, draw) => put(holder, key, nested(draw.pick([10, 100, 500])))],
];

/**
 * The next hostile request. Some are left unchanged: old revisions, other people's cards and repeats are hostile
 * enough.
 */
export function hostileFrom(recorded: readonly Recorded[], draw: Draw, n: number): Hostile {
  const looksOnly = draw.share() < 0.4;
  const pool = looksOnly ? recorded.filter(({ mayStart }) => !mayStart) : recorded;
  const { platform, kind, body } = draw.pick(pool);
  const copy = structuredClone(body);
  for (let left = draw.below(5); left > 0; left -= 1) mangle(copy, draw, pool);
  if (draw.share() < 0.85) renew(copy, n);
  // People who can start something send only what starts nothing, so any write is unrequested.
  return { platform, kind, body: broken(looksOnly ? copy : asChris(copy), draw) };
}

function mangle(root: Fields, draw: Draw, others: readonly Recorded[]): void {
  const places = placesIn(root);
  // What the product reads is deep and small; what it doesn't read is large.
  const read = places.filter(({ key }) =>
    /^(text|value|verb|data|kluis|revision|dialog|operation|step|command|action|actions|action_id|id|ts|user|from|view|state|values|type)$/.test(
      key,
    ),
  );
  const place = draw.pick(draw.share() < 0.6 && read.length > 0 ? read : places);
  if (!place) return;
  const value = place.holder[place.key];
  if (typeof value === 'string' && value.startsWith('{') && draw.share() < 0.7) {
    const inside = parsed(value);
    if (inside) {
      mangle(inside, draw, others);
      return put(place.holder, place.key, JSON.stringify(inside));
    }
  }
  draw.weighed(changes)(place, draw, others);
}

/** No platform sends anything this deep. */
const deepest = 30;

function placesIn(root: unknown, depth = 0): FieldRef[] {
  if (typeof root !== 'object' || root === null || depth > deepest) return [];
  const holder = root as Fields;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key], depth + 1)]);
}

/** A number off by one, or by far; a text with one character more or less. */
function nudge({ holder, key }: FieldRef, draw: Draw): void {
  const value = holder[key];
  if (typeof value === 'number') return put(holder, key, value + draw.pick([-1, 1, 1000, 0.5]));
  if (typeof value === 'string')
    put(holder, key, draw.share() < 0.5 ? value.slice(1) : `${value}${draw.pick(['.', '’', '\u200b', '/'])}`);
}

/** The value under the same name in another request: the ID of another card, person or conversation. */
function swap({ holder, key }: FieldRef, draw: Draw, others: readonly Recorded[]): void {
  const same = placesIn(draw.pick(others).body).filter((other) => other.key === key);
  if (same.length === 0) return;
  const other = draw.pick(same);
  put(holder, key, other.holder[other.key]);
}

function retyped(value: unknown): unknown {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : { value };
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let left = depth; left > 0; left -= 1) value = { value };
  return value;
}

/** Also under `__proto__`, which a plain assignment wouldn't make a part of the object. */
function put(holder: Fields, key: string, value: unknown): void {
  const own = structuredClone(value); // otherwise what is mangled next would be part of two requests, or of itself
  Object.defineProperty(holder, key, { value: own, enumerable: true, configurable: true, writable: true });
}

/** New IDs, since a platform's repeat gets the earlier answer. */
function renew(body: Fields, n: number): void {
  const ts = `${1_700_000_000 + n}.${String(n).padStart(6, '0')}`;
  const fresh: Fields = { id: `${n}`, event_id: `Ev${n}`, trigger_id: `${n}.1` };
  for (const [key, value] of Object.entries(fresh)) if (typeof body[key] === 'string') put(body, key, value);
  const inside = [body['event'], ...(Array.isArray(body['actions']) ? (body['actions'] as unknown[]) : [])];
  for (const part of inside) {
    if (typeof part !== 'object' || part === null) continue;
    for (const key of ['ts', 'action_ts']) if (typeof (part as Fields)[key] === 'string') put(part as Fields, key, ts);
  }
}

function asChris(body: unknown): unknown {
  const text = idsOf.ana.reduce((all, id, at) => all.replaceAll(id, idsOf.chris[at] ?? ''), JSON.stringify(body));
  return JSON.parse(text) as unknown;
}

/** Sometimes the whole body is something else, or isn't even JSON. */
function broken(body: unknown, draw: Draw): unknown {
  if (draw.share() > 0.03) return body;
  const text = JSON.stringify(body);
  return draw.pick<unknown>([null, [], [body], 7, 'x', text.slice(0, draw.below(text.length)), { payload: text }]);
}

function parsed(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}
