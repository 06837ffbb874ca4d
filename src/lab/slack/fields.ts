/** A JSON object with unknown fields. */
export type Fields = Record<string, unknown>;

/** The value if it is an object; otherwise an empty one. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The objects of a list; none if it isn't a list. */
export function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The value if it is a text; otherwise an empty one. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The text of a Block Kit text object. */
export function wordsOf(textObject: unknown): string {
  return textOf(fieldsOf(textObject)['text']);
}

/** Blocks including those in containers, in reading order. */
export function withChildren(blocks: readonly Fields[]): Fields[] {
  return blocks.flatMap((block) => [block, ...listOf(block['child_blocks'])]);
}

/** Whether this is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
