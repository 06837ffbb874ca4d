import type { OutgoingMessage } from '../../../src/bot/port.ts';
import { readInputId } from '../../../src/slack/blocks/inputs/input-id.ts';
import type { Choice } from '../../../src/slack/blocks/inputs/options.ts';
import { suggestedOptions } from '../../../src/slack/blocks/suggestions.ts';
import type { Translated } from '../../../src/slack/blocks/translation.ts';
import { ofType } from './card-parts.ts';

type Block = { readonly [key: string]: unknown };

/**
 * The message while somebody types into its lists: lists with choices from the bot have them, as the type-ahead
 * answers.
 */
export function answered(drawn: OutgoingMessage, translated: Translated): Translated {
  const overflow = new Map(translated.overflow);
  const lookup = (key: string) => translated.overflow.get(key);
  const choicesOf = (id: string | undefined) =>
    (ofType(drawn.card, /^Input\.ChoiceSet$/).find((node) => node['id'] === id)?.['choices'] ??
      []) as readonly Choice[];
  const fill = (block: Block): Block => {
    const children = block['child_blocks'] as readonly Block[] | undefined;
    if (children) return { ...block, child_blocks: children.map(fill) };
    const element = block['element'] as Block | undefined;
    if (!element || !String(element['type']).includes('external')) return block;
    const options = suggestedOptions(choicesOf(readInputId(String(element['action_id']), lookup)?.id), overflow);
    return { ...block, element: { ...element, options } };
  };
  const all = <T extends readonly unknown[]>(blocks: T) =>
    (blocks as unknown as readonly Block[]).map(fill) as unknown as T;
  const modal = translated.modal && { ...translated.modal, blocks: all(translated.modal.blocks) };
  return { ...translated, overflow, messages: translated.messages.map(all), modal };
}
