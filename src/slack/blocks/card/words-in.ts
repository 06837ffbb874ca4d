import type { Json } from '../../../core/json.ts';
import { isNode } from './card-node.ts';

const shown = new Set(['text', 'title', 'label', 'altText', 'value', 'placeholder', 'fallbackText', 'caption', 'name']);

/** Every text that an element of a card would show, whatever kind of element it is. */
export function wordsIn(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(wordsIn);
  if (!isNode(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    if (typeof each === 'string') return shown.has(key) && each.trim() !== '' ? [each] : [];
    return wordsIn(each);
  });
}
