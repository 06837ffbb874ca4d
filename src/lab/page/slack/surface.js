/**
 * What the reader has typed into one message or view and not sent. It is filled from what the server remembers, and
 * says for each input, by block and action, what the control API takes: a text, an option's value, several, or nothing.
 */
export function createSurface(named) {
  const typed = new Map();
  let shown = [];
  return {
    named,
    /** Says which inputs stand there now. */
    shows(keys) {
      shown = keys;
    },
    set: (key, value) => typed.set(key, value),
    has: (key) => typed.has(key),
    get: (key) => typed.get(key),
    /** What was typed into the inputs that stand there now. */
    inputs() {
      return Object.fromEntries(shown.filter((key) => typed.has(key)).map((key) => [key, typed.get(key)]));
    },
  };
}

/** Under what an element is known on its surface. */
export function keyOf(block, part) {
  return `${block.block_id}/${part.action_id}`;
}

/** What stands in an element: what was typed here, or what the server knows; options by their value. */
export function presentValue(part, { block, surface, values }) {
  const key = keyOf(block, part);
  if (surface.has(key)) return surface.get(key);
  const state = values?.[block.block_id]?.[part.action_id] ?? {};
  const { type: _type, timezone: _timezone, ...held } = state;
  const value = Object.values(held)[0] ?? null;
  if (part.type.includes('external')) return value;
  if (Array.isArray(value)) return value.map((each) => each?.value ?? each);
  return value?.value ?? value;
}
