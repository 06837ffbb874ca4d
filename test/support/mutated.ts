import fc from 'fast-check';

/** What a malicious sender or broken software puts in place of anything. */
const odd = fc.oneof(
  fc.constantFrom(undefined, null, '', 0, -1, true, [], {}, '\0', '\ud800', '__proto__', 'a'.repeat(600)),
  fc.jsonValue(),
);

/** One of these, newly made, with up to six of its parts replaced by something odd. */
export function mutated(made: readonly (() => unknown)[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...made), fc.array(fc.tuple(fc.nat(), odd), { maxLength: 6 }))
    .map(([make, changes]) => changes.reduce((raw, [at, value]) => put(raw, at, value), make()));
}

/** Replaces one of all the parts, the whole included, by a value. */
function put(root: unknown, at: number, value: unknown): unknown {
  const places: [object, string][] = [];
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const key of Object.keys(part)) {
      places.push([part, key]);
      walk((part as Record<string, unknown>)[key]);
    }
  };
  walk(root);
  const place = places[at % (places.length + 1)];
  if (!place) return value;
  const whole = { value: structuredClone(value), enumerable: true, configurable: true, writable: true };
  Object.defineProperty(place[0], place[1], whole);
  return root;
}
