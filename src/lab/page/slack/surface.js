/**
 * @import { Block, Option, Part, Value } from '../answers/block-kit.ts'
 * @import { Drawn, Named, Surface } from './drawing.ts'
 */

/**
 * What the reader has typed into one message or view and not sent. It is filled from what the server remembers, and
 * says for each input, by block and action, what the control API takes: a text, an option's value, several, or nothing.
 * @param {Named} named
 * @returns {Surface}
 */
export function createSurface(named) {
  /** @type {Map<string, Value>} */
  const typed = new Map();
  /** @type {string[]} */
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

/**
 * Under what an element is known on its surface.
 * @param {Block} block
 * @param {Part} part
 */
export function keyOf(block, part) {
  return `${block.block_id}/${part.action_id}`;
}

/**
 * What stands in an element: what was typed here, or what the server knows; options by their value.
 * @param {Part} part
 * @param {Pick<Drawn, 'block' | 'surface' | 'values'>} drawn
 * @returns {Value}
 */
export function presentValue(part, { block, surface, values }) {
  const key = keyOf(block, part);
  if (surface.has(key)) return surface.get(key) ?? null;
  const state = values?.[block.block_id]?.[part.action_id] ?? {};
  const { type: _type, timezone: _timezone, ...held } = state;
  const value = Object.values(held)[0] ?? null;
  if (part.type.includes('external')) return value;
  return Array.isArray(value) ? value.map(plain) : value && plain(value);
}

/**
 * An option by its value.
 * @param {Option | string} held
 */
function plain(held) {
  return typeof held === 'string' ? held : (held?.value ?? held);
}
