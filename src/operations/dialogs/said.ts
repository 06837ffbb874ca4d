import type { Block } from '../../message/card-data.ts';
import type { Drawing } from './dialog-kind.ts';

/** What changed since the press. */
export function because({ words, because: why }: Pick<Drawing, 'words' | 'because'>): Block[] {
  return why ? [strong(words.refusal(why))] : [];
}

/** A line that matters more than the others. */
export function strong(text: string): Block {
  return { kind: 'text', text, tone: 'strong' };
}
