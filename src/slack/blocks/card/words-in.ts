import type { Json } from '../../../core/json.ts';
import { isNode } from '../card-node.ts';

const shown = new Set(['text', 'title', 'label', 'altText', 'value', 'placeholder', 'fallbackText', 'caption', 'name']);

/** Every text that a card element would show, whatever its type. */
export function wordsIn(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(wordsIn);
  if (!isNode(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    if (typeof each === 'string') return shown.has(key) && each.trim() !== '' ? [each] : [];
    return wordsIn(each);
  });
}
