/** A JSON object of which nothing is known yet. */
export type Fields = Record<string, unknown>;

/** The object that this is; an empty one where it is none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The objects of this list; none where it is no list. */
export function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The text that this is; an empty one where it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What a text object of Block Kit says. */
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
